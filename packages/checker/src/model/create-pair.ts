/** A model of two sides with everything that is claimed of it. */
import type { AutomatonMemory } from './automaton.ts';
import { Pair, type PairOptions } from './pair.ts';
import type { PairParameters } from './parameters.ts';
import { pairProperties } from './properties.ts';

/** Throws `ParameterError` when the parameters make no sense. */
export const createPair = (parameters: PairParameters, options: PairOptions = {}): Pair =>
  new Pair(parameters, options, pairProperties);

/** What a worker thread makes a model from. */
export interface PairSource {
  readonly parameters: PairParameters;
  readonly memory: AutomatonMemory;
}

export const createModel = ({ parameters, memory }: PairSource): Pair => createPair(parameters, { memory });
