import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pages } from '../scripts/pages.ts';

const folder = new URL('../../../docs/diagrams/', import.meta.url);

describe('docs/diagrams', () => {
  it('is what the machine is drawn as now: otherwise run `pnpm run docs` and look at the pictures', async () => {
    const fresh = await pages();
    const present = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    expect(present.map(({ name }) => name).toSorted()).toEqual([...fresh.keys()]);
    const stale = [...fresh].filter(([name, content]) => readFileSync(new URL(name, folder), 'utf8') !== content);
    expect(stale.map(([name]) => name)).toEqual([]);
  });
});
