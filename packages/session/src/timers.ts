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

/** The timers of the platform. */
export const platformTimers: Timers = {
  set(delayMs, fire) {
    const { setTimeout, clearTimeout } = globalThis as unknown as PlatformTimers;
    const handle = setTimeout(fire, delayMs);
    return () => clearTimeout(handle);
  },
  now: () => (globalThis as unknown as PlatformTimers).performance.now(),
};
