/**
 * The tracks that the other side sends, read off the peer connection after each exchange. The name of a track is the
 * stream id (msid) that its m-line carries: it arrives with the description that opens the m-line, so the two can never
 * disagree, as a separate list of tracks on the socket could.
 */
import type { MediaStreamTrack, RTCPeerConnection, RTCRtpTransceiver } from 'werift';
import { afterEachExchange, isReceiving, type Kind } from './engine.ts';

/** A track that the other side sends. */
export interface IncomingTrack {
  readonly streamId: string;
  readonly kind: Kind;
  /** Its packets. An m-line keeps this object when it is used again for another track. */
  readonly media: MediaStreamTrack;
}

/** Calls back for each track that starts; what that returns is called when the track ends. */
export const watchReceivers = (pc: RTCPeerConnection, started: (track: IncomingTrack) => () => void): void => {
  const open = new Map<RTCRtpTransceiver, { readonly streamId: string; readonly ended: () => void }>();

  afterEachExchange(pc, () => {
    const receiving = new Set(pc.getTransceivers().filter(isReceiving));
    for (const [transceiver, { streamId, ended }] of open) {
      if (receiving.has(transceiver) && streamId === streamIdOf(transceiver)) continue;
      open.delete(transceiver);
      ended();
    }
    for (const transceiver of receiving) {
      if (open.has(transceiver)) continue;
      const { kind, receiver } = transceiver;
      const streamId = streamIdOf(transceiver);
      open.set(transceiver, { streamId, ended: started({ streamId, kind: kind as Kind, media: receiver.track }) });
    }
  });
};

/** A sender may be in no stream, which SDP writes as `-`; its m-line names it then. */
const streamIdOf = ({ mid, receiver }: RTCRtpTransceiver): string =>
  receiver.remoteStreamId === undefined || receiver.remoteStreamId === '-'
    ? `mid-${mid ?? ''}`
    : receiver.remoteStreamId;
