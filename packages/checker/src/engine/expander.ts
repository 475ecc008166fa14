/**
 * The inner loop: takes states in the order of their numbers, asks the model for their successors and each open property
 * for its verdict, and notes the first state that decides one. What becomes of the successors is up to the outbox that it
 * is given.
 */
import type { Column } from './column.ts';
import { needsGraph } from './graph.ts';
import type { Emit, Model } from './model.ts';
import type { StatePredicate } from './property.ts';
import type { Outbox } from './queue.ts';
import type { States } from './store.ts';

/** In a row of findings, the place of the deadlock check; the property of number n has place n + 1. */
export const deadlock = 0;

/** Length of a row of findings: for each check, the number of the first state that decides it, or -1. */
export const findingsLength = (model: Model): number => model.properties.length + 1;

interface Watch {
  readonly place: number;
  readonly decides: StatePredicate;
}

/** Watches that can only be decided where the same question is answered with yes. */
interface Watches {
  readonly where: StatePredicate | undefined;
  readonly watches: readonly Watch[];
}

/** Expands states for one thread. */
export class Expander {
  readonly model: Model;
  readonly store: States;
  /** The state whose successors are being emitted. */
  source = 0;
  /** Successors emitted since it was last set to 0. */
  transitions = 0;
  readonly #current: Int32Array;
  readonly #findings: Int32Array;
  readonly #firstEdges: Column | undefined;
  /** One for ever: functions made anew for each run would have to be compiled anew, too. */
  readonly #emit: Emit;
  #open: readonly Watches[];

  constructor(model: Model, store: States, findings: Int32Array, firstEdges: Column, outbox: Outbox) {
    this.model = model;
    this.store = store;
    this.#current = new Int32Array(model.words);
    this.#findings = findings;
    this.#firstEdges = needsGraph(model) ? firstEdges : undefined;
    this.#open = watchesOf(model);
    this.#emit = (_move, next) => {
      outbox.add(next, this.source, this.transitions);
      this.transitions++;
    };
  }

  /** Expands the states from `from` up to `to`. */
  run(from: number, to: number): void {
    this.#open = stillOpen(this.#open, this.#findings);
    for (let index = from; index < to; index++) this.#expand(index);
  }

  #expand(index: number): void {
    const { model } = this;
    const current = this.#current;
    const findings = this.#findings;
    this.store.read(index, current);
    this.source = index;
    const before = this.transitions;
    if (this.#firstEdges !== undefined) this.#firstEdges.view[index] = before;
    model.next(current, this.#emit);
    if (this.transitions === before && findings[deadlock]! < 0 && !model.mayRest(current)) findings[deadlock] = index;
    for (const { where, watches } of this.#open) {
      if (where !== undefined && !where(current)) continue;
      for (const { place, decides } of watches) {
        if (findings[place]! < 0 && decides(current)) findings[place] = index;
      }
    }
  }
}

/** Returns the representative of a state: the state itself, or a scratch copy that the model has canonicalised. */
export function canonicaliser(model: Model): (state: Int32Array) => Int32Array {
  const scratch = new Int32Array(model.words);
  if (model.canonicalise === undefined) return (state) => state;
  return (state) => {
    for (let word = 0; word < model.words; word++) scratch[word] = state[word]!;
    model.canonicalise!(scratch);
    return scratch;
  };
}

function watchesOf(model: Model): readonly Watches[] {
  const watches = new Map<StatePredicate | undefined, Watch[]>();
  model.properties.forEach((property, number) => {
    if (property.type !== 'always' && property.type !== 'sometimes') return;
    const isAlways = property.type === 'always';
    const decides: StatePredicate = isAlways ? (state) => !property.holds(state) : property.holds;
    const where = isAlways ? property.where : undefined;
    watches.set(where, [...(watches.get(where) ?? []), { place: number + 1, decides }]);
  });
  return [...watches].map(([where, watches]) => ({ where, watches }));
}

const stillOpen = (all: readonly Watches[], findings: Int32Array): readonly Watches[] =>
  all
    .map(({ where, watches }) => ({ where, watches: watches.filter(({ place }) => findings[place]! < 0) }))
    .filter(({ watches }) => watches.length > 0);
