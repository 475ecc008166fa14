/**
 * Plays the whole matrix, prints it as it comes, and writes docs/interop.md: `pnpm interop`. DETENTE_SEED, DETENTE_ROUNDS
 * and DETENTE_ENGINES (names with commas between) ask for another run, of which no page is written.
 */
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { serve } from '../harness/site.ts';
import { type EngineName, engineNames, openHost } from './hosts.ts';
import { avoidancesOf, type Cell, cellsOf, play, tellStories } from './matrix.ts';
import { toInteropPage } from './page.ts';
import { judge, type JudgedCell } from './verdict.ts';

const { DETENTE_SEED = '1', DETENTE_ROUNDS = '50', DETENTE_ENGINES = engineNames.join() } = process.env;
const options = { seed: Number(DETENTE_SEED), rounds: Number(DETENTE_ROUNDS) };
const names = DETENTE_ENGINES.split(',') as EngineName[];
const say = (line: string) => process.stdout.write(`${line}\n`);
say(`${options.rounds} rounds, seed ${options.seed}`);

/** Most of the time is spent waiting, so several are played at once. The results keep their order. */
const several = async <T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<readonly R[]> => {
  const results: R[] = [];
  const queue = [...items.entries()];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await run(next[1]);
  };
  await Promise.all([work(), work(), work()]);
  return results;
};

const nameOf = ({ left, role, right, against }: Cell): string => `${left.name} ${role}, ${right.name} ${against}`;

const site = await serve({});
const hosts = await Promise.all(names.map(openHost));
for (const { name, version, roles } of hosts) say(`${name} ${version}: ${roles.join(', ')}`);

const pairs = hosts.flatMap((left) => hosts.map((right) => ({ left, right })));
const told = (
  await several(pairs, async ({ left, right }) => {
    const stories = await tellStories(site, left, right);
    for (const { story, byHand, withOurs } of stories) {
      if (byHand === undefined && withOurs === undefined) continue;
      say(
        `${left.name} with ${right.name} ${story.name}\n  by hand: ${byHand ?? '✓'}\n  with ours: ${withOurs ?? '✓'}`,
      );
    }
    return stories;
  })
).flat();

const playIt = async (cell: Cell) => {
  const result = await play(site, cell, options, avoidancesOf(told, cell));
  const { rounds, glares, descriptions, failure = '✓', avoided } = result;
  const without = avoided.length === 0 ? '' : ` (${avoided.join('; ')})`;
  say(`${nameOf(cell)}: ${rounds} rounds, ${glares} glares, ${descriptions} descriptions${without}: ${failure}`);
  return { cell, result };
};
const played = [...(await several(cellsOf(hosts), playIt))];
// Whose crash it was is told by playing what it took down once more, one after the other.
for (const [at, { cell, result }] of played.entries()) if (result.sawCrash) played[at] = await playIt(cell);

const cells: JudgedCell[] = [];
for (const { cell, result } of played) {
  const judged = await judge(site, cell, result, options);
  const { failure, verdict } = judged;
  if (verdict !== undefined)
    say(`${nameOf(cell)}: ${failure}\n  by hand${verdict.isEnginesFault ? ' too' : ''}: ${verdict.seen}`);
  cells.push(judged);
}

const page = toInteropPage({ ...options, engines: hosts, told, cells });
if (DETENTE_ENGINES === engineNames.join() && options.rounds === 50) {
  const file = new URL('../../../../docs/interop.md', import.meta.url);
  writeFileSync(file, await format(page, { parser: 'markdown', printWidth: 120 }));
} else {
  say(page);
}
await Promise.all(hosts.map((host) => host.close()));
const wrong = cells.flatMap(({ verdict }) => verdict ?? []);
const failed = wrong.filter(({ isEnginesFault }) => !isEnginesFault).length;
say(
  `${cells.length - wrong.length} passed, ${wrong.length - failed} fail by an engine's fault that shows by hand, ${failed} failed`,
);
// Engines leave threads and sockets behind.
process.exit(failed === 0 ? 0 : 1);
