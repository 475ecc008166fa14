/**
 * Breadth-first search over a crew: level after level, each in blocks of a fixed number of states. Limits, failures and
 * progress are looked at between blocks only, and blocks do not depend on the number of threads, so even a search that is
 * stopped half way always stops at the same place.
 */
import { columnBytes } from './column.ts';
import type { Crew } from './crew.ts';
import { deadlock } from './expander.ts';
import { needsGraph } from './graph.ts';
import type { Model } from './model.ts';
import { capacity, tableSize } from './store.ts';

/** How much a search may use. Looked at after every 16,384 expanded states, so it may be passed by as much as they add. */
export interface Limits {
  /** Distinct states that may be found; no limit unless given. */
  readonly maxStates?: number;
  /** Bytes, as by {@link estimateBytes}; 4 GiB unless given. */
  readonly maxBytes?: number;
}

/** How far a search has come. */
export interface Progress {
  /** `exploring`, `linking` (once more over all states, if cycles are to be searched), or the id of a property. */
  readonly doing: string;
  readonly distinctStates: number;
  readonly transitions: number;
  /** Steps from an initial state to the states that are being expanded. */
  readonly depth: number;
  /** States that were found and not yet expanded. */
  readonly unexpanded: number;
  /** Seconds since the start. */
  readonly seconds: number;
}

/** Why a search did not go through all reachable states. */
export interface Stop {
  readonly reason: 'failure' | 'states' | 'bytes';
  /** States that were found and not expanded. */
  readonly unexpanded: number;
  /** What was reached, and what to change. */
  readonly message: string;
}

/** What a search leaves behind besides the states themselves. */
export interface Searched {
  /** For each depth, the number of the first state behind it. */
  readonly levelEnds: readonly number[];
  readonly stop?: Stop;
}

const blockSize = 2 ** 14;
const defaultMaxBytes = 4 * 2 ** 30;

/** Bytes that a state takes besides its words: the number of its parent, and its place if several threads store states. */
const stateBytes = 4 + 4;

/** Bytes that the graph and the search for cycles in it need. */
const graphBytes = { state: 4 + 4 + 44, transition: 8 + 1 };

/**
 * Slots that the table of known states begins with, 16 MiB unless memory is short: a table that grows has to be filled anew,
 * and pages of it that no state falls into are never taken.
 */
const firstTable = ({ maxBytes = defaultMaxBytes }: Limits): number =>
  2 ** Math.min(22, Math.max(12, Math.floor(Math.log2(maxBytes / 256 / 4))));

/**
 * Bytes that a model takes within limits once it has so many states and transitions, the search for cycles included if it
 * needs one.
 */
export function estimateBytes(model: Model, states: number, transitions: number, limits: Limits = {}): number {
  const stored = states * (model.words * 4 + stateBytes) + Math.max(tableSize(states), firstTable(limits)) * 4;
  return needsGraph(model) ? stored + states * graphBytes.state + transitions * graphBytes.transition : stored;
}

/** Explores everything that can be reached, within limits. */
export async function search(
  crew: Crew,
  limits: Limits & { readonly stopAtFailure?: boolean },
  tell: (depth: number, unexpanded: number) => void | Promise<void>,
): Promise<Searched> {
  const { store } = crew;
  const levelEnds = [store.count];
  let expanded = 0;
  let largestBlock = { states: 0, transitions: 0 };
  crew.reserve(capacity(firstTable(limits) - 1));
  while (expanded < store.count) {
    if (expanded === levelEnds.at(-1)) levelEnds.push(store.count);
    const to = Math.min(levelEnds.at(-1)!, expanded + blockSize);
    const before = { states: store.count, transitions: crew.transitions };
    await crew.expand(expanded, to);
    expanded = to;
    largestBlock = {
      states: Math.max(largestBlock.states, store.count - before.states),
      transitions: Math.max(largestBlock.transitions, crew.transitions - before.transitions),
    };
    await tell(levelEnds.length - 1, store.count - expanded);
    if (expanded === store.count) break;
    const reason = reasonToStop(crew, limits, largestBlock);
    if (reason !== undefined) return { levelEnds, stop: describeStop(reason, crew, limits, levelEnds, expanded) };
  }
  return { levelEnds };
}

function reasonToStop(
  crew: Crew,
  limits: Limits & { readonly stopAtFailure?: boolean },
  nextBlock: { readonly states: number; readonly transitions: number },
): Stop['reason'] | undefined {
  const { model, store, findings } = crew;
  if (limits.stopAtFailure === true) {
    const violated = model.properties.some(({ type }, number) => type === 'always' && findings[number + 1]! >= 0);
    if (violated || findings[deadlock]! >= 0) return 'failure';
  }
  if (store.count > (limits.maxStates ?? Infinity)) return 'states';
  const states = store.count + nextBlock.states;
  const transitions = crew.transitions + nextBlock.transitions;
  const fits =
    estimateBytes(model, states, transitions, limits) <= (limits.maxBytes ?? defaultMaxBytes) &&
    states * model.words * 4 <= columnBytes &&
    tableSize(states) * 4 <= columnBytes &&
    (!needsGraph(model) || transitions * 4 <= columnBytes);
  return fits ? undefined : 'bytes';
}

function describeStop(
  reason: Stop['reason'],
  crew: Crew,
  limits: Limits,
  levelEnds: readonly number[],
  expanded: number,
): Stop {
  const { model, store, transitions } = crew;
  const unexpanded = store.count - expanded;
  const levels = levelEnds.length - (expanded === levelEnds.at(-1) ? 0 : 1);
  const mebibytes = Math.ceil(estimateBytes(model, store.count, transitions, limits) / 2 ** 20);
  const why = {
    failure: 'stopped at the first failure',
    states: 'stopped at the limit of states; raise maxStates or lower the bounds of the model',
    bytes: 'stopped before the memory ran out; raise maxBytes or lower the bounds of the model',
  }[reason];
  const message =
    `${why}: ${store.count} states (${mebibytes} MiB), ${unexpanded} of them not expanded; ` +
    `all states less than ${levels} steps away are expanded${reason === 'failure' ? '' : outlook(levelEnds)}`;
  return { reason, unexpanded, message };
}

/** How fast the levels were growing, which tells whether a higher limit could help. */
function outlook(levelEnds: readonly number[]): string {
  const [before, from, to] = [levelEnds.at(-3) ?? 0, levelEnds.at(-2) ?? 0, levelEnds.at(-1)!];
  const growth = (to - from) / (from - before);
  return Number.isFinite(growth) ? `; the last level had ${growth.toFixed(2)} times the states of the one before` : '';
}
