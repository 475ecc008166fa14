/**
 * The visited set of a crew: to each member belong the states whose hash falls to it, and nobody else stores those. A shard
 * counts its own states, its places; over all of them states are numbered in the order of their discovery, and each number
 * is noted with the shard and the place.
 */
import { Column } from './column.ts';
import { ownerOf } from './queue.ts';
import { StateStore, type States, type StoreMemory } from './store.ts';

/** What the members of a crew share of their shards. */
export interface ShardsMemory {
  readonly stores: readonly StoreMemory[];
  /** For each shard the number of each place; only where the graph needs it. */
  readonly numbers: readonly SharedArrayBuffer[];
  /** For each number, the place and the shard in one word. */
  readonly order: SharedArrayBuffer;
  /** For each shard, how many states it has and the size of its table. */
  readonly sizes: SharedArrayBuffer;
}

/** Words of a shard's row of `sizes`. */
export const sizesLength = 2;

/** What each member sees of the shards. It writes into its own only, unless it works alone. */
export class Shards implements States {
  readonly words: number;
  readonly stores: readonly StateStore[];
  count = 0;
  readonly #numbers: readonly Column[];
  readonly #order: Column;
  readonly #sizes: Int32Array;
  readonly #ownerBits: number;

  constructor(words: number, memory: ShardsMemory) {
    this.words = words;
    this.stores = memory.stores.map((store) => new StateStore(words, store));
    this.#numbers = memory.numbers.map((buffer) => new Column(buffer));
    this.#order = new Column(memory.order);
    this.#sizes = new Column(memory.sizes).view;
    this.#ownerBits = Math.ceil(Math.log2(memory.stores.length));
  }

  read(number: number, into: Int32Array): void {
    const code = this.#order.view[number]!;
    this.stores[this.#ownerIn(code)]!.read(code >>> this.#ownerBits, into);
  }

  parentOf(number: number): number {
    const code = this.#order.view[number]!;
    return this.stores[this.#ownerIn(code)]!.parentOf(code >>> this.#ownerBits);
  }

  find(from: Int32Array, offset: number, hash: number): number {
    const owner = ownerOf(hash, this.stores.length);
    const place = this.stores[owner]!.find(from, offset, hash);
    return place < 0 ? -1 : this.#numbers[owner]!.view[place]!;
  }

  /** Makes room for so many states over all shards. */
  reserve(states: number): void {
    this.stores.forEach((store, owner) => {
      store.reserveTable(Math.ceil(states / this.stores.length));
      this.publish(owner);
    });
  }

  /** Makes room for so many numbers. */
  reserveNumbers(count: number): void {
    this.#order.ensure(count);
  }

  /** Gives a number to the state in a place of a shard. Only one that `isSought` can be found by its words. */
  assign(number: number, owner: number, place: number, isSought: boolean): void {
    this.#order.view[number] = (place << this.#ownerBits) | owner;
    if (isSought) this.#numbers[owner]!.view[place] = number;
  }

  /** Makes room for the numbers of the places that a shard has by now. */
  reservePlaces(owner: number): void {
    this.#numbers[owner]!.ensure(this.stores[owner]!.count);
  }

  /** Lets the others know how large a shard is by now. */
  publish(owner: number): void {
    const { count, mask } = this.stores[owner]!;
    this.#sizes[owner * sizesLength] = count;
    this.#sizes[owner * sizesLength + 1] = mask + 1;
  }

  /** Takes notice of what the others have stored. */
  refresh(count: number): void {
    this.count = count;
    for (const column of [this.#order, ...this.#numbers]) column.refresh();
    this.stores.forEach((store, owner) =>
      store.refresh(this.#sizes[owner * sizesLength]!, this.#sizes[owner * sizesLength + 1]!),
    );
  }

  #ownerIn(code: number): number {
    return code & ((1 << this.#ownerBits) - 1);
  }
}
