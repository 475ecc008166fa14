/** Bundles the campaign with one fault planted and runs it in a process of its own, so that a mutant can neither hang nor end the tests. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, build } from 'esbuild';
import type { Catch } from './campaign.ts';
import type { Mutant } from './mutants.ts';

const packages = fileURLToPath(new URL('../../../', import.meta.url));

/** A mutant that does not come to an end is one that is caught. */
const deadlineMs = 600_000;

export const plant = (source: string, { name, from, to }: Mutant): string => {
  const parts = source.split(from);
  if (parts.length !== 2) throw new Error(`mutant '${name}': its text is there ${parts.length - 1} times`);
  return parts.join(to);
};

const planting = (mutant: Mutant): Plugin => ({
  name: 'mutant',
  setup(bundler) {
    bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) =>
      path === join(packages, mutant.file)
        ? { contents: plant(await readFile(path, 'utf8'), mutant), loader: 'ts' }
        : undefined,
    );
  },
});

/** How the mutant is caught, or `null` when it is not. Without a mutant, how the sources as they are fail. */
export const tryMutant = async (mutant: Mutant | null): Promise<Catch | null> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('campaign.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['@detente/source'],
    logLevel: 'silent',
    plugins: mutant ? [planting(mutant)] : [],
  });
  const folder = await mkdtemp(join(tmpdir(), 'mutant-'));
  const file = join(folder, 'campaign.mjs');
  try {
    await writeFile(file, outputFiles[0]?.contents ?? '');
    return await run(file);
  } finally {
    await rm(folder, { recursive: true });
  }
};

const run = (file: string): Promise<Catch | null> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, [file], { timeout: deadlineMs, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      if (error?.killed) resolve({ by: 'never coming to an end', length: 0, what: `${deadlineMs} ms` });
      else if (error) reject(new Error(stderr || error.message));
      else resolve(JSON.parse(stdout) as Catch | null);
    });
  });
