/** werift: an engine in TypeScript, for Node, with sources that have to be fed by hand and packet by packet. */
import { negotiate } from '@detente/werift';
import { MediaStream, MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket, useOPUS, useVP8 } from 'werift';
import { WebSocket } from 'ws';
import type { MediaKind } from '../../scenarios/engine.ts';
import type { InteropEngine } from '../end.ts';

/** One frame of each kind, so that a decoder at the other end is content: silence, and a picture of one pixel. */
const frames: Readonly<Record<MediaKind, { readonly payload: Buffer; readonly ticks: number }>> = {
  audio: { payload: Buffer.from('f8fffe', 'hex'), ticks: 960 },
  // Spec: RFC 7741 §4.2, a payload descriptor that says that a frame begins; then a key frame.
  video: { payload: Buffer.from('10' + '3001009d012a010001000ec0fe25a40003700000000000', 'hex'), ticks: 1_800 },
};

const createTrack = (kind: MediaKind): MediaStreamTrack => {
  const track = new MediaStreamTrack({ kind });
  const { payload, ticks } = frames[kind];
  let count = 0;
  const timer = setInterval(() => {
    if (track.stopped) return clearInterval(timer);
    count += 1;
    const header = { payloadType: 96, sequenceNumber: count, timestamp: count * ticks, ssrc: 1, marker: true };
    track.writeRtp(new RtpPacket(new RtpHeader(header), payload));
  }, 20);
  timer.unref();
  return track;
};

/** With the payload types that its offers are to have. */
export const createWeriftPc = (opus: number, vp8: number): globalThis.RTCPeerConnection =>
  new RTCPeerConnection({
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
    bundlePolicy: 'max-bundle',
    codecs: { audio: [useOPUS({ payloadType: opus })], video: [useVP8({ payloadType: vp8 })] },
  }) as unknown as globalThis.RTCPeerConnection;

export const weriftEngine: InteropEngine = {
  tells: false,
  // As libwebrtc has them. Where werift's own choice is, wrtc later finds the place taken that it wants for another codec:
  // "Duplicate payload type with conflicting codec name or clock rate".
  createPc: () => createWeriftPc(111, 96),
  createTrack: (kind) => Promise.resolve(createTrack(kind) as unknown as globalThis.MediaStreamTrack),
  createStream: (track) => new MediaStream([track as never]) as unknown as globalThis.MediaStream,
  createSocket: (url) => new WebSocket(url) as unknown as globalThis.WebSocket,
  negotiate: (pc, options) => negotiate(pc as never, options),
};
