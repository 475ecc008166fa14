/**
 * The graph of all steps, which only searches for cycles need: for each state the range of its edges, for each edge its
 * target and its move. The ranges are noted while the states are explored; the edges are filled in afterwards by asking
 * the model once more, so that an exploration without such properties pays nothing for it.
 */
import { Column } from './column.ts';
import { CheckerError } from './errors.ts';
import type { Model } from './model.ts';
import { hashState, type States } from './store.ts';

/** Edges in compressed rows: those of state `s` are numbered `firstEdges.view[s]` up to `firstEdges.view[s + 1]`. */
export interface Graph {
  readonly firstEdges: Column;
  readonly targets: Column;
  readonly moves: Column;
}

/** The largest number that a move may have in a graph. */
const largestMove = 0xffff;

/** Whether a model has properties that only the graph decides. */
export const needsGraph = (model: Model): boolean =>
  model.properties.some(({ type }) => type === 'eventually' || type === 'leads-to' || type === 'bounded');

/** Makes room for the rows of the states up to `to`, if the model needs a graph at all. */
export function reserveRows(graph: Graph, model: Model, to: number): void {
  if (needsGraph(model)) graph.firstEdges.ensure(to + 1);
}

/** Makes room for the edges, and closes the last row. */
export function reserveEdges(graph: Graph, states: number, edges: number): void {
  graph.firstEdges.ensure(states + 1);
  graph.firstEdges.view[states] = edges;
  graph.targets.ensure(edges);
  graph.moves.ensure(edges);
}

/** The moves that occur in a graph, in rising order. */
export function occurringMoves(graph: Graph, edges: number): readonly number[] {
  const occurs = new Uint8Array(largestMove + 1);
  const moves = graph.moves.view;
  for (let edge = 0; edge < edges; edge++) occurs[moves[edge]!] = 1;
  const found: number[] = [];
  for (let move = occurs.indexOf(1); move >= 0; move = occurs.indexOf(1, move + 1)) found.push(move);
  return found;
}

/**
 * The shortest chain of edges from a state to an edge that is a `goal`, that edge included, along edges that `follows`
 * admits. Throws if there is none.
 */
export function shortestChain(
  graph: Graph,
  from: number,
  follows: (edge: number) => boolean,
  goal: (edge: number) => boolean,
): number[] {
  const firstEdges = graph.firstEdges.view;
  const targets = graph.targets.view;
  const arrival = new Map<number, { readonly edge: number; readonly before: number }>();
  const queue = [from];
  for (const state of queue) {
    for (let edge = firstEdges[state]!; edge < firstEdges[state + 1]!; edge++) {
      if (!follows(edge)) continue;
      if (goal(edge)) {
        const chain = [edge];
        for (let at = state; at !== from; at = arrival.get(at)!.before) chain.push(arrival.get(at)!.edge);
        return chain.reverse();
      }
      const target = targets[edge]!;
      if (target === from || arrival.has(target)) continue;
      arrival.set(target, { edge, before: state });
      queue.push(target);
    }
  }
  throw new Error('no chain of edges leads to the goal');
}

/** Fills in the edges of the states from `from` up to `to`. Rows are disjoint, so threads may share a graph. */
export function link(model: Model, store: States, graph: Graph, from: number, to: number): void {
  const { words } = model;
  const current = new Int32Array(words);
  const firstEdges = graph.firstEdges.view;
  const targets = graph.targets.view;
  const moves = graph.moves.view;
  let edge = firstEdges[from]!;
  const emit = (move: number, next: Int32Array): void => {
    const target = store.find(next, 0, hashState(next, words));
    if (target < 0)
      throw new CheckerError('not-deterministic', 'the model emits a successor that it did not emit before');
    if (move < 0 || move > largestMove) {
      throw new CheckerError('move-out-of-range', `moves are numbered 0 to ${largestMove}, not ${move}`);
    }
    targets[edge] = target;
    moves[edge] = move;
    edge++;
  };
  for (let index = from; index < to; index++) {
    store.read(index, current);
    model.next(current, emit);
    if (edge !== firstEdges[index + 1]) {
      throw new CheckerError('not-deterministic', 'the model emits another number of successors than before');
    }
  }
}
