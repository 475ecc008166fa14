/**
 * Who does the work. A crew owns the visited set and, if cycles are to be searched, the graph of all steps, and works
 * through the states in blocks. `Alone` is a crew of one thread; `Together`, in its own file, divides blocks among several.
 * Both number the states alike, so nothing that is reported depends on how many they were.
 */
import { Column } from './column.ts';
import { canonicaliser, Expander, findingsLength } from './expander.ts';
import { link, reserveEdges, reserveRows, type Graph } from './graph.ts';
import type { Model } from './model.ts';
import { entryLength, fetchLength, Intake, Outbox, Queue } from './queue.ts';
import { hashState, StateStore, type States } from './store.ts';

/** Explores blocks of states, and links them once all are known. */
export interface Crew {
  readonly model: Model;
  readonly store: States;
  readonly graph: Graph;
  /** Successors emitted so far. */
  readonly transitions: number;
  /** For each check, the number of the first state that decides it, or -1. */
  readonly findings: Int32Array;
  /** Makes room for so many states beforehand. */
  reserve(states: number): void;
  /** Expands the states from `from` up to `to`, and stores what is new. */
  expand(from: number, to: number): void | Promise<void>;
  /** Fills in the edges of all stored states, every one of which has been expanded. */
  link(): void | Promise<void>;
}

/** One thread does everything. */
export class Alone implements Crew {
  readonly model: Model;
  readonly store: StateStore;
  readonly graph: Graph = { firstEdges: new Column(), targets: new Column(), moves: new Column() };
  readonly findings: Int32Array;
  readonly #expander: Expander;
  readonly #intake: Intake;
  readonly #queue: Queue;

  constructor(model: Model) {
    this.model = model;
    this.store = new StateStore(model.words);
    this.findings = new Int32Array(findingsLength(model)).fill(-1);
    this.#intake = new Intake(this.store);
    this.#queue = new Queue(new Int32Array(fetchLength * entryLength(model.words)), () => this.#flush());
    const outbox = new Outbox(model, [this.#queue]);
    this.#expander = new Expander(model, this.store, this.findings, this.graph.firstEdges, outbox);
    this.store.reserveTable(1);
    seed(model, (state, hash) => {
      if (this.store.find(state, 0, hash) < 0) this.store.add(state, 0, hash, -1);
    });
  }

  get transitions(): number {
    return this.#expander.transitions;
  }

  reserve(states: number): void {
    this.store.reserveTable(states);
  }

  expand(from: number, to: number): void {
    reserveRows(this.graph, this.model, to);
    this.#expander.run(from, to);
    this.#flush();
  }

  link(): void {
    reserveEdges(this.graph, this.store.count, this.transitions);
    link(this.model, this.store, this.graph, 0, this.store.count);
  }

  #flush(): void {
    this.#intake.take(this.#queue.view, 0, this.#queue.used);
    this.#queue.used = 0;
  }
}

/** Hands over the initial states, some perhaps more than once. */
export function seed(model: Model, take: (state: Int32Array, hash: number) => void): void {
  const canonical = canonicaliser(model);
  model.init((state) => {
    const representative = canonical(state);
    take(representative, hashState(representative, model.words));
  });
}
