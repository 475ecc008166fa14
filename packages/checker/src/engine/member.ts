/**
 * What one thread of a crew does. A block of states is worked off in phases, and all threads finish a phase before the
 * next begins:
 *
 * 1. `expand`: each thread takes an equal share of the block, in order. A successor that is not in the table becomes a
 *    candidate, and claims a slot of the table by compare-and-swap. Of equal candidates that of the lower share wins, and
 *    within a share the earlier one: the one that a thread alone would have met first.
 * 2. `refill` and `claim`, only if the table turns out to be too small: it is emptied and grows, and known states are
 *    entered again, then candidates.
 * 3. `tally`: each thread counts its candidates that still own their slots.
 * 4. `commit`: those are stored, share after share, which is the order in which one thread alone would have discovered
 *    them. Numbering, parents and counterexamples therefore never depend on the number of threads.
 *
 * `link` fills in the graph; there each thread works on its own rows.
 */
import { Batch } from './batch.ts';
import { Column } from './column.ts';
import { blockPlaces, tallyPlaces, type CrewMemory, type Phase } from './crew-memory.ts';
import { Expander, findingsLength } from './expander.ts';
import { link, needsGraph, type Graph } from './graph.ts';
import type { Model } from './model.ts';
import { capacity, StateStore } from './store.ts';

/** A candidate is its hash, its parent, its slot in the table and its words. */
const header = 3;
const hashPlace = 0;
const parentPlace = 1;
const slotPlace = 2;

/** Instead of a slot: the candidate is not needed. */
const superfluous = -1;
/** Instead of a slot: there was no room in the table. */
const slotless = -2;

/** One thread of a crew. Its phases are run in step with those of the other members. */
export class Member {
  readonly model: Model;
  readonly store: StateStore;
  readonly graph: Graph;
  readonly expander: Expander;
  readonly #rank: number;
  readonly #size: number;
  readonly #block: Int32Array;
  readonly #tallies: Int32Array;
  readonly #candidates: readonly Column[];
  readonly #own: Column;
  readonly #stride: number;
  readonly #collecting: Batch;
  #used = 0;
  /** Where the last swap has put the candidate. */
  #slot = slotless;

  constructor(model: Model, memory: CrewMemory, rank: number, size: number) {
    this.model = model;
    this.store = new StateStore(model.words, memory.store);
    this.graph = {
      firstEdges: new Column(memory.graph.firstEdges),
      targets: new Column(memory.graph.targets),
      moves: new Column(memory.graph.moves),
    };
    const checks = findingsLength(model);
    const findings = new Int32Array(memory.findings, rank * checks * 4, checks);
    this.expander = new Expander(model, this.store, findings, this.graph.firstEdges);
    this.#rank = rank;
    this.#size = size;
    this.#block = new Int32Array(memory.block);
    this.#tallies = new Int32Array(memory.tallies);
    this.#candidates = memory.candidates.map((buffer) => new Column(buffer));
    this.#own = this.#candidates[rank]!;
    this.#stride = header + model.words;
    this.#collecting = this.#collector();
  }

