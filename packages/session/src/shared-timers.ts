/** One timer of the platform for any number of delays, so that thousands of sessions cost one. */
import type { Timers } from './timers.ts';

interface Entry {
  readonly dueMs: number;
  readonly order: number;
  readonly fire: () => void;
  cancelled: boolean;
}

/** Fires in the order of the due times; equal ones in the order in which they were set. */
export const createSharedTimers = (timers: Timers): Timers => {
  const heap: Entry[] = [];
  let orders = 0;
  let cancelAlarm: (() => void) | null = null;
  let alarmMs = Infinity;

  const schedule = () => {
    while (heap[0]?.cancelled) pop(heap);
    const next = heap[0];
    if (!next) {
      cancelAlarm?.();
      cancelAlarm = null;
      alarmMs = Infinity;
      return;
    }
    if (cancelAlarm && alarmMs === next.dueMs) return;
    cancelAlarm?.();
    alarmMs = next.dueMs;
    cancelAlarm = timers.set(Math.max(0, next.dueMs - timers.now()), ring);
  };

  const ring = () => {
    cancelAlarm = null;
    const nowMs = timers.now();
    for (let next = heap[0]; next && (next.cancelled || next.dueMs <= nowMs); next = heap[0]) {
      pop(heap);
      if (!next.cancelled) next.fire();
    }
    schedule();
  };

  return {
    set(delayMs, fire) {
      const entry: Entry = { dueMs: timers.now() + delayMs, order: orders++, fire, cancelled: false };
      push(heap, entry);
      schedule();
      return () => {
        entry.cancelled = true;
        if (heap[0] === entry) schedule();
      };
    },
    now: () => timers.now(),
  };
};

const isBefore = (left: Entry, right: Entry): boolean =>
  left.dueMs < right.dueMs || (left.dueMs === right.dueMs && left.order < right.order);

const swap = (heap: Entry[], left: number, right: number) => {
  [heap[left], heap[right]] = [heap[right] as Entry, heap[left] as Entry];
};

const push = (heap: Entry[], entry: Entry) => {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(entry, heap[parent] as Entry)) return;
    swap(heap, at, parent);
    at = parent;
  }
};

const pop = (heap: Entry[]) => {
  const last = heap.pop();
  if (heap.length === 0 || !last) return;
  heap[0] = last;
  for (let at = 0; ;) {
    const children = [2 * at + 1, 2 * at + 2].filter((child) => child < heap.length);
    const least = children.reduce(
      (best, child) => (isBefore(heap[child] as Entry, heap[best] as Entry) ? child : best),
      at,
    );
    if (least === at) return;
    swap(heap, at, least);
    at = least;
  }
};
