/** `@roamhq/wrtc`: an older libwebrtc in Node. */
import wrtc from '@roamhq/wrtc';
import type { Engine } from '../sequence.ts';

export const wrtcEngine: Engine = {
  createPc: () => new wrtc.RTCPeerConnection(),
  createTrack(kind) {
    const { RTCAudioSource, RTCVideoSource } = wrtc.nonstandard;
    return (kind === 'audio' ? new RTCAudioSource() : new RTCVideoSource()).createTrack();
  },
  createStream: () => new wrtc.MediaStream(),
};
