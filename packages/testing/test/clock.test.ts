import { describe, expect, it } from 'vitest';
import { createVirtualClock, microtasksDone } from '../src/clock.ts';

describe('the virtual clock', () => {
  it('stands at 0 with nothing to do', async () => {
    const clock = createVirtualClock();
    expect({ now: clock.now(), pending: clock.pending, nextDueMs: clock.nextDueMs }).toEqual({
      now: 0,
      pending: 0,
      nextDueMs: undefined,
    });
    expect(await clock.next()).toBe(false);
  });

  it('fires by due time, and in the order of setting when equal', async () => {
    const clock = createVirtualClock();
    const fired: string[] = [];
    const set = (name: string, delayMs: number) =>
      clock.setTimeout(() => fired.push(`${name} at ${clock.now()}`), delayMs);
    set('late', 20);
    set('first', 10);
    set('second', 10);
    set('overdue', -5);
    await clock.advance(15);
    expect(fired).toEqual(['overdue at 0', 'first at 10', 'second at 10']);
    expect(clock.now()).toBe(15);
    expect(clock.nextDueMs).toBe(20);
  });

  it('lets promises settle before the next timer of the same instant fires', async () => {
    const clock = createVirtualClock();
    const seen: string[] = [];
    clock.setTimeout(() => {
      void Promise.resolve()
        .then(() => Promise.resolve())
        .then(() => seen.push('reaction'));
    }, 5);
    clock.setTimeout(() => seen.push('timer'), 5);
    await clock.advance(5);
    expect(seen).toEqual(['reaction', 'timer']);
  });

  it('fires a timer that another sets within the time that passes', async () => {
    const clock = createVirtualClock();
    const seen: number[] = [];
    clock.setTimeout(() => clock.setTimeout(() => seen.push(clock.now()), 5), 5);
    await clock.advance(9);
    expect(seen).toEqual([]);
    await clock.advance(1);
    expect(seen).toEqual([10]);
  });

  it('does not fire a cleared timer, and forgives clearing twice', async () => {
    const clock = createVirtualClock();
    const seen: string[] = [];
    const id = clock.setTimeout(() => seen.push('cleared'), 1);
    clock.clearTimeout(id);
    clock.clearTimeout(id);
    clock.clearTimeout(undefined);
    await clock.settle();
    expect(seen).toEqual([]);
  });

  it('moves to the next timer only', async () => {
    const clock = createVirtualClock();
    clock.setTimeout(() => undefined, 3);
    clock.setTimeout(() => undefined, 7);
    expect(await clock.next()).toBe(true);
    expect({ now: clock.now(), pending: clock.pending }).toEqual({ now: 3, pending: 1 });
  });

  it('rejects with what a timer throws, and goes on afterwards', async () => {
    const clock = createVirtualClock();
    clock.setTimeout(() => {
      throw new Error('boom');
    }, 1);
    clock.setTimeout(() => undefined, 2);
    await expect(clock.advance(5)).rejects.toThrow('boom');
    await clock.advance(5);
    expect(clock.pending).toBe(0);
  });

  it('gives up on timers that set each other for ever', async () => {
    const clock = createVirtualClock();
    const again = () => void clock.setTimeout(again, 1);
    again();
    await expect(clock.settle(50)).rejects.toThrow('after 50 have fired, at 50 ms');
  });
});

describe('microtasksDone', () => {
  it('waits for reactions that were queued by reactions', async () => {
    let depth = 0;
    const deepen = (): Promise<void> => Promise.resolve().then(() => ((depth += 1) < 100 ? deepen() : undefined));
    void deepen();
    await microtasksDone();
    expect(depth).toBe(100);
  });
});
