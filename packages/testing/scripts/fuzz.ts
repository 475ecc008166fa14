/**
 * Fuzzes for long: `--runs 1000000` interleavings in all, shared among the pairs of roles, each in a process of its own, with
 * a seed that is printed. Exits 1 when one fails, with the shrunk story.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { type EngineChoice, type RolePairName, type Trouble, interleavings, rolePairNames } from '@detente/testing';

/** Of each 100 interleavings of a pair of roles. */
const shares: readonly (readonly [engine: EngineChoice['engine'], trouble: Trouble | 'busy', percent: number])[] = [
  ['light', 'all', 65],
  ['light', 'none', 10],
  ['light', 'busy', 10],
  ['virtual', 'all', 10],
  ['virtual', 'none', 5],
];

const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, pair: { type: 'string' } },
});
const runs = Number(values.runs ?? 1_000_000);
const seed = Number(values.seed ?? Date.now() % 1_000_000_007);

const fuzzPair = async (pair: RolePairName): Promise<boolean> => {
  for (const [engine, trouble, percent] of shares) {
    const begin = performance.now();
    const numRuns = Math.ceil((runs * percent) / 100);
    const result = await fc.check(interleavings({ pair, engine, trouble }), { numRuns, seed });
    const seconds = ((performance.now() - begin) / 1_000).toFixed(1);
    console.log(
      `${result.failed ? 'FAILS' : 'holds'}  ${pair}, ${engine}, ${trouble}: runs=${result.numRuns} sec=${seconds} seed=${seed}`,
    );
    if (result.failed) {
      console.log(`${fc.defaultReportMessage(result)}\n${String(result.errorInstance)}`);
      return false;
    }
  }
  return true;
};

const inProcess = (pair: RolePairName): Promise<boolean> =>
  new Promise((resolve) => {
    const share = Math.ceil(runs / rolePairNames.length);
    const child = fork(fileURLToPath(import.meta.url), ['--runs', `${share}`, '--seed', `${seed}`, '--pair', pair]);
    child.on('exit', (code) => resolve(code === 0));
  });

if (values.pair === undefined) {
  const waiting = [...rolePairNames];
  const results: boolean[] = [];
  const worker = async () => {
    for (let pair = waiting.shift(); pair; pair = waiting.shift()) results.push(await inProcess(pair));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  process.exitCode = results.every(Boolean) ? 0 : 1;
} else {
  process.exitCode = (await fuzzPair(values.pair as RolePairName)) ? 0 : 1;
}
