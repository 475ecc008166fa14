/** The engine of the page that this runs in, with fake devices for sources. */
import type { Engine } from './engine.ts';

export const browserEngine: Engine = {
  createPc: () => new RTCPeerConnection(),
  async createTrack(kind) {
    const stream = await navigator.mediaDevices.getUserMedia({ [kind]: true });
    const [track] = stream.getTracks();
    if (track === undefined) throw new Error(`The fake device gives no ${kind}`);
    return track;
  },
  createStream: (track) => new MediaStream([track]),
  createSocket: (url) => new WebSocket(url),
};
