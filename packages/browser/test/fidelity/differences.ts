/** Observations against what they ought to be. */
import type { Observations } from './lab.ts';
import type { RealEngine } from './observe.ts';
import { sequences } from './sequences.ts';

/** What an engine notes that does as the specifications say. */
export const specified: Observations = Object.fromEntries(sequences.map(({ name, expected }) => [name, expected]));

/** The sequences of which other lines were noted, with the lines that were. */
export const differences = (observed: Observations, reference: Observations = specified): Observations =>
  Object.fromEntries(
    sequences
      .map(({ name }) => [name, observed[name] ?? ['was not played']] as const)
      .filter(([name, lines]) => JSON.stringify(lines) !== JSON.stringify(reference[name])),
  );

/** How many of the sequences are not among these differences. */
export const agreements = (differing: Observations): number => sequences.length - Object.keys(differing).length;

export interface KnownEngine {
  readonly version: string;
  /** What it notes instead of what is specified. */
  readonly differences: Observations;
  /** What the virtual variant of its name notes instead of what it does. */
  readonly variantDifferences: Observations;
}

export type KnownEngines = Readonly<Record<RealEngine, KnownEngine>>;
