/**
 * Lets Spin check every model of two sides, and compares what it finds with models/manifest.json: distinct states,
 * transitions, verdict. `spin.ts [--ci] [--model <word>]… [--jobs <n>]`; `--ci` leaves the larger ones out.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { catalogue, type PairEntry } from '../src/check/catalogue.ts';
import type { ManifestEntry } from '../src/check/manifest.ts';
import { toPromela, toTables } from '../src/export/index.ts';
import { missingPrograms, runSpin } from './run-spin.ts';

const { values } = parseArgs({
  options: {
    ci: { type: 'boolean', default: false },
    model: { type: 'string', multiple: true, default: [] },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
});
const fail = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(2);
};

const missing = missingPrograms();
if (missing.length > 0) fail(`not installed: ${missing.join(', ')}`);
const chosen = catalogue.filter(
  ({ name, tier }) => (!values.ci || tier === 'ci') && values.model.every((word) => name.includes(word)),
);
if (chosen.length === 0) fail(`no model of two sides is called ${values.model.join(' ')}`);
const manifest = JSON.parse(
  readFileSync(new URL('../models/manifest.json', import.meta.url), 'utf8'),
) as readonly ManifestEntry[];

interface Comparison {
  readonly states: number;
  readonly transitions: number;
  readonly seconds: number;
  /** Sentences. */
  readonly differences: readonly string[];
}

async function compare({ name, parameters }: PairEntry): Promise<Comparison> {
  const tables = await toTables(parameters);
  const { distinctStates, transitions, seconds, violated, unreached } = await runSpin(toPromela(name, tables));
  const verdict = violated.length === 0 && unreached.length === 0 ? 'holds' : 'fails';
  const found = { distinctStates, transitions, verdict };
  const differing = (where: string, expected: Partial<typeof found>) =>
    (Object.keys(found) as readonly (keyof typeof found)[])
      .filter((key) => key in expected && expected[key] !== found[key])
      .map((key) => `${key} is ${expected[key]} ${where}, and ${found[key]} to Spin`);
  const pinned = manifest.find(({ model }) => model === name);
  return {
    states: distinctStates,
    transitions,
    seconds,
    differences: [
      ...differing('to the explorer', { distinctStates: tables.distinctStates, transitions: tables.transitions }),
      ...(pinned === undefined ? ['it is not in the manifest'] : differing('in the manifest', pinned)),
      ...violated.map((id) => `violated: ${id}`),
      ...unreached.map((danger) => `never reached: ${danger}`),
    ],
  };
}

const begun = Date.now();
const waiting = [...chosen];
const done: Comparison[] = [];
async function work(): Promise<void> {
  for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
    const comparison = await compare(entry);
    done.push(comparison);
    const { states, transitions, seconds, differences } = comparison;
    const figures = `states=${states} transitions=${transitions} sec=${seconds.toFixed(2)}`;
    const outcome = differences.length === 0 ? 'agrees ' : 'DIFFERS';
    process.stdout.write(`${done.length}/${chosen.length} ${outcome} ${entry.name} ${figures}\n`);
    for (const difference of differences) process.stdout.write(`  ${difference}\n`);
  }
}
await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, work));

const total = (count: (comparison: Comparison) => number) => done.reduce((sum, one) => sum + count(one), 0);
const agreeing = done.filter(({ differences }) => differences.length === 0).length;
process.stderr.write(
  `${agreeing} of ${done.length} models agree: ${total(({ states }) => states)} states, ` +
    `${total(({ transitions }) => transitions)} transitions; Spin's searches took ` +
    `${total(({ seconds }) => seconds).toFixed(1)} s, all of it ${((Date.now() - begun) / 1000).toFixed(1)} s\n`,
);
process.exit(agreeing === done.length ? 0 : 1);
