import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { mutants } from './mutants.ts';
import { plant, tryMutant } from './try-mutant.ts';

// All of them are tried by scripts/mutate.ts; here, that each can be planted, and that the campaign catches one.
describe('the mutants', () => {
  it.each(mutants)('$name: can be planted', async (mutant) => {
    const source = await readFile(new URL(`../../../${mutant.file}`, import.meta.url), 'utf8');
    expect(plant(source, mutant)).not.toBe(source);
  });

  it('are at least twenty', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(20);
  });

  it('stand on their page with what caught them, each once and nothing else', async () => {
    const page = await readFile(new URL('../../../../docs/mutants.md', import.meta.url), 'utf8');
    const rows = page
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (fault|-+) /.test(line))
      .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\', '')));
    expect(rows.map(([, name, file]) => [name, file])).toEqual(mutants.map(({ name, file }) => [name, `\`${file}\``]));
    expect(rows.filter(([, , , caughtBy = '']) => caughtBy === '' || caughtBy === 'not caught')).toEqual([]);
  });

  it('include one that starves the polite side, and fuzzing catches it', { timeout: 300_000 }, async () => {
    const starving = mutants.find(({ name }) => name === 'who lost a glare is not waited for');
    expect(await tryMutant(starving ?? null)).toMatchObject({
      by: 'fuzzing polite / impolite (light)',
      what: expect.stringContaining('L3') as unknown,
    });
  });
});
