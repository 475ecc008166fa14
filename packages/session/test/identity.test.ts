import { createVirtualClock, microtasksDone } from '@detente/testing';
import { describe, expect, it } from 'vitest';
import { createEnd, createPair, expectAgreed } from './support/pair.ts';

describe('roles that do not fit', () => {
  it.each([
    ['polite', 'polite'],
    ['impolite', 'impolite'],
    ['requester', 'requester'],
    ['arbiter', 'arbiter'],
    ['offerer', 'arbiter'],
    ['auto', 'polite'],
    ['requester', 'impolite'],
  ] as const)('%s and %s: both are told and stop at once', async (left, right) => {
    const pair = createPair({ role: left }, { role: right });
    const errors: string[] = [];
    pair.left.session.on('error', ({ message }) => errors.push(message));
    pair.left.engine.change();
    pair.right.engine.change();
    await pair.run();
    expect([pair.left.errors, pair.right.errors]).toEqual([['role-mismatch'], ['role-mismatch']]);
    expect(errors[0]).toMatch(new RegExp(`^This side is ${left} and the other side ${right}; it must be`));
    expect([pair.left.session.state, pair.right.session.state]).toEqual(['closed', 'closed']);
    expect(pair.clock.pending).toBe(0);
    await expect(pair.left.session.settled()).rejects.toMatchObject({ code: 'role-mismatch', recoverable: false });
  });
});

describe('auto', () => {
  it.each([
    ['left', 'right'],
    ['right', 'left'],
  ] as const)('makes the side with the greater id the arbiter: the %s side has it', async (greater, lesser) => {
    const pair = createPair(
      { role: 'auto', id: greater === 'left' ? 'zebra' : 'ant' },
      { role: 'auto', id: greater === 'right' ? 'zebra' : 'ant' },
    );
    await pair.run();
    const roleOf = (where: 'left' | 'right') => pair[where].session.snapshot().endpoint.machine.context.role;
    expect([roleOf(greater), roleOf(lesser)]).toEqual(['arbiter', 'requester']);
  });

  it('waits for a side that starts much later, and then negotiates what was changed before', async () => {
    const clock = createVirtualClock();
    const left = createEnd('left', clock, { role: 'auto' });
    left.engine.change();
    await clock.advance(45_000);
    expect(left.stalls.map(({ awaiting }) => awaiting)).toEqual(['grant', 'grant', 'grant', 'grant']);
    // Nobody has listened: all that was said so far is lost.
    left.sent.length = 0;
    const right = createEnd('right', clock, { role: 'auto' });
    for (let moved = true; moved;) {
      await microtasksDone();
      const [byLeft, byRight] = [left.sent.shift(), right.sent.shift()];
      if (byLeft) right.session.receive(byLeft);
      if (byRight) left.session.receive(byRight);
      moved = byLeft !== undefined || byRight !== undefined;
    }
    expectAgreed({ left, right });
    expect(left.engine.changes).toBe(1);
    expect([...left.errors, ...right.errors]).toEqual([]);
  });

  it('decides at the very same moment', async () => {
    const pair = createPair({ role: 'auto' }, { role: 'auto' });
    pair.left.engine.change();
    pair.right.engine.change();
    await pair.run();
    expectAgreed(pair);
    expect(pair.left.engine.calls).not.toContain('rollback');
    expect([...pair.left.errors, ...pair.right.errors]).toEqual([]);
  });
});

describe('session ids', () => {
  it('are random when none is given, and travel with every message', async () => {
    const pair = createPair({ role: 'polite', id: undefined }, { role: 'impolite', id: undefined });
    expect(pair.left.session.id).not.toBe(pair.right.session.id);
    pair.left.engine.change();
    await microtasksDone();
    expect(pair.left.sent).toMatchObject([{ from: pair.left.session.id, seq: 1, kind: 'offer' }]);
    pair.deliver('left');
    await microtasksDone();
    expect(pair.right.sent).toMatchObject([{ from: pair.right.session.id, to: pair.left.session.id, kind: 'answer' }]);
  });

  it('tell the application once that the other side was restarted, and of each restart', async () => {
    const pair = createPair({ role: 'polite' }, { role: 'impolite' });
    pair.left.engine.change();
    await pair.run();
    const from = (id: string, seq: number) => ({ v: 1, from: id, role: 'impolite', seq, kind: 'release' });
    for (const seq of [1, 2, 3]) pair.left.session.receive(from('right-2', seq));
    pair.left.session.receive(from('right-3', 1));
    pair.left.session.receive(from('right-2', 4));
    expect(pair.left.restarts).toEqual(['right-2', 'right-3']);
    expect(pair.left.errors).toEqual([]);
  });

  it('that are made up without end are told of a few times only', () => {
    const pair = createPair({ role: 'polite' }, { role: 'impolite' });
    for (let number = 0; number < 1_000; number += 1) {
      pair.left.session.receive({ v: 1, from: `right-${number}`, role: 'impolite', ack: 0, kind: 'sync' });
    }
    expect(pair.left.restarts).toHaveLength(8);
  });

  it('keep the messages of another session out', async () => {
    const pair = createPair({ role: 'polite' }, { role: 'impolite' });
    pair.left.engine.change();
    await pair.run();
    const { endpoint } = pair.left.session.snapshot();
    pair.left.session.receive({ v: 1, from: 'right', to: 'left-1', role: 'impolite', seq: 9, kind: 'bye' });
    expect(pair.left.errors).toEqual(['foreign-message']);
    expect(pair.left.session.snapshot().endpoint).toEqual(endpoint);
  });

  it('make an echo of our own messages harmless', async () => {
    const pair = createPair({ role: 'polite' }, { role: 'impolite' });
    pair.left.engine.change();
    await microtasksDone();
    pair.left.session.receive(pair.left.sent[0]);
    expect(pair.left.errors).toEqual(['foreign-message']);
    await pair.run();
    expectAgreed(pair);
  });
});
