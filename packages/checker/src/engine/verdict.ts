/**
 * From what a search left behind to a verdict for each property: what the states decided was noted while they were
 * explored, what runs decide is looked for now, in the graph of all steps.
 */
import { findBound } from './bound.ts';
import type { Crew } from './crew.ts';
import { deadlock } from './expander.ts';
import { fairnessBits } from './fairness.ts';
import { findFairCycle } from './lasso.ts';
import { routeTo, type Route } from './path.ts';
import type { Bounded, Eventually, LeadsTo, Property } from './property.ts';
import { markStates, routeInto, spread } from './region.ts';
import type { Verdict } from './report.ts';
import type { Searched } from './search.ts';

/** A verdict with the routes that show it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly bound?: number | 'unbounded';
  readonly counterexample?: Route;
  readonly witness?: Route;
}

/** A finished search: its crew, what it found, and the moves that occur if the graph is linked. */
export interface Evidence {
  readonly crew: Crew;
  readonly searched: Searched;
  readonly moves: readonly number[];
}

/** Whether every state without successors may be one. */
export function judgeDeadlock({ crew, searched }: Evidence): Judgement {
  return judgeAlways(crew, searched, deadlock);
}

/** Judges the property that stands at place `number` in the model. */
export function judge(evidence: Evidence, property: Property, number: number): Judgement {
  const { crew, searched } = evidence;
  switch (property.type) {
    case 'always':
      return judgeAlways(crew, searched, number + 1);
    case 'sometimes':
      return judgeSometimes(crew, searched, number + 1);
    case 'eventually':
    case 'leads-to':
      return searched.stop === undefined ? judgeRuns(evidence, property) : { verdict: 'undecided' };
    case 'bounded':
      return searched.stop === undefined ? judgeBound(crew, property) : { verdict: 'undecided' };
  }
}

function judgeAlways(crew: Crew, searched: Searched, check: number): Judgement {
  const found = crew.findings[check]!;
  if (found >= 0) return { verdict: 'violated', counterexample: routeTo(crew.store, found) };
  return { verdict: searched.stop === undefined ? 'holds' : 'undecided' };
}

function judgeSometimes(crew: Crew, searched: Searched, check: number): Judgement {
  const found = crew.findings[check]!;
  if (found >= 0) return { verdict: 'holds', witness: routeTo(crew.store, found) };
  return { verdict: searched.stop === undefined ? 'never-reached' : 'undecided' };
}

/** Looks for a fair run that never gets where it should: one that ends before, or one that stays in a cycle. */
function judgeRuns({ crew, searched, moves }: Evidence, property: Eventually | LeadsTo): Judgement {
  const { store, graph } = crew;
  const { levelEnds } = searched;
  const isGoal = property.type === 'eventually' ? property.holds : property.conclusion;
  const starts =
    property.type === 'eventually'
      ? new Uint8Array(store.count).fill(1, 0, levelEnds[0])
      : markStates(store, property.premise);
  if (!starts.includes(1)) return { verdict: 'vacuous' };

  const region = spread(
    graph,
    levelEnds,
    markStates(store, (state) => !isGoal(state)),
    starts,
  );
  const firstEdges = graph.firstEdges.view;
  const end = region.states.find((state) => firstEdges[state] === firstEdges[state + 1]);
  const fair = findFairCycle(graph, region, fairnessBits(property.fairness ?? [], moves));
  if (end !== undefined && (fair === undefined || region.rank[end]! < region.rank[fair.entry]!)) {
    return { verdict: 'violated', counterexample: routeInto(region, store, end) };
  }
  if (fair === undefined) return { verdict: 'holds' };
  return { verdict: 'violated', counterexample: { ...routeInto(region, store, fair.entry), cycle: fair.cycle } };
}

function judgeBound({ store, graph }: Crew, property: Bounded): Judgement {
  const found = findBound(store, graph, property);
  if (found === undefined) return { verdict: 'vacuous' };
  const { bound, route } = found;
  if (bound === 'unbounded' || bound > (property.atMost ?? Infinity)) {
    return { verdict: 'violated', bound, counterexample: route };
  }
  return { verdict: 'holds', bound, witness: route };
}
