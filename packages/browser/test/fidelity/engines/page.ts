/** The engine of the page that this is bundled into. */
import { type Observations, playAll } from '../lab.ts';
import type { Engine } from '../sequence.ts';
import { sequences } from '../sequences.ts';

const createEngine = (): Engine => {
  const audio = new AudioContext();
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  const streamOf = { audio: () => audio.createMediaStreamDestination().stream, video: () => canvas.captureStream() };
  return {
    createPc: () => new RTCPeerConnection(),
    createTrack(kind) {
      const [track] = streamOf[kind]().getTracks();
      if (track === undefined) throw new Error(`The page gives no ${kind}`);
      return track;
    },
    createStream: () => new MediaStream(),
  };
};

export const playHere = (): Promise<Observations> => playAll(createEngine(), sequences);
