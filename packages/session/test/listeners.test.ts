import { microtasksDone } from '@detente/testing';
import { describe, expect, it } from 'vitest';
import { createPair, expectAgreed } from './support/pair.ts';

const start = () => createPair({ role: 'polite' }, { role: 'impolite' });

describe('listeners', () => {
  it('are told each change of state once, in order', async () => {
    const pair = start();
    pair.left.engine.change();
    await pair.run();
    expect(pair.left.states).toEqual(['local-offer-pending', 'stable']);
    expect(pair.right.states).toEqual(['remote-offer-pending', 'stable']);
  });

  it('are told nothing once they have unsubscribed, even twice', async () => {
    const pair = start();
    const told: string[] = [];
    const unsubscribe = pair.left.session.on('state', (state) => told.push(state));
    unsubscribe();
    unsubscribe();
    pair.left.engine.change();
    await pair.run();
    expect(told).toEqual([]);
  });

  it('may be the same function twice, and then unsubscribe one by one', async () => {
    const pair = start();
    let calls = 0;
    const listener = () => (calls += 1);
    const first = pair.left.session.on('settled', listener);
    pair.left.session.on('settled', listener);
    first();
    pair.left.engine.change();
    await pair.run();
    expect(calls).toBe(1);
  });

  it('that throw disturb neither the session nor each other, and surface as errors of the application', async () => {
    const uncaught: unknown[] = [];
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (reason) => uncaught.push(reason));
    try {
      const pair = start();
      const told: string[] = [];
      const bug = new Error('a bug of the application');
      pair.left.session.on('state', () => {
        throw bug;
      });
      pair.left.session.on('state', (state) => told.push(state));
      pair.left.engine.change();
      await pair.run();
      expectAgreed(pair);
      expect(told).toEqual(['local-offer-pending', 'stable']);
      expect(uncaught).toEqual([bug, bug]);
    } finally {
      process.removeAllListeners('unhandledRejection');
      for (const listener of others) process.on('unhandledRejection', listener);
    }
  });

  it('may change, receive and close in the middle of anything', async () => {
    const pair = start();
    let times = 0;
    pair.left.session.on('state', (state) => {
      if (state !== 'stable' || (times += 1) > 3) return;
      pair.left.engine.change();
      pair.left.session.receive('garbage');
      pair.left.session.resync();
    });
    pair.left.engine.change();
    await pair.run();
    expectAgreed(pair);
    expect(pair.left.engine.changes).toBe(4);
  });
});

describe('stalled', () => {
  it.each([
    ['answer', 'polite', 'impolite'],
    ['grant', 'requester', 'arbiter'],
    ['grant', 'answerer', 'offerer'],
    ['grant', 'auto', 'auto'],
  ] as const)('says that %s is awaited (%s) and for how long, again and again', async (awaiting, left, right) => {
    const pair = createPair({ role: left, timeouts: { answer: 500, grant: 500 } }, { role: right });
    pair.left.engine.change();
    await microtasksDone();
    for (let times = 0; times < 3; times += 1) {
      pair.cut();
      await pair.clock.advance(500);
    }
    expect(pair.left.stalls).toEqual([500, 1_000, 1_500].map((forMs) => ({ awaiting, forMs })));
    expect(pair.left.errors).toEqual([]);
    expect(pair.left.engine.calls).not.toContain('rollback');
    pair.left.session.resync();
    await pair.run();
    expectAgreed(pair);
  });

  it('says that a turn is awaited, and then takes it', async () => {
    const engine = { answerCarries: false };
    const pair = createPair({ role: 'impolite', engine }, { role: 'polite', engine });
    pair.left.engine.change();
    pair.right.engine.change();
    await microtasksDone();
    pair.left.engine.plan('applyAnswer', 'manual');
    // The polite side loses, and says with its answer that it still owes an offer.
    while (!pair.left.engine.isBusy) {
      if (!pair.deliver('left')) pair.deliver('right');
      await microtasksDone();
    }
    pair.cut();
    pair.left.engine.change();
    await microtasksDone();
    pair.left.engine.finish();
    await microtasksDone();
    expect(pair.left.session.state).toBe('pending-renegotiation');
    await pair.clock.advance(10_000);
    expect(pair.left.stalls).toEqual([{ awaiting: 'turn', forMs: 10_000 }]);
    for (let waits = 0; waits < 3; waits += 1) {
      await pair.run();
      await pair.clock.advance(10_000);
    }
    await pair.run();
    expectAgreed(pair);
  });

  it('says that a promised turn is awaited by a side that has nothing to do itself, until it comes', async () => {
    const engine = { answerCarries: false };
    const pair = createPair({ role: 'impolite', engine }, { role: 'polite', engine });
    pair.left.engine.change();
    pair.right.engine.change();
    while (!pair.left.session.snapshot().endpoint.machine.context.awaited) {
      if (!pair.deliver('left')) pair.deliver('right');
      await microtasksDone();
    }
    while (pair.left.session.state !== 'stable') await microtasksDone();
    const settled = pair.left.session.settled();
    pair.cut();
    await pair.clock.advance(10_000);
    pair.cut();
    await pair.clock.advance(10_000);
    expect(pair.left.stalls).toEqual([10_000, 20_000].map((forMs) => ({ awaiting: 'turn', forMs })));
    await pair.run();
    await settled;
    expectAgreed(pair);
    await pair.clock.advance(60_000);
    expect(pair.left.stalls).toHaveLength(2);
  });

  it('is not said of a lease, which lapses with a report', async () => {
    const pair = createPair({ role: 'arbiter' }, { role: 'requester' });
    pair.right.engine.change();
    await microtasksDone();
    pair.deliver('right');
    await microtasksDone();
    pair.cut();
    await pair.clock.advance(10_000);
    expect([pair.left.stalls, pair.left.errors]).toEqual([[], ['lease-lapsed']]);
    pair.right.session.resync();
    await pair.clock.advance(20_000);
    await pair.run();
    expectAgreed(pair);
  });
});
