import { microtasksDone } from '@detente/testing';
import { describe, expect, it } from 'vitest';
import { createPair, type EndOptions, expectAgreed } from './support/pair.ts';

const impolite: EndOptions = { role: 'impolite', engine: { rollback: true } };
const polite: EndOptions = { role: 'polite' };
const count = (calls: readonly string[], call: string) => calls.filter((one) => one === call).length;

describe('changes', () => {
  it('made in one tick are one exchange', async () => {
    const pair = createPair(polite, impolite);
    for (let tracks = 0; tracks < 5; tracks += 1) pair.left.engine.change();
    pair.left.session.negotiate();
    await pair.run();
    expectAgreed(pair);
    expect(count(pair.left.engine.calls, 'createOffer')).toBe(1);
  });

  it('are not delayed: the first offer is made in the same tick', async () => {
    const pair = createPair(polite, impolite);
    pair.left.engine.change();
    await Promise.resolve();
    expect(pair.left.engine.calls).toEqual(['createOffer']);
  });

  it('made while an offer is being made are one more exchange', async () => {
    const pair = createPair(polite, impolite);
    pair.left.engine.plan('createOffer', 'manual');
    pair.left.engine.change();
    await microtasksDone();
    pair.left.engine.change();
    pair.left.engine.change();
    pair.left.engine.finish();
    await pair.run();
    expectAgreed(pair);
    expect(count(pair.left.engine.calls, 'createOffer')).toBe(2);
  });

  it('are only what negotiate() says when the trigger is manual', async () => {
    const pair = createPair({ ...polite, trigger: 'manual' }, impolite);
    pair.left.engine.change();
    await pair.run();
    expect(pair.left.engine.calls).toEqual([]);
    pair.left.session.negotiate();
    await pair.run();
    expectAgreed(pair);
  });

  it('that negotiate() says are offered even if the engine knows of nothing', async () => {
    const pair = createPair(polite, impolite);
    pair.left.session.negotiate();
    await pair.run();
    expectAgreed(pair);
    expect(pair.left.engine.agreed).not.toBeNull();
  });
});

