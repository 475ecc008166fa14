/** All models, in the order in which they are checked. */
import { counterpart } from '@detente/core';
import { createPair } from '../model/create-pair.ts';
import { Pair, reservePairMemory } from '../model/pair.ts';
import { assumptionsOf } from './assumptions.ts';
import { catalogue, type PairEntry } from './catalogue.ts';
import type { ModelEntry } from './entry.ts';
import { otherEntries } from './other-entries.ts';

export const toPairEntry = ({ name, tier, parameters }: PairEntry): ModelEntry => {
  const { role, rollback, whileAsking, answersCarry, budget, follow } = parameters;
  const hasCandidates = budget.candidates !== undefined || budget.iceRestarts !== undefined;
  return {
    name,
    tier,
    roles: [role, counterpart[role]],
    bound: { rollback, whileAsking, ...budget, ...(follow ? { follow } : {}) },
    assumptions: assumptionsOf(parameters),
    sharing: JSON.stringify([role, rollback, whileAsking, answersCarry, hasCandidates]),
    create: (previous) => createPair(parameters, previous instanceof Pair ? { automaton: previous.automaton } : {}),
    source: () => ({
      module: '@detente/checker/model',
      parameters: { parameters, memory: reservePairMemory() },
    }),
  };
};

export const entries: readonly ModelEntry[] = [...catalogue.map(toPairEntry), ...otherEntries];
