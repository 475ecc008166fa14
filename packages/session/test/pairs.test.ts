import { describe, expect, it } from 'vitest';
import { createPair, type EndOptions, expectAgreed, rolePairs } from './support/pair.ts';

const settings = [
  ...rolePairs.map(([left, right]) => [`${left} and ${right}`, { role: left }, { role: right }] as const),
  [
    'polite and impolite whose answers carry nothing',
    { role: 'polite', engine: { answerCarries: false } },
    { role: 'impolite', engine: { answerCarries: false } },
  ],
  [
    'requester and arbiter whose answers carry nothing',
    { role: 'requester', engine: { answerCarries: false } },
    { role: 'arbiter', engine: { answerCarries: false } },
  ],
  ['a requester that goes first, and an arbiter', { role: 'requester', whileAsking: 'decline' }, { role: 'arbiter' }],
  [
    'a requester that goes first, and an arbiter that rolls back',
    { role: 'requester', whileAsking: 'decline' },
    { role: 'arbiter', engine: { rollback: true } },
  ],
  ['the wire of the W3C example', { role: 'polite', wire: 'w3c' }, { role: 'impolite', wire: 'w3c' }],
  ['the wire of the Go SFU', { role: 'requester', wire: 'inlive' }, { role: 'arbiter', wire: 'inlive' }],
  [
    'the wire of the Go SFU, and a client that goes first',
    { role: 'requester', wire: 'inlive', whileAsking: 'decline' },
    { role: 'arbiter', wire: 'inlive' },
  ],
  [
    'the wire of the Go SFU, a client that goes first and a server that rolls back',
    { role: 'requester', wire: 'inlive', whileAsking: 'decline' },
    { role: 'arbiter', wire: 'inlive', engine: { rollback: true } },
  ],
] as const satisfies readonly (readonly [string, EndOptions, EndOptions])[];

describe.each(settings)('%s', (_, leftOptions: EndOptions, rightOptions: EndOptions) => {
  const start = () =>
    createPair(
      { ...leftOptions, engine: { candidates: 2, ...leftOptions.engine } },
      { ...rightOptions, engine: { candidates: 2, ...rightOptions.engine } },
    );

  it.each(['left', 'right'] as const)('agree on a change of the %s side', async (where) => {
    const pair = start();
    pair[where].engine.change();
    await pair.run();
    expectAgreed(pair);
    expect(pair[where].engine.agreed).not.toBeNull();
    expect([...pair.left.errors, ...pair.right.errors]).toEqual([]);
  });

  it('agree on changes of both sides at the same moment', async () => {
    const pair = start();
    pair.left.engine.change();
    pair.right.engine.change();
    await pair.run();
    expectAgreed(pair);
  });

  it('agree on changes at every step of the way', async () => {
    const pair = start();
    pair.left.engine.change();
    pair.right.engine.change();
    for (let count = 0; count < 12; count += 1) {
      await Promise.resolve();
      pair[count % 2 ? 'left' : 'right'].engine.change();
      pair.deliver(count % 3 ? 'left' : 'right');
    }
    await pair.run();
    expectAgreed(pair);
  });

  it('give the engine every candidate of what was agreed, after its description', async () => {
    const pair = start();
    pair.left.engine.change();
    await pair.run();
    for (const { engine } of [pair.left, pair.right]) {
      expect(engine.calls.filter((call) => call.startsWith('addCandidate')).length).toBeGreaterThanOrEqual(2);
      expect(engine.violations).toEqual([]);
    }
  });

  it('restart ICE', async () => {
    const pair = start();
    pair.left.engine.change();
    await pair.run();
    pair.left.session.restartIce();
    await pair.run();
    expectAgreed(pair);
    expect([...pair.left.errors, ...pair.right.errors]).toEqual([]);
    const offers = [...pair.left.engine.calls, ...pair.right.engine.calls].filter((call) => /^createOffer/.test(call));
    expect(offers.filter((call) => call.includes('iceRestart'))).toHaveLength(1);
  });

  it('say settled once for each time that they come to rest', async () => {
    const pair = start();
    let settled = 0;
    pair.left.session.on('settled', () => (settled += 1));
    pair.left.engine.change();
    const promise = pair.left.session.settled();
    await pair.run();
    await promise;
    expect(settled).toBe(1);
  });
});
