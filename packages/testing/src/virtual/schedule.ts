/**
 * Who decides when the engine's asynchronous work ends, and how. Nothing in the virtual engine takes time by itself:
 * each piece of work is handed to a schedule together with the function that completes it, and what the work does to the
 * engine happens inside that call. So a schedule is all the asynchrony there is, and a run is as deterministic as it is.
 */
import { type VirtualClock, microtasksDone } from '../clock.ts';
import type { SdpType } from './types.ts';

/**
 * What the engine is about to do.
 * - `operation`: something that the application asked for and awaits. `rollback` stands for the explicit and, as the
 *   first part of setRemoteDescription(offer), the implicit one; setLocalDescription without an sdp is preceded by its
 *   `createOffer` or `createAnswer`.
 * - `gathering`: the next local candidate, or the end of them.
 * - `task`: an event that is queued already; only `negotiationneeded` is. Later work of the same peer cannot overtake it.
 */
export type EngineWork =
  | {
      readonly kind: 'operation';
      readonly peer: string;
      readonly name: 'createOffer' | 'createAnswer' | 'rollback' | 'addIceCandidate';
    }
  | {
      readonly kind: 'operation';
      readonly peer: string;
      readonly name: 'setLocalDescription' | 'setRemoteDescription';
      readonly type: SdpType;
    }
  | { readonly kind: 'gathering'; readonly peer: string; readonly name: 'icecandidate' }
  | { readonly kind: 'task'; readonly peer: string; readonly name: 'negotiationneeded' };

/**
 * How a piece of work ends. A failure is for operations: with `applied`, the operation rejects although its effect took
 * place, so the signaling state is not what the error suggests.
 */
export type Outcome =
  { readonly type: 'done' } | { readonly type: 'failed'; readonly error: Error; readonly applied?: boolean };

/** Completes a piece of work; `done` unless told otherwise. Later calls, and calls after `close()`, do nothing. */
export type Settle = (outcome?: Outcome) => void;

export interface Schedule {
  /** Called when work begins. Never calling `settle` is a hang. Calling it inside this call is not allowed. */
  run(work: EngineWork, settle: Settle): void;
}

/** Everything succeeds at once and in order, each work in a turn of its own, so that promises settle in between. */
export const promptSchedule: Schedule = {
  run: (_work, settle) => void microtasksDone().then(() => settle()),
};

/** When and how a piece of work ends on a clock. */
export type Plan =
  { readonly type: 'after'; readonly delayMs: number; readonly outcome?: Outcome } | { readonly type: 'hang' };

/** Work that takes virtual time: `plan` says how long, and how it ends. Without one, all succeeds after 0 ms. */
export const createClockSchedule = (
  clock: Pick<VirtualClock, 'setTimeout'>,
  plan: (work: EngineWork) => Plan = () => ({ type: 'after', delayMs: 0 }),
): Schedule => ({
  run: (work, settle) => {
    const planned = plan(work);
    if (planned.type === 'hang') return;
    clock.setTimeout(() => settle(planned.outcome), planned.delayMs);
  },
});

/** A piece of work that waits for a test to end it. */
export interface PendingWork {
  readonly work: EngineWork;
  readonly settle: Settle;
  /** Never ends it. */
  readonly hang: () => void;
}

export interface ManualSchedule extends Schedule {
  /** All unfinished work of all peers, oldest first. */
  readonly pending: readonly PendingWork[];
  /** The part of `pending` that may end next in a real engine. */
  readonly ready: readonly PendingWork[];
  /** Ends the `index`th ready work (the oldest by default) and lets promises settle; the work, or `undefined` if none. */
  step(index?: number, outcome?: Outcome): Promise<EngineWork | undefined>;
  /** Steps, oldest first, until nothing is pending; rejects after `limit` steps. */
  drive(limit?: number): Promise<void>;
}

/** Work that ends only when the test says so; several engines may share one. */
export const createManualSchedule = (): ManualSchedule => {
  let pending: readonly PendingWork[] = [];

  const isReady = (candidate: PendingWork): boolean => {
    const blocking = pending.find(({ work }) => work.kind === 'task' && work.peer === candidate.work.peer);
    return blocking === undefined || pending.indexOf(candidate) <= pending.indexOf(blocking);
  };

  const schedule: ManualSchedule = {
    get pending() {
      return pending;
    },
    get ready() {
      return pending.filter(isReady);
    },
    run: (work, settle) => {
      const remove = () => {
        pending = pending.filter((other) => other !== entry);
      };
      const entry: PendingWork = {
        work,
        settle: (outcome) => {
          remove();
          settle(outcome);
        },
        hang: remove,
      };
      pending = [...pending, entry];
    },
    step: async (index = 0, outcome) => {
      await microtasksDone();
      const next = schedule.ready[index];
      next?.settle(outcome);
      await microtasksDone();
      return next?.work;
    },
    drive: async (limit = 10_000) => {
      for (let steps = 0; (await schedule.step()) !== undefined; steps += 1) {
        if (steps === limit) throw new Error(`The engines are still at work after ${limit} steps.`);
      }
    },
  };
  return schedule;
};
