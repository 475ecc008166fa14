/**
 * What must always hold, by name. Fuzzing, the model checker, the conformance suite and the gauntlet judge by these
 * functions and no others. Each is a pure predicate over a small plain observation, so that whoever can see that much,
 * of a real engine or of a state in a model, can ask it. S is safety; L is liveness, seen at the end of a run in which
 * changes and faults have stopped.
 */
import type { Operation, Role, SignalingState } from '@detente/core';
import { InvariantViolation } from '@detente/session';

/** An engine operation that begins. */
export interface BeginningOperation {
  readonly operation: Operation | 'addCandidate';
  readonly signalingState: SignalingState;
  /** Another operation is in flight on the same engine. */
  readonly busy: boolean;
}

/** The last offer of the other side that a side accepted (answered), and what its maker had agreed to last when it made it. */
export interface Acceptance {
  readonly offer: string;
  readonly base: string | null;
}

export interface Observations {
  readonly S1: BeginningOperation;
  readonly S2: { readonly left: Acceptance | null; readonly right: Acceptance | null };
  /** At `applyAnswer`: the offer that the answer was made for, and the one that the engine has pending. */
  readonly S3: { readonly answers: string | null; readonly pending: string | null };
  /** At `addCandidate`: the description that the candidate was gathered for, and those of the other side that the engine holds. */
  readonly S4: { readonly candidateOf: string; readonly descriptions: readonly string[] };
  /** At rest: the exchange that each side completed last, known by its offer. */
  readonly S5: { readonly left: string | null; readonly right: string | null };
  /** An input: `handled` when it led to anything at all; else `reason` says why it means nothing here. */
  readonly S6: { readonly threw: boolean; readonly handled: boolean; readonly reason: string | null };
  /** At `rollback`. `faults`: whatever disturbed the run before: losses, failed operations, lapsed timers. */
  readonly S7: {
    readonly canRollBack: boolean;
    readonly role: Role;
    /** Either side was told to decline offers while it asks, and so to make the other take its offer back. */
    readonly declinesWhileAsking: boolean;
    readonly faults: number;
  };
  /** Anything that is kept on behalf of the other side. */
  readonly S8: { readonly kept: number; readonly bound: number };
  /** At the end, of one side. */
  readonly L1: { readonly owed: boolean; readonly reported: boolean };
  /** At the end, of one side. */
  readonly L2: { readonly atRest: boolean; readonly failed: boolean };
  /** While a change of one side waits: the exchanges that the other side began and completed since. */
  readonly L3: { readonly overtaken: number; readonly bound: number };
  /** The exchanges completed since changes and faults stopped. */
  readonly L4: { readonly exchanges: number; readonly bound: number };
}

export type InvariantId = keyof Observations;

export interface Invariant<O> {
  readonly id: InvariantId;
  readonly sentence: string;
  /** Pure. */
  readonly holds: (observation: O) => boolean;
}

/** Spec: RFC 9429 §3.2. An offer may replace our own that is pending. */
const legalIn: Readonly<Record<Operation, readonly SignalingState[]>> = {
  createOffer: ['stable', 'have-local-offer'],
  applyOffer: ['stable'],
  createAnswer: ['have-remote-offer'],
  applyAnswer: ['have-local-offer'],
  rollback: ['have-local-offer', 'have-remote-offer'],
};

const asksFirst = (role: Role): boolean => role !== 'polite' && role !== 'impolite';

export const invariants: { readonly [Id in InvariantId]: Invariant<Observations[Id]> } = {
  S1: {
    id: 'S1',
    sentence: 'no engine operation begins where JSEP forbids it, nor while another is in flight',
    holds: ({ operation, signalingState, busy }) =>
      !busy &&
      (operation === 'addCandidate' ? signalingState !== 'closed' : legalIn[operation].includes(signalingState)),
  },
  S2: {
    id: 'S2',
    sentence: 'two crossing offers are never both accepted',
    holds: ({ left, right }) => left === null || right === null || left.base !== right.base,
  },
  S3: {
    id: 'S3',
    sentence: 'an answer is applied only to the offer that it answers',
    holds: ({ answers, pending }) => answers !== null && answers === pending,
  },
  S4: {
    id: 'S4',
    sentence: 'a candidate is added only under its own description',
    holds: ({ candidateOf, descriptions }) => descriptions.includes(candidateOf),
  },
  S5: {
    id: 'S5',
    sentence: 'at rest, both sides have applied the same last exchange',
    holds: ({ left, right }) => left === right,
  },
  S6: {
    id: 'S6',
    sentence: 'no input throws, and none is dropped without a reason',
    holds: ({ threw, handled, reason }) => !threw && (handled || reason !== null),
  },
  S7: {
    id: 'S7',
    sentence: 'who cannot roll back never does, and ask-first without faults never rolls back at all',
    holds: ({ canRollBack, role, declinesWhileAsking, faults }) =>
      canRollBack && (!asksFirst(role) || declinesWhileAsking || faults > 0),
  },
  S8: {
    id: 'S8',
    sentence: 'what is kept on behalf of the other side is bounded',
    holds: ({ kept, bound }) => kept <= bound,
  },
  L1: {
    id: 'L1',
    sentence: 'every change is carried by an accepted exchange, or reported as failed',
    holds: ({ owed, reported }) => !owed || reported,
  },
  L2: {
    id: 'L2',
    sentence: 'once changes and faults stop, both sides come to rest or fail loudly',
    holds: ({ atRest, failed }) => atRest || failed,
  },
  L3: {
    id: 'L3',
    sentence: 'while a change waits, the other side completes at most a bounded number of its own exchanges',
    holds: ({ overtaken, bound }) => overtaken <= bound,
  },
  L4: {
    id: 'L4',
    sentence: 'once changes and faults stop, the number of exchanges that follow is bounded',
    holds: ({ exchanges, bound }) => exchanges <= bound,
  },
};

/** Throws `InvariantViolation` when it does not hold; its `id` says which, its message what was seen. */
export const assertInvariant = <Id extends InvariantId>(id: Id, observation: Observations[Id]): void => {
  const { holds, sentence } = invariants[id] as Invariant<Observations[Id]>;
  if (!holds(observation)) throw new InvariantViolation(id, `${sentence}; seen: ${JSON.stringify(observation)}`);
};
