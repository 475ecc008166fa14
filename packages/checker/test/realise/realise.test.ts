import { describe, expect, it, vi } from 'vitest';
import { check } from '../../src/engine/index.ts';
import { createPair } from '../../src/model/create-pair.ts';
import type { PairParameters } from '../../src/model/parameters.ts';
import { realise } from '../../src/realise/realise.ts';
import { unfold } from '../../src/realise/unfold.ts';
import { asMutable, mutants } from '../model/mutants.ts';

const both = { left: true, right: true } as const;
const none = { left: false, right: false } as const;
const once = { leftChanges: 1, rightChanges: 1 } as const;
const twice = { leftChanges: 2, rightChanges: 2 } as const;

const polite = { role: 'polite', rollback: both } as const;
const requester = { role: 'requester', rollback: none } as const;
const answerer = { role: 'answerer', rollback: none, answersCarry: 'always' } as const;
const asksFirst = ['asking while the other side negotiates', 'floor granted while the granter owes'] as const;

const models: readonly (readonly [name: string, parameters: PairParameters])[] = [
  ['a glare', { ...polite, budget: twice, dangers: ['glare', 'rollback', 'offer-ignored', 'turn yielded'] }],
  ['a change overtaken', { ...polite, budget: twice, follow: 'left' }],
  ['asking first', { ...requester, budget: twice, follow: 'right', dangers: asksFirst }],
  ['asking first, whoever the arbiter is', { ...requester, role: 'auto', budget: twice, dangers: asksFirst }],
  ['one side that makes every offer', { ...answerer, budget: once, dangers: [asksFirst[0]] }],
  [
    'offers declined while asking',
    { ...requester, whileAsking: 'decline', budget: once, dangers: ['decline', 'insisting offer'] },
  ],
  [
    'operations that fail',
    {
      ...polite,
      budget: { ...once, failures: 1 },
      dangers: ['operation-failed', 'offer-refused', 'offer-declined', 'estrangement'],
    },
  ],
  [
    'engines that fail again and again',
    {
      ...polite,
      budget: { leftChanges: 1, failures: 'endless' },
      dangers: ['change-failed', 'offer-refused', 'rollback-failed'],
    },
  ],
  [
    'timers that fire early',
    { ...requester, budget: { ...once, timers: 1 }, dangers: ['lease-lapsed', 'stale-grant', 'floor-lost'] },
  ],
  ['ends', { ...requester, budget: { ...once, ends: 1 }, dangers: ['engine-hung', 'engine-closed', 'remote-closed'] }],
  ['restarts', { ...requester, budget: { ...once, restarts: 1 }, dangers: ['restart of both'] }],
  [
    'candidates',
    {
      ...polite,
      budget: { ...once, candidates: 1, iceRestarts: 1 },
      dangers: ['candidate current', 'candidate coming'],
    },
  ],
];

describe('real sessions over virtual engines take, step by step,', () => {
  it.each(models)('every path that shows %s', async (_, parameters) => {
    const { properties } = await check(createPair(parameters));
    const witnesses = properties.flatMap(({ id, witness }) => (witness ? [{ id, witness }] : []));
    expect(witnesses.map(({ id }) => id)).toEqual(
      expect.arrayContaining((parameters.dangers ?? []).map((danger) => `reached: ${danger}`)),
    );
    for (const { id, witness } of witnesses) {
      const path = unfold(
        parameters,
        witness.steps.map(({ move }) => move),
      );
      expect({ id, ...(await realise(path)) }).toMatchObject({ id, ok: true });
      expect(path.steps.map(({ label }) => label.replace(/\d+/g, ''))).toEqual(
        witness.steps.map(({ label }) => label.replace(/\d+/g, '')),
      );
    }
  });
});

/** The modules are loaded once more, around a chart that is changed before anything runs from it. */
const mutated = async ({ chart }: (typeof mutants)[number]) => {
  vi.resetModules();
  const core = await import('@detente/core');
  chart?.(asMutable(core.chart));
  const [model, own, paths] = await Promise.all([
    import('../../src/model/create-pair.ts'),
    import('../../src/realise/realise.ts'),
    import('../../src/realise/unfold.ts'),
  ]);
  return { createPair: model.createPair, realise: own.realise, unfold: paths.unfold };
};

describe('real sessions whose endpoint', () => {
  const among = ['S1', 'S2', 'S5', 'S7', 'L1-rest', 'L2', 'L4'];
  const chosen = mutants.filter(({ property, chart }) => chart !== undefined && among.includes(property));

  it.each(chosen)('$wrong take the counterexample to $property', async (mutant) => {
    const { property, parameters } = mutant;
    const its = await mutated(mutant);
    const { properties } = await check(its.createPair(parameters));
    const { counterexample } = properties.find(({ id }) => id === property)!;
    const moves = [...counterexample!.steps, ...(counterexample!.cycle ?? [])].map(({ move }) => move);
    const realised = await its.realise(its.unfold(parameters, moves));
    expect(realised).toMatchObject({ ok: true });
    const seen = realised.ok ? realised.violation?.message : undefined;
    // What two sides or a whole run break is no invariant of one step.
    if (['S1', 'S2', 'S7'].includes(property)) expect(seen).toContain(property);
    else expect(seen).toBeUndefined();
  });
});

it('sessions that are sound do not take the path of an endpoint that is not, and it is said where they differ', async () => {
  const mutant = mutants.find(({ property }) => property === 'S1')!;
  const its = await mutated(mutant);
  const { properties } = await check(its.createPair(mutant.parameters));
  const moves = properties.find(({ id }) => id === 'S1')!.counterexample!.steps.map(({ move }) => move);
  const realised = await realise(its.unfold(mutant.parameters, moves));
  expect(realised).toMatchObject({ ok: false, at: 3 });
  expect(realised).toHaveProperty(
    'difference',
    expect.stringMatching(/^right gets offer 1: right machine: the model says/),
  );
});
