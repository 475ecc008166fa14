/**
 * The m-lines on which this side sends. One that is not needed any more becomes inactive and is used again for the next
 * track of its kind, so a description has as many m-lines as there ever were tracks at once, not as there ever were.
 */
import { MediaStream, type RTCPeerConnection, type RTCRtpTransceiver } from 'werift';
import type { Kind } from './engine.ts';

export interface Senders {
  /**
   * An m-line for a track, named by its stream id in the next offer. An m-line is used again only after the other side
   * has seen it inactive, or it could take the new track's packets for the old one's.
   */
  acquire(kind: Kind, streamId: string): RTCRtpTransceiver;
  release(transceiver: RTCRtpTransceiver): void;
}

export const createSenders = (pc: RTCPeerConnection): Senders => {
  const idle = new Set<RTCRtpTransceiver>();

  return {
    acquire(kind, streamId) {
      const streams = [new MediaStream({ id: streamId, tracks: [] })];
      const reusable = [...idle].find((each) => each.kind === kind && each.currentDirection === 'inactive');
      if (reusable === undefined) return pc.addTransceiver(kind, { direction: 'sendonly', streams });
      idle.delete(reusable);
      reusable.sender.setStreams(streams);
      reusable.direction = 'sendonly';
      return reusable;
    },
    release(transceiver) {
      transceiver.direction = 'inactive';
      idle.add(transceiver);
    },
  };
};
