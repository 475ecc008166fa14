// The import matrix as lint rules, on the paths that imports resolve to. Type-only imports count.
import { entryPoints, folders, matrix } from './packages.js';

const exactly = (paths) => paths.map((path) => `^${path.replaceAll('.', '\\.')}$`);
const sourcesOf = (folder) => `^packages/${folder}/src/`;

const targetsOf = (name) =>
  name.startsWith('@detente/')
    ? exactly(entryPoints(name.slice('@detente/'.length)))
    : [`(^|/)node_modules/${name}/`, `(^|/)node_modules/@types/${name}/`];

/** Worker threads are the one part of the explorer that needs Node and, to run from sources, a loader. */
const workerThreads = '^packages/checker/src/engine/threads\\.';

const libraryRules = Object.entries(matrix).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  comment: `${folder} may import ${allowed.join(', ')}, by their public entry points`,
  severity: 'error',
  from: { path: sourcesOf(folder), pathNot: workerThreads },
  to: { pathNot: [sourcesOf(folder), ...allowed.flatMap(targetsOf)] },
}));

export default {
  forbidden: [
    ...libraryRules,
    {
      name: 'checker-engine-imports-nothing',
      comment: 'the explorer knows nothing of what it explores',
      severity: 'error',
      from: { path: '^packages/checker/src/engine/', pathNot: workerThreads },
      to: { pathNot: '^packages/checker/src/engine/' },
    },
    {
      name: 'checker-threads-import-node',
      severity: 'error',
      from: { path: workerThreads },
      to: { pathNot: ['^packages/checker/src/engine/', '^(worker_threads|os|url)$', '(^|/)node_modules/tsx/'] },
    },
    {
      name: 'public-entry-points',
      comment: 'another package is imported through its exports, also by tests',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: ['^packages/$1/', ...exactly(folders.flatMap(entryPoints))] },
    },
    {
      name: 'by-package-name',
      comment: 'another package is imported by its name, not by a relative path',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'sources-import-no-tests',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/' },
      to: { path: '^packages/[^/]+/test/' },
    },
    {
      name: 'declared-dependencies',
      comment: 'what the sources import is a dependency or peer dependency of their own package',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: workerThreads },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-peer'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'kebab-case-files',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/[a-z0-9./-]+$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@detente/source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};
