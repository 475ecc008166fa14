// The import matrix, and what follows from it: the one place that says who may import what. Both linters read it.
import { readFileSync, readdirSync } from 'node:fs';

/**
 * What the sources of each library may import: workspace packages and registry packages by name, and nothing else, so no
 * Node built-ins either. Packages that are not listed are applications: they may import Node, the packages that their
 * manifest lists, and the public entry points of every library.
 */
export const matrix = {
  core: ['xstate', 'valibot'],
  session: ['@detente/core'],
  browser: ['@detente/core', '@detente/session'],
  werift: ['@detente/core', '@detente/session', 'werift'],
  testing: ['@detente/core', '@detente/session', 'fast-check'],
  checker: ['@detente/core', '@detente/testing'],
  diagrams: ['@detente/core', 'xstate', 'elkjs'],
};

const manifest = (folder) =>
  JSON.parse(readFileSync(new URL(`../packages/${folder}/package.json`, import.meta.url), 'utf8'));

export const folders = readdirSync(new URL('../packages/', import.meta.url));

/** The public entry points of a package, as paths from the root: the source files that its `exports` name. */
export const entryPoints = (folder) =>
  Object.values(manifest(folder).exports ?? {})
    .map((target) => target['@detente/source'])
    .filter((source) => source !== undefined)
    .map((source) => source.replace('./', `packages/${folder}/`));
