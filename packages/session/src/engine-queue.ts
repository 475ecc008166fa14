/**
 * One operation at a time on the port. An operation is judged by the signaling state in which it leaves the engine, not
 * by its promise alone: some engines reject after the state has changed, some resolve and change nothing, some never
 * settle. Nothing is awaited past `stop()`.
 */
import type { Candidate, Description, EngineRest, Operation, Output, SignalingState } from '@detente/core';
import { InvariantViolation } from './errors.ts';
import type { PeerConnectionPort } from './port.ts';
import type { Slots } from './slots.ts';
import type { Timers } from './timers.ts';

export type Work = Extract<Output, { type: 'perform' }>;

export type Outcome =
  /** `cause`: what the engine said although it did what it should. */
  | {
      readonly type: 'done';
      readonly needed: boolean;
      readonly description?: Description | undefined;
      readonly cause?: unknown;
    }
  | { readonly type: 'failed'; readonly state: EngineRest; readonly cause: unknown }
  | { readonly type: 'hung' }
  | { readonly type: 'engine-closed' };

export interface EngineQueueOptions {
  readonly port: PeerConnectionPort;
  readonly timers: Timers;
  /** After this long, in ms, an operation counts as hung. */
  readonly deadlineMs: number;
  readonly offerSlots: Slots | undefined;
  /** How many candidates may wait for the engine. */
  readonly candidateLimit: number;
  readonly onOutcome: (outcome: Outcome) => void;
  readonly onCandidatesOverflow: () => void;
  readonly onCandidateFailed: (cause: unknown) => void;
}

export interface EngineQueue {
  perform(work: Work): void;
  addCandidate(candidate: Candidate): void;
  stop(): void;
}

const destination: Readonly<Record<Operation, SignalingState>> = {
  createOffer: 'have-local-offer',
  applyOffer: 'have-remote-offer',
  createAnswer: 'stable',
  applyAnswer: 'stable',
  rollback: 'stable',
};

export const createEngineQueue = ({
  port,
  timers,
  deadlineMs,
  offerSlots,
  candidateLimit,
  onOutcome,
  onCandidatesOverflow,
  onCandidateFailed,
}: EngineQueueOptions): EngineQueue => {
  let next: Work | null = null;
  let candidates: Candidate[] = [];
  let busy = false;
  let operating = false;
  let stopped = false;
  let slot: 'none' | 'asked' | (() => void) = 'none';

  const pump = () => {
    if (busy || stopped) return;
    // Candidates first: one that came before an operation may belong to a description that it replaces.
    const candidate = candidates.shift();
    if (candidate) {
      return run(
        () => port.addCandidate(candidate),
        ({ failure }) => failure && onCandidateFailed(failure.cause),
      );
    }
    if (!next || (next.operation === 'createOffer' && !hasSlot())) return;
    const work = next;
    next = null;
    operate(work);
  };

  /** Asks for a slot when there is none yet; candidates need not wait for it. */
  const hasSlot = (): boolean => {
    if (!offerSlots || typeof slot === 'function') return true;
    if (slot === 'asked') return false;
    slot = 'asked';
    offerSlots.take((release) => {
      if (stopped) return release();
      slot = release;
      pump();
    });
    return false;
  };
  const freeSlot = () => {
    if (typeof slot === 'function') slot();
    slot = 'none';
  };

  const operate = (work: Work) => {
    const before = port.localDescription;
    operating = true;
    run(
      () => start(port, work),
      (result) => {
        operating = false;
        freeSlot();
        onOutcome(judge(port, work.operation, before, result));
      },
    );
  };

  const run = (begin: () => Promise<Description | void>, end: (result: Result) => void) => {
    busy = true;
    let over = false;
    const finish = (report: () => void) => {
      if (over || stopped) return;
      over = true;
      cancelDeadline();
      busy = false;
      report();
      pump();
    };
    const cancelDeadline = timers.set(deadlineMs, () => finish(() => onOutcome({ type: 'hung' })));
    stopDeadline = cancelDeadline;
    attempt(begin).then(
      (value) => finish(() => end({ value: value ?? undefined })),
      (cause: unknown) => finish(() => end({ failure: { cause } })),
    );
  };

  let stopDeadline: () => void = () => undefined;

  return {
    perform(work) {
      if (next || operating) throw new InvariantViolation('S1', `${work.operation} while an operation is in flight`);
      next = work;
      pump();
    },
    addCandidate(candidate) {
      if (candidates.length >= candidateLimit) return onCandidatesOverflow();
      candidates.push(candidate);
      pump();
    },
    stop() {
      stopped = true;
      next = null;
      candidates = [];
      stopDeadline();
      freeSlot();
    },
  };
};

interface Result {
  readonly value?: Description | undefined;
  readonly failure?: { readonly cause: unknown };
}

/** An adapter that throws instead of rejecting is an operation that failed. */
const attempt = async (begin: () => Promise<Description | void>) => begin();

const start = (port: PeerConnectionPort, { operation, description, iceRestart = false, receive }: Work) => {
  switch (operation) {
    case 'createOffer':
      return port.createOffer({ iceRestart, receive });
    case 'applyOffer':
      return port.applyOffer(description as Description);
    case 'createAnswer':
      return port.createAnswer();
    case 'applyAnswer':
      return port.applyAnswer(description as Description);
    case 'rollback':
      return port.rollback();
  }
};

const judge = (
  port: PeerConnectionPort,
  operation: Operation,
  before: Description | null,
  { value, failure }: Result,
): Outcome => {
  const state = port.signalingState;
  if (state === 'closed') return { type: 'engine-closed' };
  const creates = operation === 'createOffer' || operation === 'createAnswer';
  const description =
    value ?? (creates && port.localDescription?.sdp !== before?.sdp ? port.localDescription : null) ?? undefined;
  if (state !== destination[operation] || (creates && !description)) {
    const cause = failure?.cause ?? new Error(`${operation} resolved, but left the engine in ${state}`);
    return { type: 'failed', state: toRest(state), cause };
  }
  const needed = state === 'stable' && asksForNegotiation(port);
  return { type: 'done', needed, description, ...failure };
};

const toRest = (state: Exclude<SignalingState, 'closed'>): EngineRest => {
  switch (state) {
    case 'have-local-pranswer':
      return 'have-remote-offer';
    case 'have-remote-pranswer':
      return 'have-local-offer';
    default:
      return state;
  }
};

/** An engine that cannot be asked may need it. */
export const asksForNegotiation = (port: PeerConnectionPort): boolean => {
  try {
    return port.negotiationNeeded();
  } catch {
    return true;
  }
};
