import { createVirtualClock } from '@detente/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSharedTimers, type Timers } from '@detente/session';
import { timersOf } from './support/pair.ts';

/** What is done to a set of timers, in order. */
type Action =
  | { readonly type: 'set'; readonly delayMs: number; readonly again: number }
  | { readonly type: 'cancel'; readonly which: number }
  | { readonly type: 'advance'; readonly durationMs: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ type: fc.constant('set' as const), delayMs: fc.nat(20), again: fc.nat(2) }),
  fc.record({ type: fc.constant('cancel' as const), which: fc.nat(30) }),
  fc.record({ type: fc.constant('advance' as const), durationMs: fc.nat(15) }),
);

/** When which timer fired. A timer sets another one as often as `again` says. */
const perform = async (actions: readonly Action[], wrap: (timers: Timers) => Timers) => {
  const clock = createVirtualClock();
  const timers = wrap(timersOf(clock));
  const fired: string[] = [];
  const cancels: (() => void)[] = [];
  let most = 0;
  const set = (delayMs: number, again: number) => {
    const name = cancels.length;
    const cancel = timers.set(delayMs, () => {
      fired.push(`${name} at ${timers.now()}`);
      if (again > 0) set(delayMs, again - 1);
    });
    cancels.push(cancel);
    most = Math.max(most, clock.pending);
  };
  for (const one of actions) {
    if (one.type === 'set') set(one.delayMs, one.again);
    if (one.type === 'cancel') cancels[one.which % cancels.length]?.();
    if (one.type === 'advance') await clock.advance(one.durationMs);
  }
  await clock.advance(100);
  return { fired, most, left: clock.pending };
};

describe('shared timers', () => {
  it('fire what plain timers fire, at the same time and in the same order, with one timer of the platform', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        const plain = await perform(actions, (timers) => timers);
        const shared = await perform(actions, createSharedTimers);
        expect(shared.fired).toEqual(plain.fired);
        expect(shared.most).toBeLessThanOrEqual(1);
        expect(shared.left).toBe(0);
      }),
    );
  });

  it('keep nothing of what is cancelled for good', async () => {
    const clock = createVirtualClock();
    const timers = createSharedTimers(timersOf(clock));
    for (let count = 0; count < 1_000; count += 1) timers.set(1_000, () => undefined)();
    expect(clock.pending).toBe(0);
  });

  it('wait for ever where there is only Infinity to wait for', async () => {
    const clock = createVirtualClock();
    const timers = createSharedTimers(timersOf(clock));
    const fired: string[] = [];
    timers.set(Infinity, () => fired.push('never'));
    timers.set(5, () => fired.push('soon'));
    await clock.advance(1_000_000);
    expect(fired).toEqual(['soon']);
  });
});
