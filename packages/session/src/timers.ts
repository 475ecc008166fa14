/** The clock, as a session needs it: injectable, so that tests, replays and hubs bring their own. */

export interface Timers {
  /** Calls `fire` once after `delayMs`; the returned function cancels it. */
  set(delayMs: number, fire: () => void): () => void;
  /** Milliseconds since any fixed moment. */
  now(): number;
}

interface PlatformTimers {
  setTimeout(fire: () => void, delayMs: number): unknown;
  clearTimeout(handle: unknown): void;
  readonly performance: { now(): number };
}

/** A longer delay would fire at once: platforms count it in 32 bits. */
const longestDelayMs = 2 ** 31 - 1;

/** The timers of the platform. A delay of `Infinity` never fires; any other fires within 25 days. */
export const platformTimers: Timers = {
  set(delayMs, fire) {
    if (delayMs === Infinity) return () => undefined;
    const { setTimeout, clearTimeout } = globalThis as unknown as PlatformTimers;
    const handle = setTimeout(fire, Math.min(delayMs, longestDelayMs));
    return () => clearTimeout(handle);
  },
  now: () => (globalThis as unknown as PlatformTimers).performance.now(),
};
