/**
 * Checks the models, on as many processes as there are processors, and compares what is found with models/manifest.json:
 * `check.ts [--deep] [--json] [--write] [--model <word>]… [--jobs <n>]`. `--write` makes what is found the manifest.
 */
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import {
  CheckInputError,
  differences,
  entries,
  holds,
  type ManifestEntry,
  type ModelResult,
  runCheck,
  selectModels,
  toManifestEntry,
} from '../src/index.ts';

const manifestAt = new URL('../models/manifest.json', import.meta.url);

const { values } = parseArgs({
  options: {
    deep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    model: { type: 'string', multiple: true, default: [] },
    jobs: { type: 'string', default: String(availableParallelism()) },
    share: { type: 'string' },
  },
});
const tier = values.deep ? 'deep' : 'ci';

/** One share, in this process: results go to the one that asked. */
async function work(share: number, of: number): Promise<void> {
  let told = 0;
  await runCheck({
    tier,
    models: values.model,
    share: { number: share, of },
    onResult: (result) => process.send?.({ result }),
    onProgress: (model, { distinctStates, doing }) => {
      if (Date.now() - told < 5_000) return;
      told = Date.now();
      process.send?.({ progress: `${model}: ${doing}, ${distinctStates} states` });
    },
  });
  process.disconnect();
}

async function divide(jobs: number): Promise<readonly ModelResult[]> {
  const results: ModelResult[] = [];
  const failures = await Promise.all(
    Array.from({ length: jobs }, (_, share) => {
      const child = fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), '--share', `${share}/${jobs}`]);
      child.on('message', (message: { result?: ModelResult; progress?: string }) => {
        if (message.progress !== undefined) process.stderr.write(`${message.progress}\n`);
        if (message.result === undefined) return;
        results.push(message.result);
        tell(message.result);
      });
      return new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
    }),
  );
  if (failures.some((code) => code !== 0)) process.exit(2);
  const order = entries.map(({ name }) => name);
  return results.sort((one, other) => order.indexOf(one.model) - order.indexOf(other.model));
}

function tell(result: ModelResult): void {
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const { model, distinctStates, transitions, depth, seconds, properties, stopped } = result;
  const bounds = properties.flatMap(({ id, bound }) => (bound === undefined ? [] : [`${id}=${bound}`]));
  const figures = `states=${distinctStates} transitions=${transitions} depth=${depth} sec=${seconds.toFixed(2)}`;
  process.stdout.write(`${holds(result) ? 'holds' : 'FAILS'} ${[model, figures, ...bounds].join(' ')}\n`);
  if (stopped !== undefined) process.stdout.write(`${stopped}\n`);
  for (const { id, sentence, verdict, holds: held, counterexample = '' } of properties) {
    if (!held) process.stdout.write(`${id}, ${verdict}: ${sentence}\n${counterexample}\n`);
  }
}

async function compare(results: readonly ModelResult[]): Promise<readonly string[]> {
  const manifest = JSON.parse(readFileSync(manifestAt, 'utf8')) as readonly ManifestEntry[];
  const found = results.map(toManifestEntry);
  if (values.write) {
    const isFound = (name: string) => found.some(({ model }) => model === name);
    const kept = manifest.filter(({ model }) => !isFound(model) && entries.some(({ name }) => name === model));
    const order = entries.map(({ name }) => name);
    const all = [...kept, ...found].sort((one, other) => order.indexOf(one.model) - order.indexOf(other.model));
    writeFileSync(manifestAt, await prettier.format(JSON.stringify(all), { parser: 'json', printWidth: 120 }));
    return [];
  }
  const gone = manifest.filter(({ model }) => !entries.some(({ name }) => name === model));
  return [
    ...found.flatMap((entry) =>
      differences(
        entry,
        manifest.find(({ model }) => model === entry.model),
      ),
    ),
    ...gone.map(({ model }) => `${model} is in the manifest, and no longer a model`),
  ];
}

if (values.share !== undefined) {
  const [number, of] = values.share.split('/').map(Number);
  await work(number!, of!);
} else {
  try {
    selectModels({ tier, models: values.model });
  } catch (error) {
    if (!(error instanceof CheckInputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
  const start = Date.now();
  const results = await divide(Math.max(1, Number(values.jobs)));
  const differing = await compare(results);
  for (const line of differing) process.stderr.write(`${line}\n`);
  const states = results.reduce((sum, { distinctStates }) => sum + distinctStates, 0);
  const summary = `${results.length} models, ${states} states, ${((Date.now() - start) / 1000).toFixed(1)} s`;
  process.stderr.write(
    `${summary}${differing.length > 0 ? `, ${differing.length} differences from the manifest` : ''}\n`,
  );
  process.exit(results.every(holds) && differing.length === 0 ? 0 : 1);
}
