// How every published package is built, run from the package's folder. The entries are the source files that the package's
// own `exports` and `bin` name, so that the manifest and the build cannot differ.
import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

const { exports = {}, bin = {} } = JSON.parse(readFileSync('package.json', 'utf8'));

const libraries = Object.values(exports)
  .map((target) => target['@detente/source'])
  .filter((source) => source !== undefined);
const programs = Object.values(bin).map((file) => file.replace('/dist/', '/src/').replace(/\.js$/, '.ts'));

const entries = (sources) =>
  Object.fromEntries(sources.map((source) => [source.replace('./src/', '').replace(/\.ts$/, ''), source]));
const common = {
  target: 'node20',
  clean: true,
  splitting: true,
  sourcemap: true,
  // Left as it is, `import.meta` would be a syntax error in CommonJS. Who needs its own location there has `__filename`.
  esbuildOptions(options, { format }) {
    if (format === 'cjs') options.define = { ...options.define, 'import.meta.url': 'undefined' };
  },
};

export default defineConfig([
  ...(libraries.length > 0 ? [{ ...common, entry: entries(libraries), format: ['esm', 'cjs'], dts: true }] : []),
  ...(programs.length > 0 ? [{ ...common, entry: entries(programs), format: ['esm'] }] : []),
]);
