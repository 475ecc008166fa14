/**
 * The visited set: packed states numbered in the order of their discovery, each with the state it was reached from, and
 * a hash table with open addressing that finds them again. Membership is exact, since whole states are compared. A slot
 * of the table holds a state's number plus one and, in the bits that the number leaves free, bits of its hash that the
 * slot's own number does not tell, so that states are rarely fetched in vain.
 */
import { Column } from './column.ts';
import type { PackedState } from './state.ts';

/** The shared buffers behind a {@link StateStore}. */
export interface StoreMemory {
  readonly cells: SharedArrayBuffer;
  readonly parents: SharedArrayBuffer;
  readonly table: SharedArrayBuffer;
}

const smallestTable = 2 ** 12;
const refillBatch = 64;

/** How many states a table takes whose slots are numbered 0 to `mask`. */
export const capacity = (mask: number): number => (mask + 1) * 0.75;

/** Slots that the table needs for `count` states: a power of two. */
export function tableSize(count: number): number {
  let size = smallestTable;
  while (capacity(size - 1) < count) size *= 2;
  return size;
}

/** Mixes the words of a state into 32 bits. */
export function hashState(state: PackedState, words: number): number {
  let hash = 0x3c6ef372;
  for (let word = 0; word < words; word++) {
    hash = Math.imul(hash ^ state[word]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/**
 * Numbered states with exact lookup. It is ready once a table is reserved; threads that share its memory call `refresh`
 * when another one may have added to it.
 */
export class StateStore {
  readonly words: number;
  count = 0;
  /** Where the last `find` that found nothing stopped: the free slot that the state belongs in. */
  slot = 0;
  mask = 0;
  cells: Int32Array;
  parents: Int32Array;
  table: Int32Array;
  readonly #cells: Column;
  readonly #parents: Column;
  readonly #table: Column;

  constructor(words: number, memory?: StoreMemory) {
    this.words = words;
    this.#cells = new Column(memory?.cells);
    this.#parents = new Column(memory?.parents);
    this.#table = new Column(memory?.table);
    this.cells = this.#cells.view;
    this.parents = this.#parents.view;
    this.table = this.#table.view;
  }

  /** Copies a state out. */
  read(index: number, into: Int32Array): void {
    const at = index * this.words;
    for (let word = 0; word < this.words; word++) into[word] = this.cells[at + word]!;
  }

  /** The number of the state that stands at `offset` in `from`, or -1; its `hash` is that of {@link hashState}. */
  find(from: Int32Array, offset: number, hash: number): number {
    const { words, mask, table, cells } = this;
    let slot = hash & mask;
    for (;;) {
      const entry = table[slot]!;
      if (entry === 0) {
        this.slot = slot;
        return -1;
      }
      if (((entry ^ hash) & ~mask) === 0) {
        const index = (entry & mask) - 1;
        const at = index * words;
        let word = 0;
        while (word < words && cells[at + word] === from[offset + word]) word++;
        if (word === words) return index;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Adds the state that `find` has just not found, and returns its number. Initial states have the parent -1. */
  add(from: Int32Array, offset: number, hash: number, parent: number): number {
    const index = this.count;
    if (index >= capacity(this.mask)) {
      this.reserveTable(index + 1);
      this.refill(0, index);
      this.find(from, offset, hash);
    }
    this.reserveStates(index + 1);
    this.table[this.slot] = (hash & ~this.mask) | (index + 1);
    this.write(index, from, offset, parent);
    this.count = index + 1;
    return index;
  }

  /** Stores the state that stands at `offset` in `from` as number `index`, without entering it in the table. */
  write(index: number, from: Int32Array, offset: number, parent: number): void {
    const at = index * this.words;
    for (let word = 0; word < this.words; word++) this.cells[at + word] = from[offset + word]!;
    this.parents[index] = parent;
  }

  /** Makes room for `count` states. */
  reserveStates(count: number): void {
    if (count <= this.parents.length && count * this.words <= this.cells.length) return;
    this.#cells.ensure(count * this.words);
    this.#parents.ensure(count);
    this.cells = this.#cells.view;
    this.parents = this.#parents.view;
  }

  /** Makes the table fit for `count` states. If it had to grow, it returns true, and is empty until it is refilled. */
  reserveTable(count: number): boolean {
    const size = tableSize(count);
    if (size <= this.mask + 1) return false;
    this.table.fill(0);
    this.#table.ensure(size);
    this.table = this.#table.view;
    this.mask = size - 1;
    return true;
  }

  /**
   * Enters the states from `from` up to `to`, which are known to be distinct, in an emptied table. Several threads may
   * do so at once.
   */
  refill(from: number, to: number): void {
    const { words, mask, table } = this;
    const state = new Int32Array(words);
    const hashes = new Int32Array(refillBatch);
    const homes = new Int32Array(refillBatch);
    for (let start = from; start < to; start += refillBatch) {
      const length = Math.min(refillBatch, to - start);
      for (let at = 0; at < length; at++) {
        this.read(start + at, state);
        hashes[at] = hashState(state, words);
      }
      // Slots lie all over memory. Looked at in a row they arrive together, while each swap would wait for its own.
      for (let at = 0; at < length; at++) homes[at] = table[hashes[at]! & mask]!;
      for (let at = 0; at < length; at++) {
        const entry = (hashes[at]! & ~mask) | (start + at + 1);
        let slot = (homes[at] === 0 ? hashes[at]! : hashes[at]! + 1) & mask;
        while (Atomics.compareExchange(table, slot, 0, entry) !== 0) slot = (slot + 1) & mask;
      }
    }
  }

  /** Takes notice of what another thread has stored. */
  refresh(count: number, size: number): void {
    this.#cells.refresh();
    this.#parents.refresh();
    this.#table.refresh();
    this.cells = this.#cells.view;
    this.parents = this.#parents.view;
    this.table = this.#table.view;
    this.count = count;
    this.mask = size - 1;
  }
}
