import { microtasksDone } from '@detente/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPair, type EndOptions, type Pair, type Where } from './support/pair.ts';

const impolite: EndOptions = { role: 'impolite', engine: { rollback: true } };
const polite: EndOptions = { role: 'polite' };

let rejections: unknown[] = [];
const onRejection = (reason: unknown) => void rejections.push(reason);
beforeEach(() => {
  rejections = [];
  process.on('unhandledRejection', onRejection);
});
afterEach(() => {
  process.off('unhandledRejection', onRejection);
  expect(rejections).toEqual([]);
});

/** Each brings one side to the moment before the operation ends. */
const moments: readonly (readonly [operation: string, where: Where, begin: (pair: Pair) => void])[] = [
  ['createOffer', 'left', ({ left }) => left.engine.change()],
  ['applyOffer', 'right', ({ left }) => left.engine.change()],
  ['createAnswer', 'right', ({ left }) => left.engine.change()],
  ['applyAnswer', 'left', ({ left }) => left.engine.change()],
  [
    'rollback',
    'left',
    ({ left, right }) => {
      left.engine.change();
      right.engine.change();
    },
  ],
];

describe('close', () => {
  it.each(moments)('waits for nothing while %s is in flight', async (operation, where, begin) => {
    const pair = createPair(polite, impolite);
    const { session, engine } = pair[where];
    engine.plan(operation as 'rollback', 'manual');
    begin(pair);
    await pair.run();
    expect(engine.isBusy).toBe(true);
    const settled = expect(session.settled()).rejects.toMatchObject({ code: 'session-closed', recoverable: false });
    session.close();
    await settled;
    expect(session.state).toBe('closed');
    expect(engine.isListenedTo).toBe(false);
    const { length } = engine.calls;
    engine.finish(operation === 'rollback' ? 'ok' : 'reject');
    engine.change();
    await pair.run();
    expect(engine.calls).toHaveLength(length);
    expect(pair.right.session.state === 'closed' && pair.left.session.state === 'closed').toBe(true);
    expect(pair.clock.pending).toBe(0);
  });

  it('waits for nothing while a candidate is being added', async () => {
    const pair = createPair(polite, impolite);
    pair.left.engine.change();
    await pair.run();
    pair.right.engine.plan('addCandidate', 'hang');
    pair.left.engine.gather('c1');
    await pair.run();
    pair.right.session.close();
    pair.right.engine.finish('reject');
    await pair.run();
    expect(pair.right.errors).toEqual([]);
    expect(pair.clock.pending).toBe(0);
  });

  it.each([
    ['an answer', 'polite', 'impolite'],
    ['a grant', 'requester', 'arbiter'],
    ['a hello', 'auto', 'auto'],
  ] as const)('clears the timer of a session that waits for %s', async (_, left, right) => {
    const pair = createPair({ role: left }, { role: right });
    pair.left.engine.change();
    await microtasksDone();
    expect(pair.clock.pending).toBeGreaterThan(0);
    pair.left.session.close();
    await microtasksDone();
    expect(pair.clock.pending).toBe(0);
  });

  it('clears the timer of a link that still has something to repeat', async () => {
    const pair = createPair({ ...polite, link: 'lossy' }, { ...impolite, link: 'lossy' });
    pair.left.engine.change();
    await microtasksDone();
    pair.left.session.close();
    expect(pair.clock.pending).toBe(0);
    pair.left.session.receive({ v: 1, from: 'right', role: 'impolite', kind: 'sync', ack: 0, resync: true });
    expect(pair.clock.pending).toBe(0);
  });

  it('clears the timer that spares an engine which cannot be satisfied', async () => {
    const pair = createPair(polite, impolite);
    pair.left.engine.plan('createOffer', 'reject', 'reject', 'reject');
    pair.left.engine.change();
    await pair.run();
    expect(pair.left.errors).toContain('change-failed');
    pair.left.engine.sayChanged();
    pair.left.session.close();
    await pair.run();
    expect(pair.clock.pending).toBe(0);
  });

  it('says bye, and only once', async () => {
    const pair = createPair(polite, impolite);
    pair.left.session.close();
    pair.left.session.close();
    expect(pair.left.sent).toMatchObject([{ kind: 'bye' }]);
    await pair.run();
    expect(pair.right.errors).toEqual(['remote-closed']);
    expect(pair.right.session.state).toBe('closed');
    expect(pair.left.errors).toEqual([]);
    expect(pair.left.states).toEqual(['closed']);
  });

  it('leaves the engine as it is', async () => {
    const pair = createPair(polite, impolite);
    pair.left.engine.change();
    await pair.run();
    const { calls } = pair.left.engine;
    const before = [...calls];
    pair.left.session.close();
    await pair.run();
    expect(calls).toEqual(before);
    expect(pair.left.engine.signalingState).toBe('stable');
  });

  it('makes every later call a clear error, and every later message nothing', async () => {
    const pair = createPair(polite, impolite);
    const { session } = pair.left;
    session.close();
    const closed = expect.objectContaining({ code: 'session-closed' });
    expect(() => session.negotiate()).toThrow(closed);
    expect(() => session.restartIce()).toThrow(closed);
    await expect(session.settled()).rejects.toEqual(closed);
    session.receive({ v: 1, from: 'right', role: 'impolite', seq: 1, kind: 'bye' });
    session.receive('garbage');
    session.resync();
    expect(pair.left.errors).toEqual([]);
    expect(pair.left.sent).toHaveLength(1);
  });

  it('swallows a change of the same tick', async () => {
    const pair = createPair(polite, impolite);
    pair.left.engine.change();
    pair.left.session.close();
    await pair.run();
    expect(pair.left.engine.calls).toEqual([]);
  });

  it('can be called by a listener in the middle of a step', async () => {
    const pair = createPair(polite, impolite);
    pair.left.session.on('state', () => pair.left.session.close());
    pair.left.engine.change();
    await pair.run();
    expect(pair.left.states).toEqual(['local-offer-pending', 'closed']);
    expect(pair.clock.pending).toBe(0);
  });
});

describe('settled', () => {
  it('resolves at once when nothing is owed', async () => {
    await createPair(polite, impolite).left.session.settled();
  });

  it('waits for a change of the same tick', async () => {
    const pair = createPair(polite, impolite);
    let isSettled = false;
    pair.left.session.negotiate();
    const promise = pair.left.session.settled().then(() => (isSettled = true));
    await microtasksDone();
    expect(isSettled).toBe(false);
    await pair.run();
    await promise;
  });

  it("waits for one's own change, not for any exchange to end", async () => {
    const pair = createPair(
      { role: 'requester', engine: { answerCarries: false } },
      { role: 'arbiter', engine: { answerCarries: false } },
    );
    pair.right.engine.change();
    await microtasksDone();
    pair.left.engine.change();
    await Promise.resolve();
    const carried = pair.left.session.settled().then(() => pair.left.engine.carried);
    await pair.run();
    expect(await carried).toBe(1);
  });

  it('rejects for everybody who waits when the other side closes', async () => {
    const pair = createPair(polite, impolite);
    pair.left.engine.change();
    await Promise.resolve();
    const both = Promise.allSettled([pair.left.session.settled(), pair.left.session.settled()]);
    pair.right.session.close();
    await pair.run();
    const rejected = { status: 'rejected', reason: { code: 'remote-closed' } };
    expect(await both).toMatchObject([rejected, rejected]);
  });
});