describe('operations', () => {
  it('never overlap, and candidates wait for them', async () => {
    const pair = createPair(polite, impolite);
    pair.right.engine.plan('createAnswer', 'manual');
    pair.left.engine.change();
    await pair.run();
    pair.left.engine.gather('c1');
    await pair.run();
    expect(pair.right.engine.calls).toEqual(['applyOffer', 'createAnswer']);
    pair.right.engine.finish();
    await pair.run();
    expect(pair.right.engine.calls).toEqual(['applyOffer', 'createAnswer', 'addCandidate c1']);
    expectAgreed(pair);
  });

  it('do not wait for a candidate that came after them, nor overtake one that came before', async () => {
    const pair = createPair(polite, impolite);
    pair.left.engine.change();
    await pair.run();
    pair.right.engine.plan('addCandidate', 'manual');
    pair.left.engine.gather('c1');
    pair.left.engine.gather('c2');
    pair.deliver('left');
    pair.deliver('left');
    pair.right.engine.change();
    await pair.run();
    expect(pair.right.engine.calls.slice(2)).toEqual(['addCandidate c1']);
    pair.right.engine.finish();
    await pair.run();
    expect(pair.right.engine.calls.slice(2)).toEqual([
      'addCandidate c1',
      'addCandidate c2',
      'createOffer',
      'applyAnswer',
    ]);
    expectAgreed(pair);
  });

  const cases = [
    ['createOffer', 'left', 3],
    ['applyOffer', 'right', 3],
    // Three times for each of three offers.
    ['createAnswer', 'right', 9],
    ['applyAnswer', 'left', 3],
  ] as const;

  describe.each(cases)('%s', (operation, where, attempts) => {
    it.each(['reject', 'throw', 'no-op'] as const)(
      'that ends in %s once is tried again, and all agree',
      async (ending) => {
        const pair = createPair(polite, impolite);
        pair[where].engine.plan(operation, ending);
        pair.left.engine.change();
        await pair.run();
        expectAgreed(pair);
        expect(pair[where].errors).toEqual([operation === 'applyOffer' ? 'offer-refused' : 'operation-failed']);
      },
    );

    it('that rejects after it has done its work has done its work', async () => {
      const pair = createPair(polite, impolite);
      pair[where].engine.plan(operation, 'late-reject');
      pair.left.engine.change();
      await pair.run();
      expectAgreed(pair);
      expect(pair[where].errors).toEqual(['operation-failed']);
      expect(count(pair[where].engine.calls, operation)).toBe(1);
    });

    it('that always fails is given up with the words of the engine, and a later change goes through', async () => {
      const pair = createPair(polite, impolite);
      const causes: unknown[] = [];
      pair[where].session.on('error', ({ cause }) => causes.push(cause));
      pair[where].engine.plan(operation, ...Array.from({ length: attempts }, () => 'reject' as const));
      pair.left.engine.change();
      await pair.run();
      expect([...pair.left.errors, ...pair.right.errors]).toContain('change-failed');
      expect(causes.length).toBeGreaterThan(2);
      for (const cause of causes) expect(String(cause)).toBe(`Error: ${operation} was refused`);
      expect([pair.left.session.state, pair.right.session.state]).toEqual(['stable', 'stable']);
      pair.left.session.negotiate();
      pair.left.engine.change();
      await pair.run();
      await pair.clock.advance(120_000);
      await pair.run();
      expectAgreed(pair);
    });

    it('that never ends is given up after its deadline, loudly and on both sides', async () => {
      const pair = createPair(polite, impolite);
      pair[where].engine.plan(operation, 'hang');
      pair.left.engine.change();
      await pair.run();
      await pair.clock.advance(30_000);
      await pair.run();
      expect(pair[where].errors.at(-1)).toBe('engine-hung');
      expect([pair.left.session.state, pair.right.session.state]).toEqual(['closed', 'closed']);
      expect([...pair.left.errors, ...pair.right.errors].sort()).toEqual(['engine-hung', 'remote-closed']);
      expect(pair.clock.pending).toBe(0);
    });
  });

  it('that leave an offer half made end in a rollback', async () => {
    const pair = createPair(polite, impolite);
    pair.left.engine.plan('createOffer', 'half', 'reject', 'reject');
    pair.left.engine.change();
    await pair.run();
    expect(pair.left.errors).toEqual(['operation-failed', 'operation-failed', 'change-failed']);
    expect(pair.left.engine.signalingState).toBe('stable');
    expect(pair.left.session.state).toBe('stable');
  });

  it('that end the session name what ended it, to whoever calls later', async () => {
    const pair = createPair({ role: 'impolite' }, polite);
    pair.left.engine.plan('createOffer', 'half', 'reject', 'reject');
    pair.left.engine.change();
    const settled = expect(pair.left.session.settled()).rejects.toMatchObject({ code: 'rollback-failed' });
    await pair.run();
    await settled;
    expect(() => pair.left.session.negotiate()).toThrow(expect.objectContaining({ code: 'rollback-failed' }));
    expect(pair.right.errors).toEqual(['remote-closed']);
  });
});

describe('an engine that is closed from outside', () => {
  it.each(['idle', 'busy'] as const)('ends the session and tells the other side: %s', async (when) => {
    const pair = createPair(polite, impolite);
    if (when === 'busy') {
      pair.left.engine.plan('createOffer', 'hang');
      pair.left.engine.change();
      await pair.run();
    }
    pair.left.engine.closeFromOutside();
    await pair.run();
    expect([pair.left.errors, pair.right.errors]).toEqual([['engine-closed'], ['remote-closed']]);
    expect(pair.clock.pending).toBe(0);
  });
});

describe('candidates', () => {
  it('that the engine refuses are reported and harm nothing', async () => {
    const pair = createPair(polite, impolite);
    pair.right.engine.plan('addCandidate', 'reject');
    pair.left.engine.change();
    await pair.run();
    pair.left.engine.gather('c1');
    pair.left.engine.gather(null);
    await pair.run();
    expect(pair.right.errors).toEqual(['operation-failed']);
    expect(pair.right.engine.calls.slice(-2)).toEqual(['addCandidate c1', 'addCandidate ']);
    expectAgreed(pair);
  });

  it('of a rolled-back offer never reach the other engine', async () => {
    const pair = createPair({ ...polite, engine: { candidates: 2 } }, { ...impolite, engine: { candidates: 2 } });
    pair.left.engine.change();
    pair.right.engine.change();
    await pair.run();
    expectAgreed(pair);
    expect([...pair.left.errors, ...pair.right.errors]).toEqual(['offer-ignored']);
  });

  it('that wait for a busy engine are bounded', async () => {
    const pair = createPair(polite, { ...impolite, limits: { candidates: 3 } });
    pair.left.engine.change();
    await pair.run();
    pair.right.engine.plan('addCandidate', 'manual');
    for (let number = 1; number <= 6; number += 1) pair.left.engine.gather(`c${number}`);
    await pair.run();
    expect(pair.right.errors).toEqual(['candidates-overflow', 'candidates-overflow']);
  });
});
