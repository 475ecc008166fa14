/** What fuzzing is told on the command line. */
import { parseArgs } from 'node:util';
import { type RolePairName, type Setting, type Story, rolePairNames } from '@detente/testing';

export interface FuzzOptions {
  readonly runs: number;
  readonly seed: number | undefined;
  readonly pair: RolePairName | undefined;
  readonly told: { readonly setting: Setting; readonly story: Story } | undefined;
}

/** Throws an `Error` that says what is wrong with them. */
export const parseOptions = (args: readonly string[]): FuzzOptions => {
  const { runs, seed, pair, story } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      pair: { type: 'string' },
      story: { type: 'string' },
    },
  }).values;
  return {
    runs: runs === undefined ? 1_000_000 : wholeNumber('runs', runs, 1),
    seed: seed === undefined ? undefined : wholeNumber('seed', seed, 0),
    pair: pair === undefined ? undefined : pairNamed(pair),
    told: story === undefined ? undefined : parseStory(story),
  };
};

const wholeNumber = (option: string, text: string, from: number): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= from && value <= 0x7fff_ffff) return value;
  throw new Error(`--${option} is '${text}', and must be a whole number from ${from} to ${0x7fff_ffff}.`);
};

const pairNamed = (text: string): RolePairName => {
  const found = rolePairNames.find((name) => name === text);
  if (found) return found;
  throw new Error(`--pair is '${text}', and must be one of:\n${rolePairNames.map((name) => `  ${name}`).join('\n')}`);
};

const parseStory = (text: string): { readonly setting: Setting; readonly story: Story } => {
  const wish = `--story must be what a failure of fuzzing prints, as in '{"setting": {...}, "story": [...]}'`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${wish}; it is no JSON: ${String(error)}`, { cause: error });
  }
  const { setting, story } = Object(value) as { readonly setting?: unknown; readonly story?: unknown };
  if (typeof setting !== 'object' || setting === null || !Array.isArray(story)) throw new Error(`${wish}.`);
  return { setting: setting as Setting, story: story as Story };
};
