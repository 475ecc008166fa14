/** `bench [--json] [--time <ms>]`: every contest, as a table or as `[{ id, ours, theirs, unit, ratio, peer }]`. */
import { parseArgs } from 'node:util';
import { createExchangeContest } from './exchange.ts';
import { race } from './figure.ts';
import { createStepContest } from './step.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, time: { type: 'string' } } });
const timeMs = Number(values.time ?? 300);
if (!(timeMs > 0)) {
  process.stderr.write(`--time is a number of milliseconds above 0, not ${values.time}\n`);
  process.exit(2);
}

const exchange = await createExchangeContest();
const figures = [];
for (const contest of [createStepContest(), exchange]) {
  process.stderr.write(`${contest.id}…\n`);
  figures.push(await race(contest, timeMs));
}
await exchange.close();

if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
else {
  for (const { id, ours, theirs, unit, ratio, peer } of figures) {
    const [fast, slow] = [ours, theirs].map((figure) => Math.round(figure).toLocaleString('en'));
    process.stdout.write(`${id}: ${fast} ${unit}, ${ratio.toFixed(2)} times ${peer} (${slow})\n`);
  }
}
process.exit(0);