  perform(phase: Phase): void {
    this.store.refresh(this.#block[blockPlaces.count]!, this.#block[blockPlaces.tableSize]!);
    for (const column of [...Object.values(this.graph), ...this.#candidates]) column.refresh();
    const [from, to] = this.#share();
    switch (phase) {
      case 'expand':
        return this.#expand(from, to);
      case 'refill':
        return this.store.refill(from, to);
      case 'claim':
        return this.#claimAgain();
      case 'tally':
        return this.#tally();
      case 'commit':
        this.#commit();
        return needsGraph(this.model) ? this.#offsetRows(from, to) : undefined;
      case 'link':
        return link(this.model, this.store, this.graph, from, to);
    }
  }

  #expand(from: number, to: number): void {
    this.#used = 0;
    this.expander.transitions = 0;
    this.expander.run(from, to, this.#collecting);
    this.#report('transitions', this.expander.transitions);
    this.#report('candidates', this.#used / this.#stride);
  }

  #collector(): Batch {
    return new Batch(this.model, this.store, (states, offset, hash, parent) => {
      const slot = this.#claim(states, offset, hash, parent);
      if (slot !== superfluous) this.#add(slot);
    });
  }

  /** After the table has grown: claims a slot for every candidate, as `expand` would have if there had been room. */
  #claimAgain(): void {
    const state = new Int32Array(this.model.words);
    const end = this.#used;
    this.#used = 0;
    while (this.#used < end) {
      const { view } = this.#own;
      for (let word = 0; word < state.length; word++) state[word] = view[this.#used + header + word]!;
      this.#add(this.#claim(state, 0, view[this.#used + hashPlace]!, view[this.#used + parentPlace]!));
    }
  }

  /**
   * Claims a slot for a state as this member's next candidate. Superfluous candidates are those whose state is known or
   * claimed by a better one; where the table is full, the candidate has no slot.
   */
  #claim(from: Int32Array, offset: number, hash: number, parent: number): number {
    const { table, mask, count, cells, words } = this.store;
    let slot = hash & mask;
    for (;;) {
      const found = table[slot]!;
      if (found === 0) {
        if (this.#swap(slot, 0, from, offset, hash, parent)) return this.#slot;
      } else if (((found ^ hash) & ~mask) !== 0) {
        slot = (slot + 1) & mask;
      } else if ((found & mask) <= count) {
        const at = ((found & mask) - 1) * words;
        let word = 0;
        while (word < words && cells[at + word] === from[offset + word]) word++;
        if (word === words) return superfluous;
        slot = (slot + 1) & mask;
      } else {
        const rival = Atomics.load(table, slot);
        const number = (rival & mask) - 1 - count;
        if (!this.#isCandidate(number, from, offset)) slot = (slot + 1) & mask;
        else if (number % this.#size <= this.#rank) return superfluous;
        else if (this.#swap(slot, rival, from, offset, hash, parent)) return this.#slot;
      }
    }
  }

  /** Puts this member's next candidate in a slot if that still holds what was found in it. */
  #swap(slot: number, found: number, from: Int32Array, offset: number, hash: number, parent: number): boolean {
    const { table, mask, count } = this.store;
    this.#write(from, offset, hash, parent);
    const number = count + (this.#used / this.#stride) * this.#size + this.#rank;
    this.#slot = number < capacity(mask) ? slot : slotless;
    const entry = (hash & ~mask) | (number + 1);
    return this.#slot === slotless || Atomics.compareExchange(table, slot, found, entry) === found;
  }

  #isCandidate(number: number, from: Int32Array, offset: number): boolean {
    const owner = number % this.#size;
    const at = ((number - owner) / this.#size) * this.#stride + header;
    const column = this.#candidates[owner]!;
    const { words } = this.store;
    if (at + words > column.view.length) column.refresh();
    const { view } = column;
    let word = 0;
    while (word < words && view[at + word] === from[offset + word]) word++;
    return word === words;
  }

  /** Writes this member's next candidate, before others can find it. */
  #write(from: Int32Array, offset: number, hash: number, parent: number): void {
    const at = this.#used;
    this.#own.ensure(at + this.#stride);
    const { view } = this.#own;
    view[at + hashPlace] = hash;
    view[at + parentPlace] = parent;
    for (let word = 0; word < this.store.words; word++) view[at + header + word] = from[offset + word]!;
  }

  #add(slot: number): void {
    this.#own.view[this.#used + slotPlace] = slot;
    this.#used += this.#stride;
  }

  #tally(): void {
    const { table, mask, count } = this.store;
    const own = this.#own.view;
    let number = count + this.#rank;
    let winners = 0;
    for (let at = 0; at < this.#used; at += this.#stride, number += this.#size) {
      const slot = own[at + slotPlace]!;
      if (slot >= 0 && (table[slot]! & mask) - 1 === number) winners++;
      else own[at + slotPlace] = superfluous;
    }
    this.#report('winners', winners);
  }

  #commit(): void {
    const { store } = this;
    const { table, mask } = store;
    const own = this.#own.view;
    let index = store.count + this.#sumOfLower('winners');
    for (let at = 0; at < this.#used; at += this.#stride) {
      const slot = own[at + slotPlace]!;
      if (slot < 0) continue;
      store.write(index, own, at + header, own[at + parentPlace]!);
      table[slot] = (own[at + hashPlace]! & ~mask) | (index + 1);
      index++;
    }
  }

  /** Makes the ranges of edges, which `expand` counted from the first edge of this share, absolute. */
  #offsetRows(from: number, to: number): void {
    const rows = this.graph.firstEdges.view;
    const offset = this.#block[blockPlaces.priorTransitions]! + this.#sumOfLower('transitions');
    for (let index = from; index < to; index++) rows[index]! += offset;
  }

  #share(): [from: number, to: number] {
    const from = this.#block[blockPlaces.from]!;
    const length = this.#block[blockPlaces.to]! - from;
    const bound = (rank: number) => from + Math.floor((length * rank) / this.#size);
    return [bound(this.#rank), bound(this.#rank + 1)];
  }

  #sumOfLower(place: keyof typeof tallyPlaces): number {
    let sum = 0;
    for (let rank = 0; rank < this.#rank; rank++) sum += this.#tallies[rank * tallyPlaces.length + tallyPlaces[place]]!;
    return sum;
  }

  #report(place: keyof typeof tallyPlaces, value: number): void {
    this.#tallies[this.#rank * tallyPlaces.length + tallyPlaces[place]] = value;
  }
}
