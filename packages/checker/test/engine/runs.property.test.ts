import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, type Fairness, type Path, type Property } from '../../src/engine/index.ts';
import { graphModel, naiveSearch, numberOf, type Edge, type ExplicitGraph } from './support/graph-model.ts';

/** Claims about small graphs, with the states that satisfy their predicates as sets of bits. */
const arbitraryCase = fc.integer({ min: 1, max: 7 }).chain((size) => {
  const state = fc.nat({ max: size - 1 });
  const some = fc.nat({ max: 2 ** size - 1 });
  return fc.record({
    graph: fc.record({
      initial: fc.array(state, { minLength: 1, maxLength: 2 }),
      edges: fc.array(fc.array(fc.record({ move: fc.nat({ max: 3 }), to: state }), { maxLength: 3 }), {
        minLength: size,
        maxLength: size,
      }),
    }),
    premise: some,
    conclusion: some,
    groups: fc.array(
      fc.record({ strength: fc.constantFrom('weak', 'strong'), moves: fc.integer({ min: 1, max: 15 }) }),
      {
        maxLength: 3,
      },
    ),
  });
});

type Case = typeof arbitraryCase extends fc.Arbitrary<infer Value> ? Value : never;

const contains = (bits: number, element: number): boolean => ((bits >> element) & 1) === 1;

const fairnessOf = ({ groups }: Case): Fairness[] =>
  groups.map(({ strength, moves }) => ({ name: `${moves}`, strength, includes: (move) => contains(moves, move) }));

const subsets = (size: number): number[][] =>
  Array.from({ length: 2 ** size }, (_, bits) =>
    Array.from({ length: size }, (_, at) => at).filter((at) => contains(bits, at)),
  );

const reachable = (
  edges: readonly (readonly Edge[])[],
  from: readonly number[],
  within: (state: number) => boolean,
): Set<number> => {
  const found = new Set(from.filter(within));
  for (const state of found) for (const { to } of edges[state]!) if (within(to)) found.add(to);
  return found;
};

/** Whether a fair run can visit exactly these states, and no others, again and again. */
function canStay({ edges }: ExplicitGraph, states: readonly number[], fairness: readonly Fairness[]): boolean {
  const within = (state: number) => states.includes(state);
  const inner = states.flatMap((state) => edges[state]!.filter(({ to }) => within(to)));
  const connected = states.every((state) => {
    const next = edges[state]!.filter(({ to }) => within(to)).map(({ to }) => to);
    return reachable(edges, next, within).size === states.length;
  });
  return (
    inner.length > 0 &&
    connected &&
    fairness.every(({ strength, includes }) => {
      const possible = (state: number) => edges[state]!.some(({ move }) => includes(move));
      if (inner.some(({ move }) => includes(move))) return true;
      return strength === 'weak' ? !states.every(possible) : !states.some(possible);
    })
  );
}

/** The definition of a violation, tried on all sets of states. */
function violates({ graph, conclusion, ...rest }: Case, starts: readonly number[]): boolean {
  const within = (state: number) => !contains(conclusion, state);
  const region = reachable(graph.edges, starts, within);
  const ends = [...region].some((state) => graph.edges[state]!.length === 0);
  const fairness = fairnessOf({ graph, conclusion, ...rest });
  return (
    ends ||
    subsets(graph.edges.length).some((set) => set.every((state) => region.has(state)) && canStay(graph, set, fairness))
  );
}

/** The states of a path, and whether every one of its steps is a transition. */
function replay(graph: ExplicitGraph, path: Path): { readonly stem: number[]; readonly cycle: Edge[] } {
  const numbers = [path.initial, ...path.steps, ...(path.cycle ?? [])].map(({ state }) => numberOf(state));
  const moves = [...path.steps, ...(path.cycle ?? [])].map(({ move }) => move);
  expect(graph.initial).toContain(numbers[0]);
  moves.forEach((move, at) => expect(graph.edges[numbers[at]!]).toContainEqual({ move, to: numbers[at + 1] }));
  const stem = numbers.slice(0, path.steps.length + 1);
  return { stem, cycle: (path.cycle ?? []).map(({ move, state }) => ({ move, to: numberOf(state) })) };
}

