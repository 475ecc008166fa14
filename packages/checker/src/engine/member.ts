/**
 * What one thread of a crew does. A block of states is worked off in phases, and all threads finish a phase before the
 * next begins. Who is free takes the next part of the block, so that nobody waits for long.
 *
 * 1. `expand`: a successor that is not in the table becomes a candidate, and claims a slot of the table by
 *    compare-and-swap. Of equal candidates that with the lower parent wins, and of one parent the earlier one: the one that
 *    a thread alone would have met first.
 * 2. `refill` and `claim`, only if the table turns out to be too small: it is emptied and grows, and known states are
 *    entered again, then candidates.
 * 3. `commit`: candidates that still own their slots are stored, part after part, which is the order in which one thread
 *    alone would have discovered them. Numbering, parents and counterexamples therefore never depend on the threads.
 *
 * `link` fills in the graph; there each thread works on rows of its own.
 */
import { Batch } from './batch.ts';
import { Column } from './column.ts';
import { blockPlaces, divide, partPlaces, type CrewMemory, type Phase } from './crew-memory.ts';
import { Expander, findingsLength } from './expander.ts';
import { link, needsGraph, type Graph } from './graph.ts';
import type { Model } from './model.ts';
import { capacity, hashState, StateStore } from './store.ts';

/** A candidate is its parent, its slot in the table and its words. */
const header = 2;
const parentPlace = 0;
const slotPlace = 1;

/** Instead of a slot: there was no room in the table, or the slot went to a better candidate. */
const slotless = -1;

/** One thread of a crew. Its phases are run in step with those of the other members. */
export class Member {
  readonly model: Model;
  readonly store: StateStore;
  readonly graph: Graph;
  readonly expander: Expander;
  readonly #rank: number;
  readonly #size: number;
  readonly #block: Int32Array;
  readonly #parts: Int32Array;
  readonly #candidates: readonly Column[];
  readonly #own: Column;
  readonly #stride: number;
  readonly #bounds: readonly number[];
  readonly #collecting: Batch;
  readonly #fetched = new Int32Array(64);
  /** Where the next candidate goes, and its number: members count alternately, from the number of known states. */
  #used = 0;
  #number = 0;

  constructor(model: Model, memory: CrewMemory, rank: number, size: number) {
    this.model = model;
    this.store = new StateStore(model.words, memory.store);
    this.graph = {
      firstEdges: new Column(memory.graph.firstEdges),
      targets: new Column(memory.graph.targets),
      moves: new Column(memory.graph.moves),
    };
    const checks = findingsLength(model);
    const findings = new Column(memory.findings).view.subarray(rank * checks, (rank + 1) * checks);
    this.expander = new Expander(model, this.store, findings, this.graph.firstEdges);
    this.#rank = rank;
    this.#size = size;
    this.#block = new Column(memory.block).view;
    this.#parts = new Column(memory.parts).view;
    this.#candidates = memory.candidates.map((buffer) => new Column(buffer));
    this.#own = this.#candidates[rank]!;
    this.#stride = header + model.words;
    this.#bounds = divide(size);
    this.#collecting = this.#collector();
  }

