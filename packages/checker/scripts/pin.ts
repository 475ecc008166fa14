/** What is committed of the vectors, which are too large to be: their fingerprint and their counts. */
import { createHash } from 'node:crypto';
import { createVectorFiles, type Vectors } from '../src/vectors/index.ts';

export const pinnedAt = new URL('../ports/vectors.pin.json', import.meta.url);

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

export const createPin = (files = createVectorFiles()) => {
  const { automata, runs } = JSON.parse(files[0]!.text) as Vectors;
  const states = automata.flatMap((automaton) => automaton.states);
  return {
    sha256: Object.fromEntries(files.map(({ name, text }) => [name, createHash('sha256').update(text).digest('hex')])),
    automata: automata.length,
    states: states.length,
    cells: total(states.map(({ on }) => Object.keys(on).length)),
    runs: runs.length,
    steps: total(runs.map(({ steps }) => steps.length)),
  };
};

export const toText = (pin: ReturnType<typeof createPin>): string => `${JSON.stringify(pin, null, 2)}\n`;
