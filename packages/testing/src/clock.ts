/**
 * Time that moves only when a test says so. Timers fire in order of their due time, equal ones in the order of setting,
 * and everything that one of them sets in motion comes to rest before the next fires.
 */

export interface VirtualClock {
  /** Milliseconds since the clock was made. */
  readonly now: () => number;
  readonly setTimeout: (callback: () => void, delayMs: number) => number;
  /** Ids that are unknown or have fired are ignored. */
  readonly clearTimeout: (id: number | undefined) => void;
  /** How many timers are set. */
  readonly pending: number;
  /** When the next timer is due, in ms on this clock; `undefined` when none is set. */
  readonly nextDueMs: number | undefined;
  /** Moves time by `durationMs`, firing what falls due. Rejects with what a timer throws. */
  advance(durationMs: number): Promise<void>;
  /** Moves time to the next timer and fires it; `false` when none is set. */
  next(): Promise<boolean>;
  /** Fires timers until none is set; rejects after `limit` of them, since then they seem to set each other for ever. */
  settle(limit?: number): Promise<void>;
}

interface Timer {
  readonly id: number;
  readonly dueMs: number;
  readonly callback: () => void;
}

interface MessagePorts {
  readonly port1: { onmessage: unknown };
  readonly port2: { postMessage(message: unknown): void };
}

const platform = globalThis as unknown as {
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly MessageChannel: new () => MessagePorts;
};

// Taken when the module loads, so that a test framework's fake timers do not stop virtual time.
const { setImmediate, MessageChannel } = platform;

/** Resolves when the microtask queue is empty: every promise that could settle without time has settled. */
export const microtasksDone = (): Promise<void> =>
  new Promise((resolve) => {
    if (setImmediate !== undefined) {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(undefined);
  });

/** A clock at 0 with no timers. Its methods need no `this`, so `{ ...clock }` or `clock.setTimeout` can be handed on. */
export const createVirtualClock = (): VirtualClock => {
  let nowMs = 0;
  let ids = 0;
  let timers: readonly Timer[] = [];

  const fireNext = async (): Promise<void> => {
    const [timer, ...rest] = timers;
    if (timer === undefined) return;
    timers = rest;
    nowMs = timer.dueMs;
    timer.callback();
    await microtasksDone();
  };

  const clock: VirtualClock = {
    now: () => nowMs,
    setTimeout: (callback, delayMs) => {
      const timer = { id: (ids += 1), dueMs: nowMs + Math.max(0, delayMs), callback };
      const later = timers.findIndex(({ dueMs }) => dueMs > timer.dueMs);
      timers = later < 0 ? [...timers, timer] : [...timers.slice(0, later), timer, ...timers.slice(later)];
      return timer.id;
    },
    clearTimeout: (id) => {
      timers = timers.filter((timer) => timer.id !== id);
    },
    get pending() {
      return timers.length;
    },
    get nextDueMs() {
      return timers[0]?.dueMs;
    },
    advance: async (durationMs) => {
      const targetMs = nowMs + durationMs;
      await microtasksDone();
      while (timers[0] !== undefined && timers[0].dueMs <= targetMs) await fireNext();
      nowMs = targetMs;
    },
    next: async () => {
      await microtasksDone();
      if (timers.length === 0) return false;
      await fireNext();
      return true;
    },
    settle: async (limit = 100_000) => {
      await microtasksDone();
      for (let fired = 0; timers.length > 0; fired += 1) {
        if (fired === limit) throw new Error(`Timers are still being set after ${limit} have fired, at ${nowMs} ms.`);
        await fireNext();
      }
    },
  };
  return clock;
};
