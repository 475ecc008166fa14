/**
 * Lets real sessions take the paths that the models of two sides were found with: the shortest way to every danger, and the
 * runs that reach the bounds of L3 and L4. Compares the counts with models/realised.json: `realise.ts [--write]`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { catalogue } from '../src/check/catalogue.ts';
import { toPairEntry } from '../src/check/entries.ts';
import { runCheck } from '../src/check/run-check.ts';
import { Pair } from '../src/model/pair.ts';
import { realise } from '../src/realise/realise.ts';
import { unfold } from '../src/realise/unfold.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const realisedAt = new URL('../models/realised.json', import.meta.url);

/** Shape of models/realised.json. */
interface Realisations {
  readonly models: number;
  readonly paths: number;
  readonly steps: number;
}

const failures: string[] = [];
let found: Realisations = { models: 0, paths: 0, steps: 0 };
await runCheck({
  entries: catalogue.map(toPairEntry),
  async onReport({ properties }, model, { name }) {
    if (!(model instanceof Pair)) return;
    for (const { id, witness } of properties) {
      if (witness === undefined) continue;
      const path = unfold(
        model.parameters,
        witness.steps.map(({ move }) => move),
      );
      const realised = await realise(path);
      if (!realised.ok) failures.push(`${name}, ${id}, after ${realised.at} steps: ${realised.difference}`);
      else if (realised.violation) failures.push(`${name}, ${id}: ${realised.violation.message}`);
      found = { ...found, paths: found.paths + 1, steps: found.steps + path.steps.length };
    }
    found = { ...found, models: found.models + 1 };
  },
});

if (values.write) writeFileSync(realisedAt, `${JSON.stringify(found, null, 2)}\n`);
const expected = JSON.parse(readFileSync(realisedAt, 'utf8')) as Realisations;
if (JSON.stringify(found) !== JSON.stringify(expected)) {
  failures.push(`found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
}
for (const failure of failures) process.stderr.write(`${failure}\n`);
process.stdout.write(`${found.paths - failures.length} of ${found.paths} paths, ${found.steps} steps\n`);
process.exit(failures.length === 0 ? 0 : 1);
