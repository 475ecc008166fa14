/**
 * Successors on their way into the visited set, a few dozen at a time. Where they belong lies all over memory: looked for
 * one by one, each waits for its own cache lines; looked for together, they wait once.
 */
import type { Model } from './model.ts';
import { hashState, type StateStore } from './store.ts';

/** Takes everything that a batch holds, in order. */
export type Drain = (batch: Batch) => void;

const size = 64;

/** Collects what is emitted and hands it on in the same order, at the latest when it is flushed. */
export class Batch {
  /** How many successors it holds. The other columns go by their places. */
  length = 0;
  /** Their words, one after the other. */
  readonly states: Int32Array;
  readonly hashes = new Int32Array(size);
  readonly parents = new Int32Array(size);
  readonly #store: StateStore;
  readonly #words: number;
  readonly #canonicalise: ((state: Int32Array) => void) | undefined;
  readonly #drain: Drain;
  readonly #scratch: Int32Array;
  readonly #fetched = new Int32Array(size);

  constructor(model: Model, store: StateStore, drain: Drain) {
    this.#store = store;
    this.#words = model.words;
    this.#canonicalise = model.canonicalise?.bind(model);
    this.#drain = drain;
    this.states = new Int32Array(size * model.words);
    this.#scratch = new Int32Array(model.words);
  }

  add(next: Int32Array, parent: number): void {
    const words = this.#words;
    const { states } = this;
    const at = this.length;
    let state = next;
    if (this.#canonicalise !== undefined) {
      state = this.#scratch;
      for (let word = 0; word < words; word++) state[word] = next[word]!;
      this.#canonicalise(state);
    }
    const offset = at * words;
    for (let word = 0; word < words; word++) states[offset + word] = state[word]!;
    this.hashes[at] = hashState(state, words);
    this.parents[at] = parent;
    this.length = at + 1;
    if (at + 1 === size) this.flush();
  }

  flush(): void {
    this.#fetch();
    this.#drain(this);
    this.length = 0;
  }

  /** Asks for the memory that will be looked at, and makes nothing of it. */
  #fetch(): void {
    const { table, mask, cells, words, count } = this.#store;
    const { length, hashes } = this;
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
