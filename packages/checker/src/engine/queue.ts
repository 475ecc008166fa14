/**
 * Successors on their way into the visited set: each with its hash, the number of its parent, and how many successors were
 * emitted before it.
 */
import type { Model } from './model.ts';
import { hashState, type StateStore } from './store.ts';

/** Where things stand in an entry, behind the words of its state. */
const hashPlace = 0;
const parentPlace = 1;
const ordinalPlace = 2;

/** Words of an entry. */
export const entryLength = (words: number): number => words + 3;

/** Entries, one after the other. */
export class Queue {
  view: Int32Array;
  /** Words in use. */
  used = 0;
  /** Called when the next entry does not fit behind those that are there. */
  readonly makeRoom: () => void;

  constructor(view: Int32Array, makeRoom: () => void) {
    this.view = view;
    this.makeRoom = makeRoom;
  }
}

/** The rank, among so many, of the one who stores the states of a hash. */
export const ownerOf = (hash: number, size: number): number => ((hash >>> 16) * size) >>> 16;

/** Takes what a model emits, and puts it into the queue of its owner. */
export class Outbox {
  readonly #words: number;
  readonly #queues: readonly Queue[];
  readonly #canonicalise: ((state: Int32Array) => void) | undefined;
  readonly #scratch: Int32Array;

  constructor(model: Model, queues: readonly Queue[]) {
    this.#words = model.words;
    this.#queues = queues;
    this.#canonicalise = model.canonicalise?.bind(model);
    this.#scratch = new Int32Array(model.words);
  }

  add(next: Int32Array, parent: number, ordinal: number): void {
    const words = this.#words;
    let state = next;
    if (this.#canonicalise !== undefined) {
      state = this.#scratch;
      for (let word = 0; word < words; word++) state[word] = next[word]!;
      this.#canonicalise(state);
    }
    const hash = hashState(state, words);
    const queue = this.#queues[ownerOf(hash, this.#queues.length)]!;
    if (queue.used + entryLength(words) > queue.view.length) queue.makeRoom();
    const { view, used } = queue;
    for (let word = 0; word < words; word++) view[used + word] = state[word]!;
    const behind = used + words;
    view[behind + hashPlace] = hash;
    view[behind + parentPlace] = parent;
    view[behind + ordinalPlace] = ordinal;
    queue.used = used + entryLength(words);
  }
}

/** Hears of each state that was new, in the order of the entries. */
export interface Finds {
  note(place: number, ordinal: number): void;
}

/** How many entries are looked for together. */
export const fetchLength = 64;

/**
 * Stores what is new. Where states belong lies all over memory: looked for one by one, each waits for its own cache lines;
 * looked for together, they wait once.
 */
export class Intake {
  readonly #store: StateStore;
  readonly #fetched = new Int32Array(fetchLength);

  constructor(store: StateStore) {
    this.#store = store;
  }

  /** Takes the entries that stand from `begin` up to `end`. */
  take(entries: Int32Array, begin: number, end: number, finds?: Finds): void {
    const store = this.#store;
    const { words } = store;
    const stride = entryLength(words);
    for (let start = begin; start < end; start += fetchLength * stride) {
      const stop = Math.min(end, start + fetchLength * stride);
      this.#fetch(entries, start, stop);
      for (let at = start; at < stop; at += stride) {
        const behind = at + words;
        const hash = entries[behind + hashPlace]!;
        if (store.find(entries, at, hash) >= 0) continue;
        const place = store.add(entries, at, hash, entries[behind + parentPlace]!);
        finds?.note(place, entries[behind + ordinalPlace]!);
      }
    }
  }

  /** Asks for the memory that will be looked at, and makes nothing of it. */
  #fetch(entries: Int32Array, start: number, stop: number): void {
    const { table, mask, cells, words } = this.#store;
    const stride = entryLength(words);
    const fetched = this.#fetched;
    for (let at = start + words + hashPlace, to = 0; at < stop; at += stride)
      fetched[to++] = table[entries[at]! & mask]!;
    for (let at = start + words + hashPlace, to = 0; at < stop; at += stride, to++) {
      const entry = fetched[to]!;
      const isLikely = entry !== 0 && ((entry ^ entries[at]!) & ~mask) === 0;
      if (isLikely) fetched[to] = cells[((entry & mask) - 1) * words]!;
    }
  }
}
