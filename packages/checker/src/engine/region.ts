/**
 * The part of the graph in which a claim about infinite runs could fail: what can be reached from its starting points
 * without leaving the states that matter. It is spread out so that the way to each of its states is as short as possible,
 * counted from an initial state of the model.
 */
import type { Graph } from './graph.ts';
import { routeTo, type Route } from './path.ts';
import type { StatePredicate } from './property.ts';
import type { States } from './store.ts';

/** States in the order of their distance from an initial state, each with the one through which it is entered. */
export interface Region {
  /** Numbers of the states, nearest first. */
  readonly states: Int32Array;
  /** For each state of the model its place in `states`, or -1. */
  readonly rank: Int32Array;
  /** For each place, the number of the state before, or -1 where a run may come from outside. */
  readonly via: Int32Array;
}

/** Asks a question about every stored state, and returns 1 for yes and 0 for no. */
export function markStates(store: States, question: StatePredicate): Uint8Array {
  const state = new Int32Array(store.words);
  return new Uint8Array(store.count).map((_, index) => {
    store.read(index, state);
    return question(state) ? 1 : 0;
  });
}

/**
 * Spreads a region: it begins in every state that is marked in both arrays, and goes on through states marked in `inside`.
 * `levelEnds` tells how far each state is from an initial one.
 */
export function spread(graph: Graph, levelEnds: readonly number[], inside: Uint8Array, starts: Uint8Array): Region {
  const firstEdges = graph.firstEdges.view;
  const targets = graph.targets.view;
  const size = inside.reduce((sum, mark) => sum + mark, 0);
  const states = new Int32Array(size);
  const via = new Int32Array(size);
  const rank = new Int32Array(inside.length).fill(-1);
  let length = 0;
  const add = (state: number, before: number): void => {
    if (inside[state] === 0 || rank[state]! >= 0) return;
    rank[state] = length;
    states[length] = state;
    via[length] = before;
    length++;
  };

  let next = 0;
  let unexplored = 0;
  for (let level = 0; unexplored < length || next < inside.length; level++) {
    for (const end = levelEnds[level] ?? inside.length; next < end; next++) if (starts[next] === 1) add(next, -1);
    for (const end = length; unexplored < end; unexplored++) {
      const state = states[unexplored]!;
      for (let edge = firstEdges[state]!; edge < firstEdges[state + 1]!; edge++) add(targets[edge]!, state);
    }
  }
  return { states: states.subarray(0, length), rank, via };
}

/** The shortest route to a state of the region that, once it has entered the region, stays in it. */
export function routeInto(region: Region, store: States, state: number): Route {
  const inner: number[] = [];
  let at = state;
  for (let before = region.via[region.rank[at]!]!; before >= 0; before = region.via[region.rank[at]!]!) {
    inner.push(at);
    at = before;
  }
  const { root, hops } = routeTo(store, at);
  return { root, hops: [...hops, ...inner.reverse().map((to) => ({ to }))] };
}
