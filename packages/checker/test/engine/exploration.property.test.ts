import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, type Model, type Property, type Report } from '../../src/engine/index.ts';
import { checkWith } from '../../src/engine/check.ts';
import { graphModel, naiveSearch, numberOf, type ExplicitGraph } from './support/graph-model.ts';
import { simulatedCrew } from './support/simulated-crew.ts';

const smallGraph = fc.integer({ min: 1, max: 12 }).chain((size) => {
  const state = fc.nat({ max: size - 1 });
  return fc.record({
    initial: fc.array(state, { minLength: 1, maxLength: 3 }),
    edges: fc.array(fc.array(fc.record({ move: fc.nat({ max: 3 }), to: state }), { maxLength: 4 }), {
      minLength: size,
      maxLength: size,
    }),
  });
});

/** Thousands of states with several predecessors each, so that blocks contain duplicates and the table has to grow. */
const largeGraph = fc
  .record({
    size: fc.integer({ min: 500, max: 30_000 }),
    factors: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 4 }),
    offset: fc.nat({ max: 1000 }),
  })
  .map(({ size, factors, offset }): ExplicitGraph => ({
    initial: [0, 1],
    edges: Array.from({ length: size }, (_, state) =>
      factors.map((factor, move) => ({ move, to: (state * factor + offset + move) % size })),
    ),
  }));

const turns = fc.integer({ min: 1, max: 4 }).chain((size) => {
  const ranks = Array.from({ length: size }, (_, rank) => rank);
  return fc.shuffledSubarray(ranks, { minLength: size });
});

const reaches = (target: number): Property => ({
  type: 'sometimes',
  id: `reaches-${target}`,
  sentence: `state ${target} is reached`,
  holds: (state) => numberOf(state) === target,
});

const withoutTime = ({ seconds: _, ...report }: Report) => report;

const checkBy = (model: Model, ranks: readonly number[]) => checkWith(simulatedCrew(model, ranks), {});

describe('exploration', () => {
  it('agrees with a naive search on counts, depth and the states that are reached', async () => {
    await fc.assert(
      fc.asyncProperty(smallGraph, async (graph) => {
        const naive = naiveSearch(graph);
        const report = await check(
          graphModel(
            graph,
            graph.edges.map((_, state) => reaches(state)),
          ),
        );
        expect(report.distinctStates).toBe(naive.order.length);
        expect(report.transitions).toBe(naive.transitions);
        expect(report.depth).toBe(Math.max(...naive.order.map((state) => naive.depthOf(state)!)));
        for (const [state, { witness }] of report.properties.slice(1).entries()) {
          expect(witness?.steps.length).toBe(naive.depthOf(state));
        }
      }),
    );
  });

  it('numbers states in the order of a naive search and remembers the same parents', async () => {
    await fc.assert(
      fc.asyncProperty(largeGraph, turns, async (graph, ranks) => {
        const naive = naiveSearch(graph);
        const crew = simulatedCrew(graphModel(graph), ranks);
        await checkWith(crew, {});
        const { store } = crew;
        const state = new Int32Array(store.words);
        const numbers = Array.from({ length: store.count }, (_, number) => {
          store.read(number, state);
          return state[0]! - 1000;
        });
        expect(numbers).toEqual(naive.order);
        const parents = Array.from(numbers, (_, number) => numbers[store.parentOf(number)]);
        expect(parents).toEqual(naive.order.map((state) => naive.parents.get(state)));
      }),
      { numRuns: 30 },
    );
  });

  it('reports the same, counterexamples included, however many members a crew has and whoever is faster', async () => {
    await fc.assert(
      fc.asyncProperty(smallGraph, turns, async (graph, ranks) => {
        const goal = graph.edges.length - 1;
        const isGoal: Property = {
          type: 'eventually',
          id: 'goal',
          sentence: '',
          holds: (state) => numberOf(state) === goal,
        };
        const model = graphModel(graph, [reaches(goal), isGoal], (state) => state % 2 === 0);
        expect(withoutTime(await checkBy(model, ranks))).toEqual(withoutTime(await check(model)));
      }),
    );
  });
});
