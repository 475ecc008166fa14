/**
 * What the session waits for, and since when. The machine starts and stops a timer for what keeps it from moving. Where
 * it rests and only the other side has promised to move, nothing keeps it, and so nothing would be said if the other side
 * never did: that promise is watched here, and only reported, since there is nothing to take back.
 */
import type { MachineState, StatePath, TimerName } from '@detente/core';
import type { Timers } from './timers.ts';

/** Something has been waited for beyond its timeout. */
export interface Stall {
  readonly awaiting: Exclude<TimerName, 'lease'>;
  /** Milliseconds since the wait began. */
  readonly forMs: number;
}

export interface WaitsOptions {
  readonly timers: Timers;
  /** In ms. */
  readonly timeouts: Readonly<Record<TimerName, number>>;
  /** A timer of the machine fired. */
  readonly expired: () => void;
  readonly stalled: (stall: Stall) => void;
}

export interface Waits {
  start(timer: TimerName): void;
  stop(): void;
  /** The machine says that what its timer was for has not come. */
  report(): void;
  /** Where the machine is after a step: it may rest while the other side has promised to offer. */
  rest(machine: MachineState): void;
  /** A restored session waits again for what it waited for. */
  resume(machine: MachineState): void;
}

interface Wait {
  readonly timer: TimerName;
  readonly sinceMs: number;
}

export const createWaits = ({ timers, timeouts, expired, stalled }: WaitsOptions): Waits => {
  let waiting: Wait | undefined;
  /** What the timer that fired last was for, since the step that it causes may end the wait before it reports it. */
  let overdue: Wait | undefined;
  let promised: Wait | undefined;
  let cancelTimer: () => void = () => undefined;
  let cancelPromise: () => void = () => undefined;

  const tell = ({ timer, sinceMs }: Wait) => {
    if (timer !== 'lease') stalled({ awaiting: timer, forMs: timers.now() - sinceMs });
  };
  const watch = (wait: Wait) => {
    cancelPromise = timers.set(timeouts[wait.timer], () => {
      watch(wait);
      tell(wait);
    });
  };

  const start = (timer: TimerName) => {
    if (waiting?.timer !== timer) waiting = { timer, sinceMs: timers.now() };
    cancelTimer();
    cancelTimer = timers.set(timeouts[timer], () => {
      overdue = waiting;
      expired();
    });
  };
  const rest = ({ path, context }: MachineState) => {
    const isPromised = path === 'stable' && context.awaited;
    if (isPromised === (promised !== undefined)) return;
    cancelPromise();
    promised = isPromised ? { timer: 'turn', sinceMs: timers.now() } : undefined;
    if (promised) watch(promised);
  };

  return {
    start,
    stop() {
      waiting = undefined;
      cancelTimer();
    },
    report() {
      if (overdue) tell(overdue);
    },
    rest,
    resume(machine) {
      const timer = timerIn[machine.path];
      if (timer) start(timer);
      rest(machine);
    },
  };
};

/** The timers that run in a state. */
const timerIn: { readonly [path in StatePath]?: TimerName } = {
  'local-offer-pending.awaiting-answer': 'answer',
  'remote-offer-pending.awaiting-offer': 'lease',
  'pending-renegotiation.asking': 'grant',
  'pending-renegotiation.yielding': 'turn',
};