/** A counterexample must be a run that is fair and stays clear of the conclusion from the given point on. */
function expectGenuine(testCase: Case, path: Path, isStart: (state: number, at: number) => boolean): void {
  const { graph, conclusion } = testCase;
  const { stem, cycle } = replay(graph, path);
  const avoids = (state: number) => !contains(conclusion, state);
  const suffix = stem.slice(stem.findLastIndex((state) => !avoids(state)) + 1);
  expect(suffix.some((state) => isStart(state, stem.length - suffix.length + suffix.indexOf(state)))).toBe(true);
  if (cycle.length === 0) {
    expect(graph.edges[stem.at(-1)!]).toEqual([]);
    return;
  }
  expect(cycle.at(-1)!.to).toBe(stem.at(-1));
  expect(cycle.every(({ to }) => avoids(to))).toBe(true);
  for (const { strength, includes } of fairnessOf(testCase)) {
    const taken = cycle.some(({ move }) => includes(move));
    const possible = cycle.map(({ to }) => graph.edges[to]!.some(({ move }) => includes(move)));
    expect(taken || (strength === 'weak' ? possible.includes(false) : !possible.includes(true))).toBe(true);
  }
}

const only = (property: Property, graph: ExplicitGraph) =>
  check(graphModel(graph, [property])).then(({ properties }) => properties[1]!);

describe('claims about runs', () => {
  it('judges leads-to as its definition does, and shows genuine fair runs', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCase, async (testCase) => {
        const { graph, premise, conclusion } = testCase;
        const { order } = naiveSearch(graph);
        const result = await only(
          {
            type: 'leads-to',
            id: 'L',
            sentence: '',
            premise: (state) => contains(premise, numberOf(state)),
            conclusion: (state) => contains(conclusion, numberOf(state)),
            fairness: fairnessOf(testCase),
          },
          graph,
        );
        const starts = order.filter((state) => contains(premise, state));
        const expected = starts.length === 0 ? 'vacuous' : violates(testCase, starts) ? 'violated' : 'holds';
        expect(result.verdict).toBe(expected);
        if (result.counterexample) expectGenuine(testCase, result.counterexample, (state) => contains(premise, state));
      }),
      { numRuns: 400 },
    );
  });

  it('judges eventually as its definition does, and shows genuine fair runs', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCase, async (testCase) => {
        const { graph, conclusion } = testCase;
        const result = await only(
          {
            type: 'eventually',
            id: 'E',
            sentence: '',
            holds: (state) => contains(conclusion, numberOf(state)),
            fairness: fairnessOf(testCase),
          },
          graph,
        );
        expect(result.verdict).toBe(violates(testCase, graph.initial) ? 'violated' : 'holds');
        if (result.counterexample) expectGenuine(testCase, result.counterexample, (_, at) => at === 0);
      }),
      { numRuns: 400 },
    );
  });

  it('computes the bound that stepping along all paths computes, and shows a run that reaches it', async () => {
    const counted = 0;
    const ending = 1;
    await fc.assert(
      fc.asyncProperty(arbitraryCase, async ({ graph, premise }) => {
        const { order } = naiveSearch(graph);
        const isPending = (state: number) => contains(premise, state);
        const result = await only(
          {
            type: 'bounded',
            id: 'B',
            sentence: '',
            pending: (state) => isPending(numberOf(state)),
            counts: (move) => move === counted,
            ends: (move) => move === ending,
          },
          graph,
        );
        const pending = order.filter(isPending);
        expect(result.verdict === 'vacuous').toBe(pending.length === 0);
        if (pending.length === 0) return;

        const goesOn = ({ move, to }: Edge) => isPending(to) && move !== ending;
        const longer = (counts: Map<number, number>) =>
          new Map(
            pending.map((state) => {
              const ahead = graph.edges[state]!.map(
                (edge) => (edge.move === counted ? 1 : 0) + (goesOn(edge) ? counts.get(edge.to)! : 0),
              );
              return [state, Math.max(0, ...ahead)];
            }),
          );
        let counts = new Map(pending.map((state) => [state, 0]));
        for (let length = 0; length <= graph.edges.length ** 2; length++) counts = longer(counts);
        const settled = [...longer(counts)].every(([state, count]) => counts.get(state) === count);
        expect(result.bound).toBe(settled ? Math.max(...counts.values()) : 'unbounded');

        const { stem, cycle } = replay(graph, (result.witness ?? result.counterexample)!);
        const moves = [...(result.witness?.steps ?? [])].map(({ move }) => move);
        if (settled) {
          const waits = stem.map((from, at) => {
            let count = 0;
            for (let step = at; step < moves.length && isPending(stem[step]!); step++) {
              if (moves[step] === counted) count++;
              if (moves[step] === ending) break;
            }
            return isPending(from) ? count : 0;
          });
          expect(Math.max(...waits)).toBe(result.bound);
        } else {
          expect(cycle.some(({ move }) => move === counted)).toBe(true);
          expect(cycle.every(goesOn)).toBe(true);
          expect(cycle.at(-1)!.to).toBe(stem.at(-1));
        }
      }),
      { numRuns: 400 },
    );
  });
});
