/**
 * What one thread of a crew does. A block of states is worked off in phases, and all threads finish a phase before the
 * next begins.
 *
 * 1. `expand`: who is free takes the next part of the block, so that nobody waits for long, and puts each successor into a
 *    queue for the member to whom its hash falls.
 * 2. `settle`: each member stores what is new of the entries for it, part after part, as one thread alone would meet them.
 * 3. `number`: what was new is numbered part after part, in the order in which it was emitted. Numbering, parents and
 *    counterexamples therefore never depend on the threads.
 *
 * `link` fills in the graph; there each thread works on rows of its own.
 */
import { Column } from './column.ts';
import { blockPlaces, columnPlaces, divide, partPlaces, Parts, type CrewMemory, type Phase } from './crew-memory.ts';
import { Expander, findingsLength } from './expander.ts';
import { link, needsGraph, type Graph } from './graph.ts';
import type { Model } from './model.ts';
import { Intake, Outbox, Queue, type Finds } from './queue.ts';
import { Shards } from './shards.ts';

/** One thread of a crew. Its phases are run in step with those of the other members. */
export class Member {
  readonly model: Model;
  readonly shards: Shards;
  readonly graph: Graph;
  readonly #expander: Expander;
  readonly #rank: number;
  readonly #ranks: readonly number[];
  readonly #block: Int32Array;
  readonly #parts: Parts;
  readonly #bounds: readonly number[];
  readonly #queues: readonly (readonly Column[])[];
  readonly #own: readonly Queue[];
  readonly #intakes: readonly Intake[];
  readonly #finds: readonly FindList[];

