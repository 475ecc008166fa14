// One vitest project for each package that has tests. vitest 4 does not look for a file of this name by itself: pass it
// with `--config`.
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Workspace packages are loaded from their sources, so that no test needs a build.
const conditions = ['@detente/source', 'module', 'node', 'development|production'];

const setupFiles =
  process.env['DETENTE_SEED'] === undefined ? [] : [fileURLToPath(new URL('.config/replay.ts', import.meta.url))];

const packages = readdirSync('packages').filter((name) => existsSync(`packages/${name}/test`));
const tests = (name: string) => readdirSync(`packages/${name}/test`, { recursive: true, encoding: 'utf8' });

// Those without real engines, sockets and large memory share what is loaded; the others keep a process for each file.
const shared = new Set(['core', 'diagrams', 'session', 'testing']);

// Those that take longest go first, else one is left over at the end for a single processor; without a cache, as in a fresh
// clone, nothing else tells. Who waits for a browser and who computes alternate.
const longest = [
  'browser/test/engines/conformance',
  'testing/test/fuzz/light',
  'checker/test/model/links',
  'browser/test/engines/chromium',
  'browser/test/engines/firefox',
  'testing/test/fuzz/virtual',
  'browser/test/engines/wrtc',
  'checker/test/model/pair',
  'browser/test/interop/interop',
  'session/test/hostile',
  'cli/test/demo',
  'browser/test/fidelity',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((part) => moduleId.includes(part));
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).sort((left, right) => rank(left) - rank(right));
  }
}

const projects = packages
  .filter((name) => tests(name).some((file) => /\.test(-d)?\.ts$/.test(file)))
  .map((name) => ({
    extends: true as const,
    root: `packages/${name}`,
    test: {
      name,
      isolate: !shared.has(name),
      include: ['test/**/*.test.ts'],
      typecheck: {
        enabled: tests(name).some((file) => file.endsWith('.test-d.ts')),
        include: ['test/**/*.test-d.ts'],
        tsconfig: existsSync(`packages/${name}/test/tsconfig.json`) ? 'test/tsconfig.json' : 'tsconfig.json',
      },
    },
  }));

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    setupFiles,
    sequence: { sequencer: LongestFirst },
    // Unless told, one processor is left idle; tests that drive engines mostly wait.
    maxWorkers: Math.max(2, availableParallelism()),
    // What is printed is compared as plain text, on a terminal too.
    env: { NO_COLOR: '1' },
    // A test is never judged by its speed: the bound is there to end what hangs.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    projects: [{ extends: true, root: '.config', test: { name: 'workspace' } }, ...projects],
  },
});
