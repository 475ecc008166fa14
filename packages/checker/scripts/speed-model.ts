/** The models whose speed is measured: with the properties that Spin judges, and with everything worked out already. */
import { checkWith } from '../src/engine/check.ts';
import { reserveCrewMemory } from '../src/engine/crew-memory.ts';
import { check } from '../src/engine/index.ts';
import { Member } from '../src/engine/member.ts';
import type { Model } from '../src/engine/model.ts';
import { Together } from '../src/engine/together.ts';
import { createPair, type PairSource } from '../src/model/create-pair.ts';
import { Pair, type PairOptions } from '../src/model/pair.ts';
import type { PairParameters } from '../src/model/parameters.ts';
import { pairProperties } from '../src/model/properties.ts';

/** The states alone are judged, not the runs. */
const createStates = (parameters: PairParameters, options: PairOptions): Pair =>
  new Pair(parameters, options, (pair) =>
    pairProperties(pair).filter(({ type }) => type === 'always' || type === 'sometimes'),
  );

/** As a thread among others explores, but alone. */
async function checkAsCrew(model: Model): Promise<void> {
  const memory = reserveCrewMemory(model, 1);
  const member = new Member(model, memory, 0, 1);
  await checkWith(new Together(member, memory, (phase) => member.perform(phase)), {});
}

/**
 * Explores in both ways, so that the tables are full and the code of either is compiled in this thread, and gives the same
 * model anew.
 */
export async function createModel({ parameters, memory }: Omit<PairSource, 'memory'> & Partial<PairSource>) {
  const { automaton } = createPair(parameters, { memory });
  await check(createStates(parameters, { automaton }));
  await checkAsCrew(createStates(parameters, { automaton }));
  return createStates(parameters, { automaton });
}
