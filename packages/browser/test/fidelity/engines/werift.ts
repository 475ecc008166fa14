/** werift: an engine in TypeScript, for Node. */
import { MediaStream, MediaStreamTrack, RTCPeerConnection as WeriftPeerConnection } from 'werift';
import type { Engine } from '../sequence.ts';

// On IPv4 it asks a public STUN server even when told of none, and a name that does not resolve can take seconds.
export const weriftEngine: Engine = {
  createPc: () =>
    new WeriftPeerConnection({
      iceServers: [],
      iceUseIpv4: false,
      iceAdditionalHostAddresses: ['::1'],
    }) as unknown as RTCPeerConnection,
  createTrack: (kind) => new MediaStreamTrack({ kind }) as unknown as globalThis.MediaStreamTrack,
  createStream: () => new MediaStream() as unknown as globalThis.MediaStream,
};
