/**
 * How fast the explorer is, on the largest models of two sides, beside Spin's verifier on the same exported models in
 * the same run: `speed.ts [--model <word>]… [--runs <n>]`. The fastest of the runs counts, on either side. The explorer
 * is warm: steps of endpoints are in the tables, as they are in Spin's. Ends with 1 when a goal is missed.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { catalogue, type PairEntry } from '../src/check/catalogue.ts';
import type { ManifestEntry } from '../src/check/manifest.ts';
import { check, type Report } from '../src/engine/index.ts';
import { startThreads } from '../src/engine/threads.ts';
import { toPromela, toTables } from '../src/export/index.ts';
import { reservePairMemory } from '../src/model/pair.ts';
import { missingPrograms, runSpin } from './run-spin.ts';
import { createModel } from './speed-model.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string', default: '8' },
  },
});
const runs = Math.max(1, Number(values.runs));
const manifest = JSON.parse(
  readFileSync(new URL('../models/manifest.json', import.meta.url), 'utf8'),
) as readonly ManifestEntry[];

/** The largest one of each pair of roles. */
const largest = (): readonly PairEntry[] => {
  const sizes = new Map(manifest.map(({ model, distinctStates }) => [model, distinctStates]));
  const sizeOf = ({ name }: PairEntry) => sizes.get(name) ?? 0;
  const roles = [...new Set(catalogue.map(({ parameters }) => parameters.role))];
  return roles.map((role) =>
    catalogue
      .filter(({ name, parameters }) => parameters.role === role && values.model.every((word) => name.includes(word)))
      .reduce((best, entry) => (sizeOf(entry) > sizeOf(best) ? entry : best)),
  );
};

const goals = { perSecond: 2e6, bytesPerState: 40, twoThreads: 1.6, besideSpin: 1 } as const;

type Run = () => Promise<{ readonly transitions: number; readonly seconds: number }>;

/** Transitions a second. The contestants take turns, so that a slow time of the machine hits them all. */
async function fastest<Name extends string>(contestants: Readonly<Record<Name, Run>>): Promise<Record<Name, number>> {
  const speeds = Object.fromEntries(Object.keys(contestants).map((name) => [name, 0])) as Record<Name, number>;
  for (let at = 0; at < runs; at++) {
    for (const [name, run] of Object.entries<Run>(contestants) as [Name, Run][]) {
      const { transitions, seconds } = await run();
      speeds[name] = Math.max(speeds[name], transitions / seconds);
    }
  }
  return speeds;
}

async function measure({ name, parameters }: PairEntry): Promise<boolean> {
  const model = await createModel({ parameters });
  let report: Report | undefined;
  const two = await startThreads(
    {
      module: new URL('speed-model.ts', import.meta.url).href,
      parameters: { parameters, memory: reservePairMemory() },
    },
    2,
  );
  const promela = toPromela(name, await toTables(parameters));
  const { alone, together, spins } = await fastest({
    alone: async () => (report = await check(model)),
    together: () => two.check(),
    spins: () => runSpin(promela),
  });
  await two.stop();
  const { distinctStates, transitions, bytes } = report!;
  const figures = [
    { what: 'transitions a second', is: alone, goal: goals.perSecond, shown: millions(alone) },
    {
      what: 'bytes a stored state',
      is: -bytes / distinctStates,
      goal: -goals.bytesPerState,
      shown: (bytes / distinctStates).toFixed(1),
    },
    {
      what: 'two threads, times one',
      is: together / alone,
      goal: goals.twoThreads,
      shown: (together / alone).toFixed(2),
    },
    {
      what: `times Spin's ${millions(spins)}`,
      is: alone / spins,
      goal: goals.besideSpin,
      shown: (alone / spins).toFixed(2),
    },
  ];
  process.stdout.write(`${name}: ${distinctStates} states, ${transitions} transitions\n`);
  for (const { what, is, goal, shown } of figures) {
    process.stdout.write(`  ${is >= goal ? 'ok    ' : 'MISSED'} ${shown} ${what} (goal: ${Math.abs(goal)})\n`);
  }
  return figures.every(({ is, goal }) => is >= goal);
}

const millions = (speed: number): string => `${(speed / 1e6).toFixed(2)} M`;

const missing = missingPrograms();
if (missing.length > 0) {
  process.stderr.write(`not installed: ${missing.join(', ')}\n`);
  process.exit(2);
}
let reached = true;
for (const entry of largest()) reached = (await measure(entry)) && reached;
process.exit(reached ? 0 : 1);
