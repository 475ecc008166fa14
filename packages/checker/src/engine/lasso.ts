/**
 * Fair cycles. A run that stays in a strongly connected component for ever can be fair if no group of moves is neglected
 * in it: a weakly fair group must be taken in the component or be impossible in one of its states; a strongly fair group
 * must be taken in it or be impossible in all of its states. Where strong fairness fails, the states in which the
 * neglected group is possible cannot be visited for ever, so they are removed and what remains is searched again.
 */
import { ComponentFinder } from './components.ts';
import { possibleGroups, type FairnessBits } from './fairness.ts';
import { shortestChain, type Graph } from './graph.ts';
import type { Hop } from './path.ts';
import type { Region } from './region.ts';

/** A state in which a fair run can stay for ever, and the cycle through it. */
export interface FairCycle {
  readonly entry: number;
  readonly cycle: readonly Hop[];
}

/** Finds the fair cycle that is entered soonest. */
export function findFairCycle(graph: Graph, region: Region, fairness: FairnessBits): FairCycle | undefined {
  const targets = graph.targets.view;
  const parts = new Int32Array(region.rank.length);
  const finder = new ComponentFinder(graph, region.rank.length);
  let newestPart = 1;
  for (const state of region.states) parts[state] = newestPart;
  const tasks = [{ part: newestPart, states: region.states }];
  let nearest = undefined as
    { readonly entry: number; readonly part: number; readonly obligations: number } | undefined;

  const judge = (component: Int32Array): void => {
    const part = ++newestPart;
    for (const state of component) parts[state] = part;
    const { lasting, possible, persistent, taken } = survey(graph, fairness, parts, component);
    if (!lasting || (fairness.weak & persistent & ~taken) !== 0) return;
    const neglected = fairness.strong & possible & ~taken;
    if (neglected === 0) {
      const entry = component.reduce((best, state) => (region.rank[state]! < region.rank[best]! ? state : best));
      if (nearest !== undefined && region.rank[nearest.entry]! < region.rank[entry]!) return;
      nearest = { entry, part, obligations: fairness.weak | (fairness.strong & possible) };
      return;
    }
    const rest = component.filter((state) => (possibleGroups(graph, fairness, state) & neglected) === 0);
    for (const state of component) parts[state] = 0;
    for (const state of rest) parts[state] = part;
    tasks.push({ part, states: rest });
  };

  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { part, states } = task;
    finder.find(states, (edge) => parts[targets[edge]!] === part, judge);
  }
  if (nearest === undefined) return undefined;
  const { entry, part, obligations } = nearest;
  return { entry, cycle: cycleThrough(graph, fairness, entry, obligations, (edge) => parts[targets[edge]!] === part) };
}

/** What the groups of moves do in a component whose states are all marked with the same part. */
function survey(graph: Graph, { groupsOf }: FairnessBits, parts: Int32Array, component: Int32Array) {
  const firstEdges = graph.firstEdges.view;
  const targets = graph.targets.view;
  const moves = graph.moves.view;
  const part = parts[component[0]!];
  let lasting = false;
  let possible = 0;
  let persistent = -1;
  let taken = 0;
  for (const state of component) {
    let possibleHere = 0;
    for (let edge = firstEdges[state]!; edge < firstEdges[state + 1]!; edge++) {
      const groups = groupsOf[moves[edge]!]!;
      possibleHere |= groups;
      if (parts[targets[edge]!] !== part) continue;
      lasting = true;
      taken |= groups;
    }
    possible |= possibleHere;
    persistent &= possibleHere;
  }
  return { lasting, possible, persistent, taken };
}

/** Goes from obligation to obligation by the shortest way, and back to where it began. */
function cycleThrough(
  graph: Graph,
  fairness: FairnessBits,
  entry: number,
  obligations: number,
  follows: (edge: number) => boolean,
): Hop[] {
  const targets = graph.targets.view;
  const moves = graph.moves.view;
  const interrupted = (state: number) => fairness.weak & ~possibleGroups(graph, fairness, state);
  const met = (edge: number) => fairness.groupsOf[moves[edge]!]! | interrupted(targets[edge]!);
  const cycle: number[] = [];
  let open = obligations & ~interrupted(entry);
  let at = entry;
  const extend = (goal: (edge: number) => boolean): void => {
    for (const edge of shortestChain(graph, at, follows, goal)) {
      cycle.push(edge);
      open &= ~met(edge);
      at = targets[edge]!;
    }
  };
  while (open !== 0) extend((edge) => (met(edge) & open) !== 0);
  if (cycle.length === 0 || at !== entry) extend((edge) => targets[edge] === entry);
  return cycle.map((edge) => ({ to: targets[edge]!, move: moves[edge]! }));
}
