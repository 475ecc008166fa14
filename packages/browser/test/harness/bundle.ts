/** One script for a page, bundled in memory from the sources. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The entry's exports become properties of the global `globalName`. `entry` is relative to the folder `test`. */
export const bundle = async (entry: string, globalName: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../${entry}`, import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName,
    target: 'es2022',
    conditions: ['@detente/source'],
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`${entry} bundles to nothing`);
  return file.text;
};
