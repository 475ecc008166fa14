import { describe, expect, it } from 'vitest';
import { check } from '../../src/engine/index.ts';
import { createPair } from '../../src/model/create-pair.ts';
import { asMutable, mutants } from './mutants.ts';
import { mutatedCore } from './mutated-core.ts';

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
