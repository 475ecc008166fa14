/** Fairness assumptions as bits, one for each group of moves, so that a component is judged by a few bit operations. */
import type { Graph } from './graph.ts';
import type { Fairness } from './property.ts';

/** The most groups that one property may assume. */
export const mostGroups = 31;

/** The groups that each move belongs to, and the groups of either strength. */
export interface FairnessBits {
  readonly groupsOf: Int32Array;
  readonly weak: number;
  readonly strong: number;
}

/** Turns at most {@link mostGroups} groups into bits; `moves` are those that occur. */
export function fairnessBits(groups: readonly Fairness[], moves: readonly number[]): FairnessBits {
  const union = (wanted: (group: Fairness) => boolean) =>
    groups.reduce((bits, group, number) => (wanted(group) ? bits | (1 << number) : bits), 0);
  const groupsOf = new Int32Array((moves.at(-1) ?? -1) + 1);
  for (const move of moves) groupsOf[move] = union(({ includes }) => includes(move));
  return {
    groupsOf,
    weak: union(({ strength }) => strength === 'weak'),
    strong: union(({ strength }) => strength === 'strong'),
  };
}

/** The groups that are possible in a state. */
export function possibleGroups(graph: Graph, { groupsOf }: FairnessBits, state: number): number {
  const firstEdges = graph.firstEdges.view;
  const moves = graph.moves.view;
  let groups = 0;
  for (let edge = firstEdges[state]!; edge < firstEdges[state + 1]!; edge++) groups |= groupsOf[moves[edge]!]!;
  return groups;
}
