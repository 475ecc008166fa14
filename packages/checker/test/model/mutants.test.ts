import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/check/catalogue.ts';
import { entries } from '../../src/check/entries.ts';
import { check } from '../../src/engine/index.ts';
import { createPair } from '../../src/model/create-pair.ts';
import { asMutable, mutants } from './mutants.ts';
import { mutatedCore } from './mutated-core.ts';

it('there is a mutant for every property that is claimed of two sides', () => {
  const claimed = catalogue.flatMap(({ parameters }) => createPair(parameters).properties);
  const ids = new Set(claimed.flatMap(({ id, type }) => (type === 'sometimes' ? [] : [id])));
  expect(mutants.map(({ property }) => property).toSorted()).toEqual([...ids, 'no-deadlock'].toSorted());
  expect([...ids]).toEqual(
    expect.arrayContaining(['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'L1', 'L2', 'L3', 'L4']),
  );
});

it('every model reaches a danger that its properties speak of', () => {
  // Which change is followed makes no difference to what else happens, so that is seen where the left side's is.
  const own = entries.filter(({ name }) => !name.endsWith('.follow-right'));
  const idle = own.filter((entry) => !entry.create().properties.some(({ type }) => type === 'sometimes'));
  expect(idle.map(({ name }) => name)).toEqual([]);
});

describe('an endpoint that', () => {
  it.each(mutants)('$wrong violates $property', async ({ property, parameters, chart, wrap, steps, cycle }) => {
    const step = await mutatedCore((own) => chart?.(asMutable(own)));
    const rules = wrap ? wrap(step) : step;
    const report = await check(createPair(parameters, { rules }));
    const found = report.properties.find(({ id }) => id === property)!;
    expect(found.verdict).toBe('violated');
    const { counterexample } = found;
    expect({ steps: counterexample!.steps.length, cycle: counterexample!.cycle?.length }).toEqual({ steps, cycle });
  });

  it.each(mutants)('is sound does not violate $property there', async ({ property, parameters }) => {
    const report = await check(createPair(parameters));
    expect(report.properties.find(({ id }) => id === property)!.verdict).toBe('holds');
  });
});
