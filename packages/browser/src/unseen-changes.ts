/**
 * What no property of a peer connection shows: a data channel that is the first, `pc.restartIce()`, and new streams of a
 * sender that sends. Only the engine's event tells of them, and it may come while an operation still runs; so what it
 * said is remembered until the local description shows that something was done about it.
 */
import { liveUfrags } from '@detente/core';
import type { PeerConnectionLike } from './peer-connection-like.ts';

export interface UnseenChanges {
  readonly areOwed: boolean;
  /** The engine says that negotiation is needed, and nothing that can be seen is the reason. */
  announced(): void;
  /** An exchange begins. */
  begun(): void;
  /** An offer of ours is being answered. */
  answered(): void;
}

export const createUnseenChanges = (pc: PeerConnectionLike): UnseenChanges => {
  let announcedAt: string | undefined;
  let wasOffered = false;
  return {
    get areOwed() {
      return announcedAt !== undefined && announcedAt === traceOf(pc);
    },
    announced() {
      announcedAt = traceOf(pc);
      wasOffered = false;
    },
    // What left no trace in an offer of ours, and was not announced again since, was a false alarm.
    begun() {
      if (wasOffered) announcedAt = undefined;
    },
    answered() {
      wasOffered = true;
    },
  };
};

/**
 * Those parts of the local description that a change of this kind leaves its trace in. Of the ufrags only those of m-lines
 * that live, since libwebrtc goes on naming that of one that it rejects, and nothing is left to restart ICE on.
 */
const traceOf = ({ localDescription }: PeerConnectionLike): string => {
  const sdp = localDescription?.sdp ?? '';
  return [...(sdp.match(/^(m=application|a=msid:.*)/gm) ?? []), ...liveUfrags(sdp)].join('\n');
};
