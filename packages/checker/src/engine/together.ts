/**
 * A crew of several threads. This thread is its first member: it tells the others what to work on, works on its own share,
 * and waits for them. Small blocks are not worth the waiting, so it expands those alone.
 */
import { Column } from './column.ts';
import { seed, type Crew } from './crew.ts';
import { blockPlaces, Parts, type CrewMemory, type Phase } from './crew-memory.ts';
import { findingsLength } from './expander.ts';
import { reserveEdges, reserveRows, type Graph } from './graph.ts';
import type { Member } from './member.ts';
import type { Model } from './model.ts';
import { ownerOf } from './queue.ts';
import type { Shards } from './shards.ts';

/** Makes every member of a crew, this thread's included, perform a phase. */
export type Perform = (phase: Phase) => void | Promise<void>;

/** Blocks below this many states are expanded by one thread. */
const worthSharing = 512;

/** Several threads divide the work. */
export class Together implements Crew {
  readonly model: Model;
  readonly store: Shards;
  readonly graph: Graph;
  transitions = 0;
  readonly #first: Member;
  readonly #block: Int32Array;
  readonly #parts: Parts;
  readonly #findings: Int32Array;
  readonly #perform: Perform;
  readonly #shareFrom: number;

  constructor(first: Member, memory: CrewMemory, perform: Perform, shareFrom = worthSharing) {
    this.model = first.model;
    this.store = first.shards;
    this.graph = first.graph;
    this.#first = first;
    this.#block = new Column(memory.block).view;
    this.#parts = new Parts(memory.parts, memory.finds.length);
    this.#findings = new Column(memory.findings).view;
    this.#perform = perform;
    this.#shareFrom = shareFrom;
    this.#seed();
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

  reserve(states: number): void {
    this.store.reserve(states);
  }

  async expand(from: number, to: number): Promise<void> {
    const { store } = this;
    const isShared = to - from >= this.#shareFrom;
    reserveRows(this.graph, this.model, to);
    await this.#run('expand', from, to, isShared);
    await this.#run('settle', from, to, isShared);
    const found = this.#parts.foundBefore(this.#parts.length);
    store.reserveNumbers(store.count + found);
    await this.#run('number', from, to, isShared);
    store.count += found;
    this.transitions += this.#parts.transitionsBefore(this.#parts.length);
  }

  async link(): Promise<void> {
    reserveEdges(this.graph, this.store.count, this.transitions);
    await this.#run('link', 0, this.store.count, true);
  }

  #seed(): void {
    const { store, model } = this;
    store.reserve(1);
    seed(model, (state, hash) => {
      const owner = ownerOf(hash, store.stores.length);
      const shard = store.stores[owner]!;
      if (shard.find(state, 0, hash) >= 0) return;
      const place = shard.add(state, 0, hash, -1);
      store.reserveNumbers(store.count + 1);
      store.reservePlaces(owner);
      store.assign(store.count, owner, place, true);
      store.publish(owner);
      store.count++;
    });
  }

  #run(phase: Phase, from: number, to: number, isShared: boolean): void | Promise<void> {
    this.#block[blockPlaces.from] = from;
    this.#block[blockPlaces.to] = to;
    this.#block[blockPlaces.count] = this.store.count;
    this.#block[blockPlaces.isShared] = isShared ? 1 : 0;
    this.#block[blockPlaces.priorTransitions] = this.transitions;
    this.#block[blockPlaces.nextPart] = 0;
    return isShared ? this.#perform(phase) : this.#first.perform(phase);
  }
}
