/** Timers of one session that fire when they are told to, in a time that counts the steps of the path. */
import type { PairOptions } from '@detente/testing';

type Timers = ReturnType<NonNullable<PairOptions['timersOf']>>;

export interface SteeredTimers extends Timers {
  /** Whether one with this delay is set. */
  isSet(delayMs: number): boolean;
  fire(delayMs: number): void;
}

export const createSteeredTimers = (now: () => number): SteeredTimers => {
  const timers = new Set<{ readonly delayMs: number; readonly run: () => void }>();
  const find = (delayMs: number) => [...timers].find((timer) => timer.delayMs === delayMs);
  return {
    now,
    set(delayMs, run) {
      const timer = { delayMs, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    isSet: (delayMs) => find(delayMs) !== undefined,
    fire(delayMs) {
      const timer = find(delayMs);
      if (timer === undefined) return;
      timers.delete(timer);
      timer.run();
    },
  };
};
