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

/** Stored states by their numbers, whoever stores them. */
export interface States {
  readonly words: number;
  readonly count: number;
  /** Copies the state of this number out. */
  read(number: number, into: Int32Array): void;
  /** The number of the state from which that of this number was reached; -1 if it is initial. */
  parentOf(number: number): number;
  /** The number of the state that stands at `offset` in `from`, or -1; its `hash` is that of {@link hashState}. */
  find(from: Int32Array, offset: number, hash: number): number;
}

/**
 * Numbered states with exact lookup. It is ready once a table is reserved; threads that share its memory call `refresh`
 * when the one that adds to it may have done so.
 */
export class StateStore implements States {
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

  read(index: number, into: Int32Array): void {
    const at = index * this.words;
    for (let word = 0; word < this.words; word++) into[word] = this.cells[at + word]!;
  }

  parentOf(index: number): number {
    return this.parents[index]!;
  }

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
      this.find(from, offset, hash);
    }
    this.#reserveStates(index + 1);
    this.table[this.slot] = (hash & ~this.mask) | (index + 1);
    const at = index * this.words;
    for (let word = 0; word < this.words; word++) this.cells[at + word] = from[offset + word]!;
    this.parents[index] = parent;
    this.count = index + 1;
    return index;
  }

  #reserveStates(count: number): void {
    if (count <= this.parents.length && count * this.words <= this.cells.length) return;
    this.#cells.ensure(count * this.words);
    this.#parents.ensure(count);
    this.cells = this.#cells.view;
    this.parents = this.#parents.view;
  }

  /** Makes the table fit for `count` states. */
  reserveTable(count: number): void {
    const size = tableSize(count);
    if (size <= this.mask + 1) return;
    this.table.fill(0);
    this.#table.ensure(size);
    this.table = this.#table.view;
    this.mask = size - 1;
    this.#refill();
  }

  /** Enters all states, which are known to be distinct, in the emptied table. */
  #refill(): void {
    const { words, mask, table, count } = this;
    const state = new Int32Array(words);
    const hashes = new Int32Array(refillBatch);
    const homes = new Int32Array(refillBatch);
    for (let start = 0; start < count; start += refillBatch) {
      const length = Math.min(refillBatch, count - start);
      for (let at = 0; at < length; at++) {
        this.read(start + at, state);
        hashes[at] = hashState(state, words);
      }
      // Slots lie all over memory. Looked at in a row they arrive together, while each write would wait for its own.
      for (let at = 0; at < length; at++) homes[at] = table[hashes[at]! & mask]!;
      for (let at = 0; at < length; at++) {
        let slot = (homes[at] === 0 ? hashes[at]! : hashes[at]! + 1) & mask;
        while (table[slot] !== 0) slot = (slot + 1) & mask;
        table[slot] = (hashes[at]! & ~mask) | (start + at + 1);
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
