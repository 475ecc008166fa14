/**
 * What the threads of a crew have in common: the phases in which they work, and the memory that they share. Nothing else
 * passes between them.
 */
import { reserve } from './column.ts';
import { findingsLength } from './expander.ts';
import type { Graph } from './graph.ts';
import type { Model } from './model.ts';
import type { StoreMemory } from './store.ts';

/** The phases of a block; what happens in them stands in `member.ts`. */
export const phases = ['expand', 'refill', 'claim', 'tally', 'commit', 'link'] as const;

export type Phase = (typeof phases)[number];

/** Everything that the threads of a crew share. */
export interface CrewMemory {
  readonly store: StoreMemory;
  readonly graph: { readonly [column in keyof Graph]: SharedArrayBuffer };
  /** One buffer of candidates for each member. */
  readonly candidates: readonly SharedArrayBuffer[];
  /** One row of findings for each member. */
  readonly findings: SharedArrayBuffer;
  /** What the first member tells the others about the block. */
  readonly block: SharedArrayBuffer;
  /** What each member tells the others about its share. */
  readonly tallies: SharedArrayBuffer;
}

/** Places in `block`. */
export const blockPlaces = { from: 0, to: 1, count: 2, tableSize: 3, priorTransitions: 4, length: 5 } as const;

/** Places in a member's row of `tallies`. */
export const tallyPlaces = { transitions: 0, candidates: 1, winners: 2, length: 3 } as const;

/** Reserves what `size` threads share when they check `model`. */
export function reserveCrewMemory(model: Model, size: number): CrewMemory {
  const shared = (length: number) => new SharedArrayBuffer(length * 4);
  const findings = shared(size * findingsLength(model));
  new Int32Array(findings).fill(-1);
  return {
    store: { cells: reserve(), parents: reserve(), table: reserve() },
    graph: { firstEdges: reserve(), targets: reserve(), moves: reserve() },
    candidates: Array.from({ length: size }, reserve),
    findings,
    block: shared(blockPlaces.length),
    tallies: shared(size * tallyPlaces.length),
  };
}
