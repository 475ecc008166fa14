/** One end of a connection, and what is noted there. */
import type { Trace } from '@detente/session';
import type { Negotiator } from '@detente/sfu';
import { createWeriftPort } from '@detente/werift';
import type { RTCPeerConnection } from 'werift';

export interface Tally {
  /** Exchanges that this end offered and that were completed. */
  readonly exchanges: number;
  /** How often the other side asked for the floor and had to wait for it. */
  readonly otherWaited: number;
  /** How often changes of this end had to wait until the other side's turn was over. */
  readonly waited: number;
  /** Offers that met an offer. */
  readonly glares: number;
  readonly rollbacks: number;
}

export interface EndReport extends Tally {
  readonly errors: readonly string[];
  /** What keeps the end from being at rest; empty at rest. */
  readonly unrest: readonly string[];
  /** Empty where no session negotiates. */
  readonly trace: readonly Trace[];
  /** To be added to the trace's times, to compare them with those of another process. */
  readonly offsetMs: number;
}

export interface End extends Negotiator {
  tally(): Tally;
  /** Resolves when the end believes that it is at rest, or has failed. */
  settled(): Promise<void>;
  report(): EndReport;
}

/** What the engine itself has to say, whoever negotiates on it. */
export const engineUnrest = (pc: RTCPeerConnection): readonly string[] => {
  const { signalingState } = pc;
  if (signalingState !== 'stable') return [`its engine is in ${signalingState}`];
  return createWeriftPort(pc).negotiationNeeded() ? ['its engine owes a negotiation'] : [];
};
