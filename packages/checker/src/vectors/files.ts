/** The vectors as files. */
import { createVectors, type VectorOptions } from './create-vectors.ts';
import { vectorsSchema } from './schema.ts';
import type { Vectors } from './types.ts';

export interface VectorFile {
  readonly name: string;
  /** UTF-8, with a newline at its end. */
  readonly text: string;
}

/** `vectors.json` and `vectors.schema.json`: what `detente vectors` writes. Never throws. */
export const createVectorFiles = (options: VectorOptions = {}): readonly VectorFile[] => [
  { name: 'vectors.json', text: toText(createVectors(options)) },
  { name: 'vectors.schema.json', text: `${JSON.stringify(vectorsSchema, null, 2)}\n` },
];

/** A line for each automaton and each run, so that a difference shows where it is. */
const toText = ({ automata, runs, ...rest }: Vectors): string => {
  const lines = (items: readonly unknown[]) => `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  const fields = Object.entries(rest).map(([field, value]) => `${JSON.stringify(field)}: ${JSON.stringify(value)}`);
  return `{\n${[...fields, `"automata": ${lines(automata)}`, `"runs": ${lines(runs)}`].join(',\n')}\n}\n`;
};
