/** The models whose speed is measured: with the properties that Spin judges, and with everything worked out already. */
import { check } from '../src/engine/index.ts';
import { createPair, type PairSource } from '../src/model/create-pair.ts';
import { Pair, type PairOptions } from '../src/model/pair.ts';
import type { PairParameters } from '../src/model/parameters.ts';
import { pairProperties } from '../src/model/properties.ts';

/** The states alone are judged, not the runs. */
const createStates = (parameters: PairParameters, options: PairOptions): Pair =>
  new Pair(parameters, options, (pair) =>
    pairProperties(pair).filter(({ type }) => type === 'always' || type === 'sometimes'),
  );

/** Explores once, so that the tables are full and the code is compiled, and gives the same model anew. */
export async function createModel({ parameters, memory }: Omit<PairSource, 'memory'> & Partial<PairSource>) {
  const { automaton } = createPair(parameters, { memory });
  await check(createStates(parameters, { automaton }));
  return createStates(parameters, { automaton });
}
