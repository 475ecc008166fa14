/** The test vectors as one value, and as the files that `detente vectors` writes. */
import { allEvents, allMachineOptions, eventName, type Role, roles } from '@detente/core';
import { createAutomaton, ignored } from './automaton.ts';
import { createRules, effectsOfChart } from './rules.ts';
import { createRuns, runLimits } from './runs.ts';
import type { Vectors } from './types.ts';

export interface VectorOptions {
  /** Default: all. */
  readonly roles?: readonly Role[] | undefined;
  /** Of the walks at random; an integer. Default 1. */
  readonly seed?: number | undefined;
  /** How many walks at random for each automaton, beside the runs that cover it. Default 20. */
  readonly walks?: number | undefined;
}

/** The same for the same options, on any machine. */
export const createVectors = (options: VectorOptions = {}): Vectors => {
  const { roles: chosen = roles, seed = 1, walks = 20 } = options;
  const played = allMachineOptions.filter(({ role }) => chosen.includes(role));
  return {
    format: 'detente-vectors',
    version: 1,
    events: Object.fromEntries(allEvents.map((event) => [eventName(event), event])),
    effects: effectsOfChart(),
    ignored,
    rules: createRules(),
    automata: played.map(createAutomaton),
    limits: runLimits,
    runs: createRuns(played, { seed, walks }),
  };
};
