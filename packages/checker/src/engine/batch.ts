/**
 * Successors on their way into the visited set, a few dozen at a time. Where they belong lies all over memory: looked for
 * one by one, each waits for its own cache lines; looked for together, they wait once.
 */
import type { Model } from './model.ts';
import { hashState, type StateStore } from './store.ts';

/** Takes the successor that stands at `offset` in `states`. */
export type Take = (states: Int32Array, offset: number, hash: number, parent: number) => void;

const size = 64;

/** Collects what is emitted and hands it on in the same order, at the latest when it is flushed. */
export class Batch {
  readonly #store: StateStore;
  readonly #words: number;
  readonly #canonicalise: ((state: Int32Array) => void) | undefined;
  readonly #take: Take;
  readonly #states: Int32Array;
  readonly #scratch: Int32Array;
  readonly #hashes = new Int32Array(size);
  readonly #parents = new Int32Array(size);
  readonly #fetched = new Int32Array(size);
  #length = 0;

  constructor(model: Model, store: StateStore, take: Take) {
    this.#store = store;
    this.#words = model.words;
    this.#canonicalise = model.canonicalise?.bind(model);
    this.#take = take;
    this.#states = new Int32Array(size * model.words);
    this.#scratch = new Int32Array(model.words);
  }

  add(next: Int32Array, parent: number): void {
    const words = this.#words;
    const states = this.#states;
    const at = this.#length;
    let state = next;
    if (this.#canonicalise !== undefined) {
      state = this.#scratch;
      for (let word = 0; word < words; word++) state[word] = next[word]!;
      this.#canonicalise(state);
    }
    const offset = at * words;
    for (let word = 0; word < words; word++) states[offset + word] = state[word]!;
    this.#hashes[at] = hashState(state, words);
    this.#parents[at] = parent;
    this.#length = at + 1;
    if (at + 1 === size) this.flush();
  }

  flush(): void {
    const length = this.#length;
    const words = this.#words;
    const hashes = this.#hashes;
    this.#length = 0;
    this.#fetch(length);
    for (let at = 0; at < length; at++) {
      this.#take(this.#states, at * words, hashes[at]!, this.#parents[at]!);
    }
  }

  /** Asks for the memory that will be looked at, and makes nothing of it. */
  #fetch(length: number): void {
    const { table, mask, cells, words, count } = this.#store;
    const hashes = this.#hashes;
    const fetched = this.#fetched;
    for (let at = 0; at < length; at++) fetched[at] = table[hashes[at]! & mask]!;
    for (let at = 0; at < length; at++) {
      const entry = fetched[at]!;
      const index = (entry & mask) - 1;
      const isLikely = ((entry ^ hashes[at]!) & ~mask) === 0 && index >= 0 && index < count;
      if (isLikely) fetched[at] = cells[index * words]!;
    }
  }
}