  perform(phase: Phase): void {
    this.store.refresh(this.#block[blockPlaces.count]!, this.#block[blockPlaces.tableSize]!);
    for (const column of [...Object.values(this.graph), ...this.#candidates]) column.refresh();
    switch (phase) {
      case 'expand':
        this.#startAt(0);
        return this.#eachPart((part) => this.#expand(part));
      case 'refill':
        return this.#eachPart((part) => this.store.refill(...this.#statesOf(part)));
      case 'claim':
        return this.#claimAgain();
      case 'commit':
        return this.#eachOwnPart((part) => this.#commit(part));
      case 'link':
        return this.#eachPart((part) => link(this.model, this.store, this.graph, ...this.#statesOf(part)));
    }
  }

  #eachPart(work: (part: number) => void): void {
    const take = () => Atomics.add(this.#block, blockPlaces.nextPart, 1);
    for (let part = take(); part < this.#bounds.length - 1; part = take()) work(part);
  }

  /** What this member has expanded, as its candidates and the slots that they claimed are near it. */
  #eachOwnPart(work: (part: number) => void): void {
    for (let part = 0; part < this.#bounds.length - 1; part++) {
      if (this.#parts[part * partPlaces.length + partPlaces.owner] === this.#rank) work(part);
    }
  }

  #statesOf(part: number): [from: number, to: number] {
    const from = this.#block[blockPlaces.from]!;
    const length = this.#block[blockPlaces.to]! - from;
    return [from + Math.floor(length * this.#bounds[part]!), from + Math.floor(length * this.#bounds[part + 1]!)];
  }

  /** The part that a state of the block belongs to. */
  #partOf(state: number): number {
    let part = 0;
    while (this.#statesOf(part)[1] <= state) part++;
    return part;
  }

  #startAt(place: number): void {
    this.#used = place;
    this.#number = (place / this.#stride) * this.#size + this.#rank;
  }

  #expand(part: number): void {
    const { expander } = this;
    const row = part * partPlaces.length;
    const begin = this.#used;
    this.#parts[row + partPlaces.owner] = this.#rank;
    this.#parts[row + partPlaces.begin] = begin;
    this.#parts[row + partPlaces.lost] = 0;
    expander.transitions = 0;
    expander.run(...this.#statesOf(part), this.#collecting);
    this.#parts[row + partPlaces.candidates] = (this.#used - begin) / this.#stride;
    this.#parts[row + partPlaces.transitions] = expander.transitions;
  }

  #collector(): Batch {
    const { words } = this.model;
    return new Batch(this.model, this.store, ({ length, states, hashes, parents }) => {
      for (let at = 0; at < length; at++) this.#claim(states, at * words, hashes[at]!, parents[at]!);
    });
  }

  /**
   * After the table has grown: claims a slot for every candidate, as `expand` would have if there had been room. Those that
   * are not needed keep their places, so that every part does.
   */
  #claimAgain(): void {
    const { words } = this.store;
    const state = new Int32Array(words);
    const end = this.#used;
    const { view } = this.#own;
    for (let part = 0; part < this.#bounds.length - 1; part++) {
      const row = part * partPlaces.length;
      if (this.#parts[row + partPlaces.owner] === this.#rank) this.#parts[row + partPlaces.lost] = 0;
    }
    for (let at = 0; at < end; at += this.#stride) {
      this.#startAt(at);
      for (let word = 0; word < words; word++) state[word] = view[at + header + word]!;
      this.#claim(state, 0, hashState(state, words), view[at + parentPlace]!);
      if (this.#used === at) this.#lose(this.#rank, at);
    }
    this.#startAt(end);
  }

  /**
   * Claims a slot for a state as this member's next candidate, unless the state is known or claimed by a better one.
   * Where the table is full, the candidate has no slot.
   */
  #claim(from: Int32Array, offset: number, hash: number, parent: number): void {
    const { table, mask, count, cells, words } = this.store;
    let slot = hash & mask;
    for (;;) {
      const found = table[slot]!;
      if (found === 0) {
        if (this.#swap(slot, 0, from, offset, hash, parent)) return;
      } else if (((found ^ hash) & ~mask) !== 0) {
        slot = (slot + 1) & mask;
      } else if ((found & mask) <= count) {
        const at = ((found & mask) - 1) * words;
        let word = 0;
        while (word < words && cells[at + word] === from[offset + word]) word++;
        if (word === words) return;
        slot = (slot + 1) & mask;
      } else {
        const rival = Atomics.load(table, slot);
        const number = (rival & mask) - 1 - count;
        const owner = number % this.#size;
        const at = ((number - owner) / this.#size) * this.#stride;
        if (!this.#isCandidate(owner, at, from, offset)) slot = (slot + 1) & mask;
        else if (this.#candidates[owner]!.view[at + parentPlace]! <= parent) return;
        else if (this.#swap(slot, rival, from, offset, hash, parent)) return this.#lose(owner, at);
      }
    }
  }

  /** Makes this member's next candidate, and puts it in a slot if that still holds what was found in it. */
  #swap(slot: number, found: number, from: Int32Array, offset: number, hash: number, parent: number): boolean {
    const { table, mask, count, words } = this.store;
    const used = this.#used;
    const number = count + this.#number;
    const hasRoom = number < capacity(mask);
    // All of it is written before others can find it.
    this.#own.ensure(used + this.#stride);
    const { view } = this.#own;
    view[used + parentPlace] = parent;
    view[used + slotPlace] = hasRoom ? slot : slotless;
    for (let word = 0; word < words; word++) view[used + header + word] = from[offset + word]!;
    const entry = (hash & ~mask) | (number + 1);
    if (hasRoom && Atomics.compareExchange(table, slot, found, entry) !== found) return false;
    this.#used = used + this.#stride;
    this.#number += this.#size;
    return true;
  }

  #isCandidate(owner: number, at: number, from: Int32Array, offset: number): boolean {
    const column = this.#candidates[owner]!;
    const { words } = this.store;
    if (at + this.#stride > column.view.length) column.refresh();
    const { view } = column;
    const start = at + header;
    let word = 0;
    while (word < words && view[start + word] === from[offset + word]) word++;
    return word === words;
  }

  /** The candidate at place `at` of a member has lost its slot, or the claim to one. */
  #lose(owner: number, at: number): void {
    const { view } = this.#candidates[owner]!;
    view[at + slotPlace] = slotless;
    const row = this.#partOf(view[at + parentPlace]!) * partPlaces.length;
    Atomics.add(this.#parts, row + partPlaces.lost, 1);
  }

  #commit(part: number): void {
    const { store } = this;
    const row = part * partPlaces.length;
    const { view } = this.#candidates[this.#parts[row + partPlaces.owner]!]!;
    const stride = this.#stride;
    const fetched = this.#fetched;
    const { table, mask } = store;
    const begin = this.#parts[row + partPlaces.begin]!;
    const end = begin + this.#parts[row + partPlaces.candidates]! * stride;
    let index = store.count + this.#sumBefore(part, 'candidates') - this.#sumBefore(part, 'lost');
    for (let start = begin; start < end; start += fetched.length * stride) {
      const length = Math.min(fetched.length, (end - start) / stride);
      // Slots lie all over memory: looked at in a row, they arrive together.
      for (let at = 0; at < length; at++) fetched[at] = table[view[start + at * stride + slotPlace]!] ?? 0;
      for (let at = 0; at < length; at++) {
        const from = start + at * stride;
        const slot = view[from + slotPlace]!;
        if (slot === slotless) continue;
        store.write(index, view, from + header, view[from + parentPlace]!);
        table[slot] = (fetched[at]! & ~mask) | (index + 1);
        index++;
      }
    }
    if (needsGraph(this.model)) this.#offsetRows(part);
  }

  /** Makes the ranges of edges, which `expand` counted from the first edge of the part, absolute. */
  #offsetRows(part: number): void {
    const rows = this.graph.firstEdges.view;
    const offset = this.#block[blockPlaces.priorTransitions]! + this.#sumBefore(part, 'transitions');
    const [from, to] = this.#statesOf(part);
    for (let index = from; index < to; index++) rows[index]! += offset;
  }

  #sumBefore(part: number, place: keyof typeof partPlaces): number {
    let sum = 0;
    for (let at = 0; at < part; at++) sum += this.#parts[at * partPlaces.length + partPlaces[place]]!;
    return sum;
  }
}
