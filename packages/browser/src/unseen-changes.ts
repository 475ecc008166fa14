/**
 * What no property of a peer connection shows: a data channel that is the first, `pc.restartIce()`, and `setStreams()`
 * on a sender that sends. Only the engine's event tells of them, and it may come while an operation still runs; so what it
 * said is remembered until the local description shows that something was done about it.
 */
import { isNegotiationNeeded } from './negotiation-needed.ts';
import type { PeerConnectionLike } from './peer-connection-like.ts';

export interface UnseenChanges {
  /** The engine says that negotiation is needed. */
  announced(): void;
  /** Our offer is being answered: it carries all that was announced before. */
  carried(): void;
  readonly areOwed: boolean;
}

export const createUnseenChanges = (pc: PeerConnectionLike): UnseenChanges => {
  let announcedAt: string | undefined;
  return {
    announced() {
      if (pc.signalingState === 'stable' && !isNegotiationNeeded(pc)) announcedAt = traceOf(pc);
    },
    carried() {
      announcedAt = undefined;
    },
    get areOwed() {
      return announcedAt !== undefined && announcedAt === traceOf(pc);
    },
  };
};

/** Those parts of the local description that a change of this kind leaves its trace in. */
const traceOf = ({ localDescription }: PeerConnectionLike): string =>
  (localDescription?.sdp?.match(/^(m=application|a=ice-ufrag:.*|a=msid:.*)/gm) ?? []).join('\n');
