import { microtasksDone } from '@detente/testing';
import { describe, expect, it } from 'vitest';
import { createPair, type EndOptions, expectAgreed, type Pair, rolePairs, type Where } from './support/pair.ts';

const options = (role: EndOptions['role'], link: 'reliable' | 'lossy' = 'reliable'): EndOptions => ({
  role,
  link,
  engine: { candidates: 1, answerCarries: role !== 'polite' && role !== 'impolite' },
});

const begin = ([left, right]: readonly [EndOptions['role'], EndOptions['role']], link?: 'lossy'): Pair => {
  const pair = createPair(options(left, link), options(right, link));
  pair.left.engine.change();
  pair.right.engine.change();
  return pair;
};

/** Hands over `count` frames, one of each side in turn. */
const handOver = async (pair: Pair, count: number): Promise<boolean> => {
  let from: Where = 'left';
  for (let handed = 0; handed < count;) {
    await microtasksDone();
    if (pair.left.sent.length + pair.right.sent.length === 0) return false;
    if (pair.deliver(from)) handed += 1;
    from = from === 'left' ? 'right' : 'left';
  }
  await microtasksDone();
  return true;
};

describe.each(rolePairs)('%s and %s', (...roles) => {
  it('agree after one reconnect, wherever the connection broke', async () => {
    let boundaries = 0;
    for (let pair = begin(roles); await handOver(pair, boundaries); pair = begin(roles)) {
      pair.cut();
      pair.left.session.resync();
      if (boundaries % 2) pair.right.session.resync();
      await pair.run();
      expectAgreed(pair);
      boundaries += 1;
    }
    expect(boundaries).toBeGreaterThanOrEqual(8);
  });

  it('agree without a reconnect, by what a stall repeats, whichever message is lost', async () => {
    let boundaries = 0;
    for (let pair = begin(roles); await handOver(pair, boundaries); pair = begin(roles)) {
      pair.left.sent.shift();
      pair.right.sent.shift();
      await pair.run();
      for (let waits = 0; waits < 6; waits += 1) {
        await pair.clock.advance(10_000);
        await pair.run();
      }
      expectAgreed(pair);
      boundaries += 1;
    }
    expect(boundaries).toBeGreaterThanOrEqual(8);
  });

  it('agree on a lossy channel that loses every second frame for a while', async () => {
    const pair = begin(roles, 'lossy');
    for (let round = 0; round < 30; round += 1) {
      await microtasksDone();
      if (round % 2) pair.left.sent.shift();
      pair.deliver('left');
      pair.deliver('right');
      if (round % 3) pair.right.sent.shift();
      await pair.clock.advance(1_000);
    }
    for (let waits = 0; waits < 12; waits += 1) {
      await pair.run();
      await pair.clock.advance(8_000);
    }
    await pair.run();
    expectAgreed(pair);
  });

  it('agree after many resyncs at once, which change nothing', async () => {
    const pair = begin(roles);
    await handOver(pair, 3);
    for (let times = 0; times < 20; times += 1) {
      pair.left.session.resync();
      pair.right.session.resync();
    }
    await pair.run();
    expectAgreed(pair);
    expect([...pair.left.errors, ...pair.right.errors]).not.toContain('invalid-message');
  });
});

describe('send', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('the socket is closed');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the socket is closed'))],
  ])('that %s is a message that was lost', async (_, fail) => {
    let isBroken = true;
    const sent: unknown[] = [];
    const pair = createPair(
      { role: 'polite', send: (frame) => (isBroken ? fail() : void sent.push(frame)) },
      { role: 'impolite' },
    );
    pair.left.engine.change();
    await pair.run();
    expect(pair.left.session.state).toBe('local-offer-pending');
    isBroken = false;
    pair.left.session.resync();
    for (let moved = true; moved;) {
      await pair.run();
      const frame = sent.shift();
      if (frame) pair.right.session.receive(frame);
      moved = frame !== undefined;
    }
    expectAgreed(pair);
    expect(pair.left.errors).toEqual([]);
  });

  it('may hand the message over at once, in the same call', async () => {
    const ends: { left?: Pair['left']; right?: Pair['right'] } = {};
    const pair: Pair = createPair(
      { role: 'requester', send: (frame) => ends.right?.session.receive(frame) },
      { role: 'arbiter', send: (frame) => ends.left?.session.receive(frame) },
    );
    Object.assign(ends, { left: pair.left, right: pair.right });
    pair.left.engine.change();
    pair.right.engine.change();
    await pair.run();
    expectAgreed(pair);
  });
});

describe('a side that is away for hours', () => {
  it('is waited for without filling anything up, and found again', async () => {
    const pair = createPair(
      { role: 'arbiter', engine: { candidates: 30 } },
      { role: 'requester', engine: { candidates: 30 } },
    );
    pair.left.engine.change();
    await microtasksDone();
    pair.cut();
    const link = () => pair.left.session.snapshot().wire?.link.unacked.length;
    const held = link();
    for (let minutes = 0; minutes < 180; minutes += 1) {
      await pair.clock.advance(60_000);
      pair.cut();
    }
    expect(pair.left.stalls).toHaveLength(1_080);
    expect(pair.left.stalls.at(-1)).toEqual({ awaiting: 'answer', forMs: 10_800_000 });
    expect(link()).toBe(held);
    expect(pair.left.errors).toEqual([]);
    pair.left.session.resync();
    await pair.run();
    expectAgreed(pair);
  });
});

describe('a message that cannot be read', () => {
  it('is reported, and those behind it are not blocked', async () => {
    const pair = createPair({ role: 'polite' }, { role: 'impolite' });
    pair.left.engine.change();
    await pair.run();
    const { wire } = pair.right.session.snapshot();
    const seq = (wire?.link.received ?? 0) + 1;
    const head = { v: 1, from: 'left', to: 'right', role: 'polite' };
    const errors: string[] = [];
    pair.right.session.on('error', ({ message }) => errors.push(message));
    pair.right.session.receive({ ...head, seq, kind: 'pranswer' });
    const offer = { kind: 'offer', id: 2, description: { type: 'offer', sdp: 'v=0\r\na=ice-ufrag:left1' } };
    pair.right.session.receive({ ...head, seq: seq + 1, ...offer });
    expect(errors).toEqual([expect.stringMatching(/^A message was dropped: kind: expected/)]);
    expect(pair.right.session.state).toBe('remote-offer-pending');
  });

  it('that has no number is reported and changes nothing', async () => {
    const pair = createPair({ role: 'polite' }, { role: 'impolite' });
    pair.left.engine.change();
    await pair.run();
    const before = pair.right.session.snapshot();
    const head = { v: 1, from: 'left', to: 'right', role: 'polite' };
    for (const frame of [
      { ...head, kind: 'release' },
      { ...head, kind: 'nonsense' },
      { ...head, v: 2 },
      'text',
      null,
    ]) {
      pair.right.session.receive(frame);
    }
    expect(pair.right.errors).toEqual(Array.from({ length: 5 }, () => 'invalid-message'));
    expect(pair.right.session.snapshot()).toEqual(before);
  });
});
