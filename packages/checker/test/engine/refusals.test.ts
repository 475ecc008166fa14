import { describe, expect, it } from 'vitest';
import { check, type Always, type Fairness, type Model, type Property } from '../../src/engine/index.ts';
import { createModel as createLock } from './models/symmetric-lock.ts';
import { graphModel } from './support/graph-model.ts';

const sound = graphModel({ initial: [0], edges: [[{ move: 0, to: 0 }]] });
const always = (id: string): Always => ({ type: 'always', id, sentence: '', holds: () => true });
const eventually = (fairness: readonly Fairness[] = []): Property => ({
  type: 'eventually',
  id: 'E',
  sentence: '',
  holds: () => false,
  fairness,
});
const group: Fairness = { name: 'all', strength: 'weak', includes: () => true };

/** A model that emits something else each time that it is asked for successors. */
const fickle = (properties: readonly Property[]): Model => {
  const next = new Int32Array(1);
  let calls = 0;
  return {
    words: 1,
    properties,
    init: (emit) => emit(next.fill(0)),
    next: (state, emit) => (state[0] === 0 ? emit(0, next.fill(++calls)) : undefined),
    mayRest: () => false,
    describe: () => 'goes on',
  };
};

describe('refusals', () => {
  it.each([
    ['a state without words', { ...sound, words: 0 }, 'bad-model'],
    ['half a word', { ...sound, words: 1.5 }, 'bad-model'],
    ['no initial state', graphModel({ initial: [], edges: [] }), 'bad-model'],
    ['two properties of one id', { ...sound, properties: [always('S1'), always('S1')] }, 'bad-model'],
    ['a property with the id of the deadlock check', { ...sound, properties: [always('no-deadlock')] }, 'bad-model'],
    [
      'more fairness than it can tell apart',
      { ...sound, properties: [eventually(Array(32).fill(group))] },
      'bad-model',
    ],
    [
      'symmetry reduction together with a claim about runs',
      { ...createLock({ processes: 2, reduced: true }), properties: [eventually()] },
      'symmetry-hides-cycles',
    ],
    [
      'a move that is no small number',
      graphModel({ initial: [0], edges: [[{ move: 65_536, to: 0 }]] }, [eventually()]),
      'move-out-of-range',
    ],
    [
      'a model whose counterexample cannot be repeated',
      fickle([{ ...always('S1'), holds: (state) => state[0] === 0 }]),
      'not-deterministic',
    ],
    ['a model whose graph differs from what was explored', fickle([eventually()]), 'not-deterministic'],
  ] as [string, Model, string][])('refuses %s', async (_, model, code) => {
    await expect(check(model)).rejects.toMatchObject({ name: 'CheckerError', code });
  });

  it.each([{ maxStates: 0 }, { maxBytes: -1 }, { maxBytes: Number.NaN }])('refuses the limit %o', async (limits) => {
    await expect(check(sound, limits)).rejects.toMatchObject({ code: 'bad-limits' });
  });

  it('takes as much fairness as it can tell apart', async () => {
    const report = await check({ ...sound, properties: [eventually(Array(31).fill(group))] });
    expect(report.properties[1]!.verdict).toBe('violated');
  });
});
