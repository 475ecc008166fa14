/**
 * Fuzzes for long: `--runs 1000000` interleavings in all, shared among the pairs of roles, each in a process of its own, with
 * a seed that is printed. Exits 1 when one fails, with the shrunk story, which is drawn as well. `--story <json>` plays one
 * story that failed before. Exits 2 for options that make no sense.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import {
  type EngineChoice,
  type RolePairName,
  StoryFailure,
  type Trouble,
  checkStory,
  interleavings,
  rolePairNames,
} from '@detente/testing';
import { type FuzzOptions, parseOptions } from './fuzz-options.ts';
import { writeFailure } from './write-failure.ts';

/** Of each 100 interleavings of a pair of roles. */
const shares: readonly (readonly [engine: EngineChoice['engine'], trouble: Trouble | 'busy', percent: number])[] = [
  ['light', 'all', 65],
  ['light', 'none', 10],
  ['light', 'busy', 10],
  ['virtual', 'all', 10],
  ['virtual', 'none', 5],
];

const main = async ({ runs, seed = Date.now() % 1_000_000_007, pair, told }: FuzzOptions): Promise<boolean> => {
  if (told) return playOne(told);
  return pair === undefined ? fuzzAll(runs, seed) : fuzzPair(pair, runs, seed);
};

const fuzzAll = async (runs: number, seed: number): Promise<boolean> => {
  const waiting = [...rolePairNames];
  const results: boolean[] = [];
  const share = Math.ceil(runs / rolePairNames.length);
  const worker = async () => {
    for (let pair = waiting.shift(); pair; pair = waiting.shift()) results.push(await inProcess(pair, share, seed));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results.every(Boolean);
};

const inProcess = (pair: RolePairName, runs: number, seed: number): Promise<boolean> =>
  new Promise((resolve) => {
    const child = fork(fileURLToPath(import.meta.url), ['--runs', `${runs}`, '--seed', `${seed}`, '--pair', pair]);
    child.on('exit', (code) => resolve(code === 0));
  });

const fuzzPair = async (pair: RolePairName, runs: number, seed: number): Promise<boolean> => {
  for (const [engine, trouble, percent] of shares) {
    const begin = performance.now();
    const numRuns = Math.ceil((runs * percent) / 100);
    const result = await fc.check(interleavings({ pair, engine, trouble }), { numRuns, seed });
    const seconds = ((performance.now() - begin) / 1_000).toFixed(1);
    const name = `${pair}, ${engine}, ${trouble}`;
    console.log(`${result.failed ? 'FAILS' : 'holds'}  ${name}: runs=${result.numRuns} sec=${seconds} seed=${seed}`);
    if (!result.failed) continue;
    console.log(`${fc.defaultReportMessage(result)}\n${String(result.errorInstance)}`);
    await draw(result.errorInstance, name);
    return false;
  }
  return true;
};

const playOne = async ({ setting, story }: NonNullable<FuzzOptions['told']>): Promise<boolean> => {
  try {
    await checkStory(setting, story);
    console.log('holds  the story');
    return true;
  } catch (error) {
    console.log(`FAILS  the story\n${String(error)}`);
    await draw(error, 'story');
    return false;
  }
};

const draw = async (error: unknown, name: string): Promise<void> => {
  if (!(error instanceof StoryFailure)) return;
  const files = await writeFailure(error, name);
  console.log(
    ['Drawn, and recorded for `detente replay`, in', ...files.map((file) => relative('', file))].join('\n  '),
  );
};

try {
  process.exitCode = (await main(parseOptions(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