  constructor(model: Model, memory: CrewMemory, rank: number, size: number) {
    this.model = model;
    this.shards = new Shards(model.words, memory.shards);
    this.graph = {
      firstEdges: new Column(memory.graph.firstEdges),
      targets: new Column(memory.graph.targets),
      moves: new Column(memory.graph.moves),
    };
    this.#rank = rank;
    this.#ranks = Array.from({ length: size }, (_, each) => each);
    this.#block = new Column(memory.block).view;
    this.#parts = new Parts(memory.parts, size);
    this.#bounds = divide(size);
    this.#queues = memory.queues.map((queues) => queues.map((buffer) => new Column(buffer)));
    this.#own = this.#queues[rank]!.map(growingQueue);
    this.#intakes = this.shards.stores.map((store) => new Intake(store));
    this.#finds = memory.finds.map((buffer) => new FindList(buffer));
    const checks = findingsLength(model);
    const findings = new Column(memory.findings).view.subarray(rank * checks, (rank + 1) * checks);
    const outbox = new Outbox(model, this.#own);
    this.#expander = new Expander(model, this.shards, findings, this.graph.firstEdges, outbox);
  }

  perform(phase: Phase): void {
    this.shards.refresh(this.#block[blockPlaces.count]!);
    for (const column of [...Object.values(this.graph), ...this.#queues.flat()]) column.refresh();
    switch (phase) {
      case 'expand':
        for (const queue of this.#own) queue.used = 0;
        return this.#eachPart((part) => this.#expand(part));
      case 'settle':
        for (const owner of this.#ranks) if (!this.#isShared || owner === this.#rank) this.#settle(owner);
        return;
      case 'number':
        for (const finds of this.#finds) finds.refresh();
        return this.#eachPart((part) => this.#number(part));
      case 'link':
        return this.#eachPart((part) => link(this.model, this.shards, this.graph, ...this.#statesOf(part)));
    }
  }

  /** Else this member does all of it. */
  get #isShared(): boolean {
    return this.#block[blockPlaces.isShared] === 1;
  }

  #eachPart(work: (part: number) => void): void {
    const take = () => Atomics.add(this.#block, blockPlaces.nextPart, 1);
    for (let part = take(); part < this.#parts.length; part = take()) work(part);
  }

  #statesOf(part: number): [from: number, to: number] {
    const from = this.#block[blockPlaces.from]!;
    const length = this.#block[blockPlaces.to]! - from;
    return [from + Math.floor(length * this.#bounds[part]!), from + Math.floor(length * this.#bounds[part + 1]!)];
  }

  #expand(part: number): void {
    const { view } = this.#parts;
    const note = (place: number) =>
      this.#own.forEach(({ used }, owner) => (view[this.#parts.columnOf(part, owner) + place] = used));
    const row = this.#parts.rowOf(part);
    view[row + partPlaces.expander] = this.#rank;
    note(columnPlaces.begin);
    this.#expander.transitions = 0;
    this.#expander.run(...this.#statesOf(part));
    note(columnPlaces.end);
    view[row + partPlaces.transitions] = this.#expander.transitions;
  }

  #settle(owner: number): void {
    const { view } = this.#parts;
    const finds = this.#finds[owner]!;
    finds.length = 0;
    for (let part = 0; part < this.#parts.length; part++) {
      const expander = view[this.#parts.rowOf(part) + partPlaces.expander]!;
      const column = this.#parts.columnOf(part, owner);
      view[column + columnPlaces.findsBegin] = finds.length;
      const entries = this.#queues[expander]![owner]!.view;
      this.#intakes[owner]!.take(entries, view[column + columnPlaces.begin]!, view[column + columnPlaces.end]!, finds);
      view[column + columnPlaces.findsEnd] = finds.length;
    }
    if (needsGraph(this.model)) this.shards.reservePlaces(owner);
    this.shards.publish(owner);
  }

  /** Merges what was new to each shard by the order in which it was emitted. */
  #number(part: number): void {
    const count = this.#block[blockPlaces.count]!;
    const from = count + this.#parts.foundBefore(part);
    const to = count + this.#parts.foundBefore(part + 1);
    const isSought = needsGraph(this.model);
    const finds = this.#finds.map(({ view }) => view);
    const column = (place: number) =>
      this.#ranks.map((owner) => this.#parts.view[this.#parts.columnOf(part, owner) + place]!);
    const heads = column(columnPlaces.findsBegin);
    const ends = column(columnPlaces.findsEnd);
    const ordinalAt = (owner: number) =>
      heads[owner]! < ends[owner]! ? finds[owner]![heads[owner]! * findLength + findPlaces.ordinal]! : Infinity;
    const ordinals = this.#ranks.map(ordinalAt);
    for (let number = from; number < to; number++) {
      let next = 0;
      for (let owner = 1; owner < ordinals.length; owner++) if (ordinals[owner]! < ordinals[next]!) next = owner;
      const place = finds[next]![heads[next]! * findLength + findPlaces.place]!;
      this.shards.assign(number, next, place, isSought);
      heads[next]!++;
      ordinals[next] = ordinalAt(next);
    }
    if (isSought) this.#offsetRows(part);
  }

  /** Makes the ranges of edges, which `expand` counted from the first edge of the part, absolute. */
  #offsetRows(part: number): void {
    const rows = this.graph.firstEdges.view;
    const offset = this.#block[blockPlaces.priorTransitions]! + this.#parts.transitionsBefore(part);
    const [from, to] = this.#statesOf(part);
    for (let index = from; index < to; index++) rows[index]! += offset;
  }
}

function growingQueue(column: Column): Queue {
  const queue: Queue = new Queue(column.view, () => {
    column.ensure(column.view.length + 2 ** 16);
    queue.view = column.view;
  });
  return queue;
}

const findPlaces = { place: 0, ordinal: 1 } as const;
const findLength = 2;

/** What was new to a shard: its place, and how many successors of its part were emitted before. */
class FindList implements Finds {
  length = 0;
  readonly #column: Column;

  constructor(buffer: SharedArrayBuffer) {
    this.#column = new Column(buffer);
  }

  get view(): Int32Array {
    return this.#column.view;
  }

  note(place: number, ordinal: number): void {
    const at = this.length * findLength;
    this.#column.ensure(at + findLength);
    this.#column.view[at + findPlaces.place] = place;
    this.#column.view[at + findPlaces.ordinal] = ordinal;
    this.length++;
  }

  refresh(): void {
    this.#column.refresh();
  }
}
