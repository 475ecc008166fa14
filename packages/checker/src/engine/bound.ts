/**
 * The largest number of steps that count on any path through pending states. A component of the pending part that contains
 * such a step has no bound; all others contribute nothing within, so the bound is the longest path from component to
 * component, and can be told as soon as a component is found, since those that it leads to were found before.
 */
import { ComponentFinder } from './components.ts';
import { shortestChain, type Graph } from './graph.ts';
import { routeTo, type Hop, type Route } from './path.ts';
import type { Bounded } from './property.ts';
import { markStates } from './region.ts';
import type { States } from './store.ts';

/** The bound, and a run that reaches it or that counts for ever. */
export interface Bound {
  readonly bound: number | 'unbounded';
  readonly route: Route;
}

/** Marks of an edge: it counts; the wait goes on behind it. */
const counts = 1;
const goesOn = 2;

/** The pending part of the graph, and the component of each of its states, numbered from 1. */
interface Wait {
  readonly store: States;
  readonly graph: Graph;
  readonly states: Int32Array;
  readonly marks: Uint8Array;
  readonly componentOf: Int32Array;
}

/** For each component the largest count from there on, and the edge by which it is left for it. */
interface Measures {
  readonly longest: Int32Array;
  readonly exits: Int32Array;
  readonly exitStates: Int32Array;
  /** The first step that counts and that can be repeated for ever. */
  readonly endless?: { readonly from: number; readonly edge: number };
}

/** Computes the bound; undefined if no state is pending. */
export function findBound(store: States, graph: Graph, property: Bounded): Bound | undefined {
  const pending = markStates(store, property.pending);
  const states = Int32Array.from(indicesOf(pending));
  if (states.length === 0) return undefined;
  const marks = markEdges(store, graph, property, pending);
  const wait = { store, graph, states, marks, componentOf: new Int32Array(store.count) };
  const measures = measure(wait);
  return measures.endless ? endlessRun(wait, measures.endless) : longestRun(wait, measures);
}

function measure({ store, graph, states, marks, componentOf }: Wait): Measures {
  const firstEdges = graph.firstEdges.view;
  const targets = graph.targets.view;
  const longest = new Int32Array(states.length + 1);
  const exits = new Int32Array(states.length + 1);
  const exitStates = new Int32Array(states.length + 1);
  let endless: Measures['endless'];
  let component = 0;

  const follows = (edge: number) => (marks[edge]! & goesOn) !== 0;
  new ComponentFinder(graph, store.count).find(states, follows, (members) => {
    component++;
    for (const state of members) componentOf[state] = component;
    for (const state of members) {
      for (let edge = firstEdges[state]!; edge < firstEdges[state + 1]!; edge++) {
        const step = marks[edge]! & counts;
        const next = follows(edge) ? componentOf[targets[edge]!]! : 0;
        if (next === component) {
          if (step > 0 && (endless === undefined || state < endless.from)) endless = { from: state, edge };
        } else if (step + longest[next]! > longest[component]!) {
          longest[component] = step + longest[next]!;
          exits[component] = edge;
          exitStates[component] = state;
        }
      }
    }
  });
  return { longest, exits, exitStates, ...(endless && { endless }) };
}

function endlessRun(wait: Wait, { from, edge }: NonNullable<Measures['endless']>): Bound {
  const cycle = [edge, ...chainWithin(wait, wait.graph.targets.view[edge]!, from)];
  return { bound: 'unbounded', route: { ...routeTo(wait.store, from), cycle: toHops(wait, cycle) } };
}

function longestRun(wait: Wait, { longest, exits, exitStates }: Measures): Bound {
  const { store, graph, states, componentOf, marks } = wait;
  const left = (state: number) => longest[componentOf[state]!]!;
  const start = states.reduce((best, state) => (left(state) > left(best) ? state : best));
  const edges: number[] = [];
  let at = start;
  for (let pending = true; pending && left(at) > 0;) {
    const component = componentOf[at]!;
    const exit = exits[component]!;
    edges.push(...chainWithin(wait, at, exitStates[component]!), exit);
    at = graph.targets.view[exit]!;
    pending = (marks[exit]! & goesOn) !== 0;
  }
  const { root, hops } = routeTo(store, start);
  return { bound: left(start), route: { root, hops: [...hops, ...toHops(wait, edges)] } };
}

/** The shortest chain between two states of one component. */
function chainWithin({ graph, marks, componentOf }: Wait, from: number, to: number): number[] {
  const targets = graph.targets.view;
  if (from === to) return [];
  const follows = (edge: number) => (marks[edge]! & goesOn) !== 0 && componentOf[targets[edge]!] === componentOf[to];
  return shortestChain(graph, from, follows, (edge) => targets[edge] === to);
}

function toHops({ graph }: Wait, edges: readonly number[]): Hop[] {
  return edges.map((edge) => ({ to: graph.targets.view[edge]!, move: graph.moves.view[edge]! }));
}

/** Marks the edges that leave pending states. */
function markEdges(store: States, graph: Graph, property: Bounded, pending: Uint8Array): Uint8Array {
  const firstEdges = graph.firstEdges.view;
  const targets = graph.targets.view;
  const moves = graph.moves.view;
  const from = new Int32Array(store.words);
  const to = new Int32Array(store.words);
  const marks = new Uint8Array(firstEdges[store.count]!);
  for (let state = 0; state < store.count; state++) {
    if (pending[state] === 0) continue;
    store.read(state, from);
    for (let edge = firstEdges[state]!; edge < firstEdges[state + 1]!; edge++) {
      const target = targets[edge]!;
      const move = moves[edge]!;
      store.read(target, to);
      const waits = pending[target] === 1 && property.ends?.(move, from, to) !== true;
      marks[edge] = (property.counts(move, from, to) ? counts : 0) | (waits ? goesOn : 0);
    }
  }
  return marks;
}

function* indicesOf(marks: Uint8Array): Generator<number> {
  for (let index = 0; index < marks.length; index++) if (marks[index] === 1) yield index;
}
