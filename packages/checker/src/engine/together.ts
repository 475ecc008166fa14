/**
 * A crew of several threads. This thread is its first member: it tells the others what to work on, works on its own share,
 * and waits for them. Small blocks are not worth the waiting, so it expands those alone.
 */
import { Column } from './column.ts';
import { seed, type Crew } from './crew.ts';
import { blockPlaces, partPlaces, type CrewMemory, type Phase } from './crew-memory.ts';
import { findingsLength } from './expander.ts';
import { reserveEdges, reserveRows, type Graph } from './graph.ts';
import type { Member } from './member.ts';
import type { Model } from './model.ts';
import type { StateStore } from './store.ts';

/** Makes every member of a crew, this thread's included, perform a phase. */
export type Perform = (phase: Phase) => void | Promise<void>;

/** Blocks below this many states are expanded by one thread. */
const worthSharing = 512;

/** Several threads divide the work. */
export class Together implements Crew {
  readonly model: Model;
  readonly store: StateStore;
  readonly graph: Graph;
  transitions = 0;
  readonly #first: Member;
  readonly #block: Int32Array;
  readonly #parts: Int32Array;
  readonly #findings: Int32Array;
  readonly #size: number;
  readonly #perform: Perform;
  readonly #shareFrom: number;

  constructor(first: Member, memory: CrewMemory, perform: Perform, shareFrom = worthSharing) {
    this.model = first.model;
    this.store = first.store;
    this.graph = first.graph;
    this.#first = first;
    this.#block = new Column(memory.block).view;
    this.#parts = new Column(memory.parts).view;
    this.#findings = new Column(memory.findings).view;
    this.#size = memory.candidates.length;
    this.#perform = perform;
    this.#shareFrom = shareFrom;
    seed(this.model, this.store);
  }

  get findings(): Int32Array {
    const checks = findingsLength(this.model);
    const merged = new Int32Array(checks).fill(-1);
    this.#findings.forEach((found, at) => {
      const check = at % checks;
      if (found >= 0 && (merged[check]! < 0 || found < merged[check]!)) merged[check] = found;
    });
    return merged;
  }

  async expand(from: number, to: number): Promise<void> {
    reserveRows(this.graph, this.model, to);
    if (to - from < this.#shareFrom) this.#expandAlone(from, to);
    else await this.#expandTogether(from, to);
  }

  async link(): Promise<void> {
    reserveEdges(this.graph, this.store.count, this.transitions);
    await this.#run('link', 0, this.store.count);
  }

  #expandAlone(from: number, to: number): void {
    const { expander } = this.#first;
    expander.transitions = this.transitions;
    expander.run(from, to);
    this.transitions = expander.transitions;
  }

  async #expandTogether(from: number, to: number): Promise<void> {
    const { store } = this;
    await this.#run('expand', from, to);
    if (store.reserveTable(store.count + this.#mostNumbers())) {
      await this.#run('refill', 0, store.count);
      await this.#run('claim', from, to);
    }
    const found = this.#sum('candidates') - this.#sum('lost');
    store.reserveStates(store.count + found);
    await this.#run('commit', from, to);
    store.count += found;
    this.transitions += this.#sum('transitions');
  }

  #run(phase: Phase, from: number, to: number): void | Promise<void> {
    this.#block[blockPlaces.from] = from;
    this.#block[blockPlaces.to] = to;
    this.#block[blockPlaces.count] = this.store.count;
    this.#block[blockPlaces.tableSize] = this.store.mask + 1;
    this.#block[blockPlaces.priorTransitions] = this.transitions;
    this.#block[blockPlaces.nextPart] = 0;
    return this.#perform(phase);
  }

  /** The numbers of candidates go up to here: each member counts its own, and they alternate. */
  #mostNumbers(): number {
    const used = new Array<number>(this.#size).fill(0);
    for (let row = 0; row < this.#parts.length; row += partPlaces.length) {
      used[this.#parts[row + partPlaces.owner]!]! += this.#parts[row + partPlaces.candidates]!;
    }
    return Math.max(...used) * this.#size;
  }

  /** Over all parts of the block. */
  #sum(place: keyof typeof partPlaces): number {
    return this.#parts.reduce(
      (sum, value, at) => (at % partPlaces.length === partPlaces[place] ? sum + value : sum),
      0,
    );
  }
}
