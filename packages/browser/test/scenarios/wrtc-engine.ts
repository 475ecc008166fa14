/** `@roamhq/wrtc` in Node: an older libwebrtc, with sources that have to be fed by hand. */
import wrtc from '@roamhq/wrtc';
import { WebSocket as NodeSocket } from 'ws';
import type { Engine, MediaKind } from './engine.ts';

const createSource = (kind: MediaKind): { readonly track: MediaStreamTrack; feed(): void } => {
  if (kind === 'audio') {
    const source = new wrtc.nonstandard.RTCAudioSource();
    const samples = new Int16Array(480).map((_, index) => 8_000 * Math.sin(index / 8));
    return { track: source.createTrack(), feed: () => source.onData({ samples, sampleRate: 48_000 }) };
  }
  const source = new wrtc.nonstandard.RTCVideoSource();
  const [width, height] = [160, 120];
  const frame = { width, height, data: new Uint8ClampedArray((width * height * 3) / 2).fill(128) };
  return { track: source.createTrack(), feed: () => source.onFrame(frame as never) };
};

export const wrtcEngine: Engine = {
  createPc: () => new wrtc.RTCPeerConnection(),
  createTrack(kind) {
    const { track, feed } = createSource(kind);
    const timer = setInterval(() => (track.readyState === 'ended' ? clearInterval(timer) : feed()), 10);
    timer.unref();
    return Promise.resolve(track);
  },
  createStream: (track) => new wrtc.MediaStream([track]),
  createSocket: (url) => new NodeSocket(url) as unknown as WebSocket,
};
