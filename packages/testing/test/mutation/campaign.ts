/** What a mutant is put through: fuzzing on both engines, and the gauntlet. Bundled with the mutant, and run in a process of its own. */
import fc from 'fast-check';
import {
  type EngineChoice,
  type Trouble,
  detenteNegotiators,
  interleavings,
  rolePairNames,
  runScenario,
  scenarios,
} from '@detente/testing';

export interface Catch {
  readonly by: string;
  /** Events in the shortest run found. */
  readonly length: number;
  readonly what: string;
}

const rounds: readonly (readonly [engine: EngineChoice['engine'], trouble: Trouble | 'busy', runs: number])[] = [
  ['light', 'none', 60],
  ['light', 'busy', 150],
  ['light', 'all', 250],
  ['virtual', 'all', 40],
  ['virtual', 'all', 400],
];

const byFuzzing = async (): Promise<Catch | null> => {
  for (const [engine, trouble, numRuns] of rounds) {
    for (const pair of rolePairNames) {
      const result = await fc.check(interleavings({ pair, engine, trouble }), { numRuns, seed: 20261122 });
      if (!result.failed) continue;
      const [what = '', count = ''] = String((result.errorInstance as Error | null)?.message).split('\n');
      return { by: `fuzzing ${pair} (${engine})`, length: Number.parseInt(count) || 0, what: what.slice(0, 160) };
    }
  }
  return null;
};

const byGauntlet = async (): Promise<Catch | null> => {
  for (const driver of detenteNegotiators) {
    for (const scenario of scenarios) {
      const { verdict, reason, length } = await runScenario(driver, scenario, 2);
      if (verdict !== 'passes') return { by: `the gauntlet: ${scenario.name}`, length, what: reason };
    }
  }
  return null;
};

const report = (caught: Catch | null): void => {
  process.stdout.write(JSON.stringify(caught));
  process.exit(0);
};

process.on('unhandledRejection', (reason) => report({ by: 'an unhandled rejection', length: 0, what: String(reason) }));
process.on('uncaughtException', (error) => report({ by: 'an uncaught exception', length: 0, what: String(error) }));
report((await byFuzzing()) ?? (await byGauntlet()));
