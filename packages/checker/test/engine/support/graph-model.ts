/**
 * Models made from explicit graphs, for tests that want to know the state space beforehand. State number `n` is packed
 * into several words, so that comparing and hashing have something to do.
 */
import type { Model, PackedState, Property } from '../../../src/engine/index.ts';

export interface Edge {
  readonly move: number;
  readonly to: number;
}

/** Successors of each state by number, and the numbers of the initial states. */
export interface ExplicitGraph {
  readonly initial: readonly number[];
  readonly edges: readonly (readonly Edge[])[];
}

export const numberOf = (state: PackedState): number => state[0]! - 1000;

export function graphModel(
  { initial, edges }: ExplicitGraph,
  properties: readonly Property[] = [],
  mayRest: (state: number) => boolean = () => true,
): Model {
  const pack = (number: number): Int32Array => Int32Array.of(number + 1000, -number, number & 1);
  return {
    words: 3,
    properties,
    init: (emit) => initial.forEach((number) => emit(pack(number))),
    next: (state, emit) => edges[numberOf(state)]!.forEach(({ move, to }) => emit(move, pack(to))),
    mayRest: (state) => mayRest(numberOf(state)),
    describe: (move, state) => `${numberOf(state)} by ${move}`,
    show: (state) => `${numberOf(state)}`,
  };
}

/** Breadth-first search as one would write it without a thought: the yardstick for the real one. */
export function naiveSearch({ initial, edges }: ExplicitGraph) {
  const depths = new Map<string, number>();
  const parents = new Map<number, number>();
  let level = [...new Set(initial)];
  level.forEach((state) => depths.set(String(state), 0));
  const order = [...level];
  let transitions = 0;
  for (let depth = 1; level.length > 0; depth++) {
    const next: number[] = [];
    for (const state of level) {
      for (const { to } of edges[state]!) {
        transitions++;
        if (depths.has(String(to))) continue;
        depths.set(String(to), depth);
        parents.set(to, state);
        next.push(to);
      }
    }
    order.push(...next);
    level = next;
  }
  return { order, parents, transitions, depthOf: (state: number) => depths.get(String(state)) };
}
