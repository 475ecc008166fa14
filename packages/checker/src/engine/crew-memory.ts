/**
 * What the threads of a crew have in common: the phases in which they work, and the memory that they share. Nothing else
 * passes between them.
 */
import { Column, reserve } from './column.ts';
import { findingsLength } from './expander.ts';
import type { Graph } from './graph.ts';
import type { Model } from './model.ts';
import { sizesLength, type ShardsMemory } from './shards.ts';

/** The phases of a block; what happens in them stands in `member.ts`. */
export const phases = ['expand', 'settle', 'number', 'link'] as const;

export type Phase = (typeof phases)[number];

/** Everything that the threads of a crew share. */
export interface CrewMemory {
  readonly shards: ShardsMemory;
  readonly graph: { readonly [column in keyof Graph]: SharedArrayBuffer };
  /** For each member, the queues of what it has for the others and for itself, by their ranks. */
  readonly queues: readonly (readonly SharedArrayBuffer[])[];
  /** For each shard, what was new to it in this block. */
  readonly finds: readonly SharedArrayBuffer[];
  /** One row of findings for each member. */
  readonly findings: SharedArrayBuffer;
  /** What the first member tells the others about the block, and which part of it is to be taken next. */
  readonly block: SharedArrayBuffer;
  /** What is known of each part of the block. */
  readonly parts: SharedArrayBuffer;
}

/**
 * How a block is divided: where each part begins, as a fraction of the block. There are so many rounds in which each thread
 * takes a part, and each but the last shares out two thirds of what remains: neighbours stay together, since they have
 * successors in common, and yet nobody waits for long.
 */
export function divide(size: number): readonly number[] {
  const rounds = 5;
  const bounds = Array.from({ length: rounds * size }, (_, part) => {
    const round = Math.floor(part / size);
    const left = 3 ** -round;
    return 1 - left + (left * (round === rounds - 1 ? 1 : 2 / 3) * (part % size)) / size;
  });
  return [...bounds, 1];
}

/** Places in `block`. */
export const blockPlaces = {
  from: 0,
  to: 1,
  count: 2,
  isShared: 3,
  priorTransitions: 4,
  nextPart: 5,
  length: 6,
} as const;

/** Places in a part's row: who has expanded it, how many transitions were counted, and a column for each shard. */
export const partPlaces = { expander: 0, transitions: 1, columns: 2 } as const;

/** Where in its expander's queue the part's entries for a shard begin and end, and where what was new of them in the finds. */
export const columnPlaces = { begin: 0, end: 1, findsBegin: 2, findsEnd: 3, length: 4 } as const;

/** Length of a part's row in a crew of so many. */
const partLength = (size: number): number => partPlaces.columns + size * columnPlaces.length;

/** What is known of each part of the block, row after row. */
export class Parts {
  readonly view: Int32Array;
  /** How many parts there are. */
  readonly length: number;
  readonly #size: number;

  constructor(buffer: SharedArrayBuffer, size: number) {
    this.view = new Column(buffer).view;
    this.length = this.view.length / partLength(size);
    this.#size = size;
  }

  /** Where the part's row begins. */
  rowOf(part: number): number {
    return part * partLength(this.#size);
  }

  /** Where the part's column for a shard begins. */
  columnOf(part: number, owner: number): number {
    return this.rowOf(part) + partPlaces.columns + owner * columnPlaces.length;
  }

  /** Transitions counted in the parts before this one. */
  transitionsBefore(part: number): number {
    let sum = 0;
    for (let each = 0; each < part; each++) sum += this.view[this.rowOf(each) + partPlaces.transitions]!;
    return sum;
  }

  /** States that were new in the parts before this one. */
  foundBefore(part: number): number {
    let sum = 0;
    for (let each = 0; each < part; each++) {
      for (let owner = 0; owner < this.#size; owner++) {
        const column = this.columnOf(each, owner);
        sum += this.view[column + columnPlaces.findsEnd]! - this.view[column + columnPlaces.findsBegin]!;
      }
    }
    return sum;
  }
}

/** Reserves what `size` threads share when they check `model`. */
export function reserveCrewMemory(model: Model, size: number): CrewMemory {
  const shared = (length: number) => reserve(length * 4, length * 4);
  const each = <T>(make: () => T) => Array.from({ length: size }, make);
  const findings = shared(size * findingsLength(model));
  new Column(findings).view.fill(-1);
  return {
    shards: {
      stores: each(() => ({ cells: reserve(), parents: reserve(), table: reserve() })),
      numbers: each(() => reserve()),
      order: reserve(),
      sizes: shared(size * sizesLength),
    },
    graph: { firstEdges: reserve(), targets: reserve(), moves: reserve() },
    queues: each(() => each(() => reserve())),
    finds: each(() => reserve()),
    findings,
    block: shared(blockPlaces.length),
    parts: shared((divide(size).length - 1) * partLength(size)),
  };
}
