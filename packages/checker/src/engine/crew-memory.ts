/**
 * What the threads of a crew have in common: the phases in which they work, and the memory that they share. Nothing else
 * passes between them.
 */
import { Column, reserve } from './column.ts';
import { findingsLength } from './expander.ts';
import type { Graph } from './graph.ts';
import type { Model } from './model.ts';
import type { StoreMemory } from './store.ts';

/** The phases of a block; what happens in them stands in `member.ts`. */
export const phases = ['expand', 'refill', 'claim', 'commit', 'link'] as const;

export type Phase = (typeof phases)[number];

/** Everything that the threads of a crew share. */
export interface CrewMemory {
  readonly store: StoreMemory;
  readonly graph: { readonly [column in keyof Graph]: SharedArrayBuffer };
  /** One buffer of candidates for each member. */
  readonly candidates: readonly SharedArrayBuffer[];
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
  tableSize: 3,
  priorTransitions: 4,
  nextPart: 5,
  length: 6,
} as const;

/**
 * Places in a part's row of `parts`: who has expanded it, where in that member's column its candidates begin, how many
 * there are, how many of them were lost to better ones, and how many transitions were counted.
 */
export const partPlaces = { owner: 0, begin: 1, candidates: 2, lost: 3, transitions: 4, length: 5 } as const;

/** Reserves what `size` threads share when they check `model`. */
export function reserveCrewMemory(model: Model, size: number): CrewMemory {
  const shared = (length: number) => reserve(length * 4, length * 4);
  const findings = shared(size * findingsLength(model));
  new Column(findings).view.fill(-1);
  return {
    store: { cells: reserve(), parents: reserve(), table: reserve() },
    graph: { firstEdges: reserve(), targets: reserve(), moves: reserve() },
    candidates: Array.from({ length: size }, () => reserve()),
    findings,
    block: shared(blockPlaces.length),
    parts: shared((divide(size).length - 1) * partPlaces.length),
  };
}
