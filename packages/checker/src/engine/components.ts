/**
 * Strongly connected components by Tarjan's algorithm, without recursion. Components are found in reverse topological
 * order: when one is reported, every component that it leads to has been.
 */
import type { Graph } from './graph.ts';

const done = 0x7fffffff;

/** Finds components in parts of one graph, and in parts of those parts. */
export class ComponentFinder {
  readonly #graph: Graph;
  /** Order of discovery, counted from 1; 0 before, `done` once the component is reported. */
  readonly #order: Int32Array;
  readonly #lowest: Int32Array;
  readonly #nextEdge: Int32Array;
  readonly #path: Int32Array;
  readonly #open: Int32Array;
  #discovered = 0;

  constructor(graph: Graph, states: number) {
    this.#graph = graph;
    this.#order = new Int32Array(states);
    this.#lowest = new Int32Array(states);
    this.#nextEdge = new Int32Array(states);
    this.#path = new Int32Array(states);
    this.#open = new Int32Array(states);
  }

  /**
   * Reports the components of the part that consists of `states` and of the edges that `follows` admits, none of which may
   * lead out of it. The array that is reported is only valid during the call.
   */
  find(states: Int32Array, follows: (edge: number) => boolean, found: (component: Int32Array) => void): void {
    const order = this.#order;
    const lowest = this.#lowest;
    const nextEdge = this.#nextEdge;
    const path = this.#path;
    const open = this.#open;
    const firstEdges = this.#graph.firstEdges.view;
    const targets = this.#graph.targets.view;
    let onPath = 0;
    let opened = 0;
    for (const state of states) order[state] = 0;

    const enter = (state: number): void => {
      this.#discovered++;
      order[state] = this.#discovered;
      lowest[state] = this.#discovered;
      nextEdge[state] = firstEdges[state]!;
      path[onPath++] = state;
      open[opened++] = state;
    };

    const leave = (state: number): void => {
      onPath--;
      if (onPath > 0) {
        const before = path[onPath - 1]!;
        lowest[before] = Math.min(lowest[before]!, lowest[state]!);
      }
      if (lowest[state] !== order[state]) return;
      const end = opened;
      do order[open[--opened]!] = done;
      while (open[opened] !== state);
      found(open.subarray(opened, end));
    };

    for (const start of states) {
      if (order[start] === 0) enter(start);
      while (onPath > 0) {
        const state = path[onPath - 1]!;
        const edge = nextEdge[state]!;
        if (edge === firstEdges[state + 1]) {
          leave(state);
          continue;
        }
        nextEdge[state] = edge + 1;
        if (!follows(edge)) continue;
        const target = targets[edge]!;
        if (order[target] === 0) enter(target);
        else if (order[target]! < lowest[state]!) lowest[state] = order[target]!;
      }
    }
  }
}
