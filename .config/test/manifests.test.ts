// The packages' manifests follow one pattern, so that every package resolves to its sources here and to its build elsewhere.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly description: string;
  readonly license: string;
  readonly files?: readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;
  readonly publishConfig?: { readonly access: string };
}

const packages = readdirSync(new URL('packages/', root)).map((folder) => {
  const path = new URL(`packages/${folder}/package.json`, root);
  return { folder, manifest: JSON.parse(readFileSync(path, 'utf8')) as Manifest };
});

describe.each(packages)('the manifest of $folder', ({ folder, manifest }) => {
  it('names the package after its folder, with a description and the licence', () => {
    expect(manifest.name).toBe(folder === 'cli' ? 'detente' : `@detente/${folder}`);
    expect(manifest.description).toMatch(/\.$/);
    expect(manifest.license).toBe('MIT');
  });

  it('is private or says how it is published', () => {
    if (manifest.private === true) {
      expect(manifest.publishConfig).toBeUndefined();
    } else {
      expect(manifest.publishConfig).toEqual({ access: 'public' });
      expect(manifest.files).toEqual(['dist', 'src']);
    }
  });

  it('exports sources that exist, ahead of the ESM and CommonJS builds of the same files', () => {
    const { './package.json': self, ...entries } = manifest.exports ?? {};
    expect(self).toBe(manifest.private === true ? undefined : './package.json');
    for (const entry of Object.values(entries)) {
      const source = (entry as { readonly '@detente/source': string })['@detente/source'];
      const built = source.replace('./src/', './dist/').replace(/\.ts$/, '');
      expect(existsSync(new URL(`packages/${folder}/${source}`, root))).toBe(true);
      expect(Object.entries(entry)).toEqual([
        ['@detente/source', source],
        ['import', { types: `${built}.d.ts`, default: `${built}.js` }],
        ['require', { types: `${built}.d.cts`, default: `${built}.cjs` }],
      ]);
    }
  });
});
