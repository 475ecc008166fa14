/** The virtual engine against the specifications, and its variants against the engines that they stand for. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { differences, specified } from './differences.ts';
import { knownEngines } from './known-differences.ts';
import { observeVirtual, realEngines } from './observe.ts';
import { sequences } from './sequences.ts';
import { toEnginesPage } from './table.ts';

describe('the virtual engine', () => {
  it('does in every sequence what the specifications say', async () => {
    expect(new Set(sequences.map(({ name }) => name)).size).toBe(sequences.length);
    expect(differences(await observeVirtual('spec'))).toEqual({});
  });

  it.each(realEngines)(
    'differs as %s from the engine of that name in what is known, and in nothing else',
    async (engine) => {
      const real = { ...specified, ...knownEngines[engine].differences };
      expect(differences(await observeVirtual(engine), real)).toEqual(knownEngines[engine].variantDifferences);
    },
  );
});

describe('docs/engines.md', () => {
  it('tells what is known', () => {
    const page = readFileSync(new URL('../../../../docs/engines.md', import.meta.url), 'utf8');
    expect(page).toBe(toEnginesPage(knownEngines));
  });
});
