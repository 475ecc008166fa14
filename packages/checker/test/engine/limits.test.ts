import { describe, expect, it } from 'vitest';
import { check, estimateBytes, type Progress } from '../../src/engine/index.ts';
import { checkWith } from '../../src/engine/check.ts';
import { createModel as createPeterson } from './models/peterson.ts';
import { createModel as createTokens } from './models/tokens.ts';
import { simulatedCrew } from './support/simulated-crew.ts';

const wide = () => createTokens({ places: 4, tokens: 12 });
const blockSize = 16_384;
const mebibyte = 2 ** 20;

describe('limits', () => {
  it('stops at the first block behind the limit of states, and leaves open what it cannot know', async () => {
    const report = await check(wide(), { maxStates: 50_000 });
    expect(report.complete).toBe(false);
    expect(report.distinctStates).toBeGreaterThan(50_000);
    expect(report.distinctStates).toBeLessThan(50_000 + 8 * blockSize);
    expect(report.stop!.reason).toBe('states');
    expect(report.properties.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['no-deadlock', 'undecided'],
      ['no-crowd', 'undecided'],
      ['even', 'holds'],
    ]);
  });

  it('stops before it takes more memory than it may, and says how far it came and what to change', async () => {
    const report = await check(wide(), { maxBytes: 2 * mebibyte });
    expect(report.stop!.reason).toBe('bytes');
    expect(report.bytes).toBeLessThanOrEqual(2 * mebibyte);
    expect(report.stop!.unexpanded).toBeGreaterThan(0);
    expect(report.stop!.message).toBe(
      `stopped before the memory ran out; raise maxBytes or lower the bounds of the model: ${report.distinctStates} states ` +
        `(${Math.ceil(report.bytes / mebibyte)} MiB), ${report.stop!.unexpanded} of them not expanded; all states less than ` +
        `${report.depth + 1} steps away are expanded; the last level had 1.07 times the states of the one before`,
    );
  });

  it('stops at the same place whatever the size of the crew', async () => {
    const limits = { maxStates: 50_000, maxBytes: 3 * mebibyte };
    const { seconds: _, ...alone } = await check(wide(), limits);
    const { seconds: __, ...three } = await checkWith(simulatedCrew(wide(), [2, 0, 1]), limits);
    expect(three).toEqual(alone);
  });

  it('do not stop a search that just keeps within them', async () => {
    const report = await check(createPeterson({ order: 'flag-then-turn', fair: true }), { maxStates: 20 });
    expect(report.complete).toBe(true);
  });

  it('estimates at most 40 bytes for a state of 20 bytes, at any size', () => {
    const model = { ...wide(), words: 5 };
    const limits = { maxBytes: 2 * mebibyte };
    const states = Array.from({ length: 200 }, (_, at) => Math.round(10_000 * 1.05 ** at));
    for (const count of states) expect(estimateBytes(model, count, 4 * count, limits) / count).toBeLessThanOrEqual(40);
  });

  it('leave the table its 16 MiB at first, and a 256th of less memory', () => {
    const model = { ...wide(), words: 5 };
    const tableBytes = (maxBytes?: number) => estimateBytes(model, 0, 0, maxBytes === undefined ? {} : { maxBytes });
    expect([undefined, 2 ** 40, 2 ** 30, 1].map(tableBytes)).toEqual([2 ** 24, 2 ** 24, 2 ** 22, 2 ** 14]);
  });

  it('counts the graph if there are claims about runs', () => {
    const peterson = createPeterson({ order: 'flag-then-turn', fair: true });
    const bare = { ...peterson, properties: [] };
    expect(estimateBytes(peterson, 1000, 5000)).toBeGreaterThan(estimateBytes(bare, 1000, 5000) + 5000 * 8);
  });
});

describe('progress', () => {
  it('is told after every block, and adds up to the report', async () => {
    const told: Progress[] = [];
    const report = await check(wide(), { onProgress: (progress) => void told.push(progress) });
    expect(told.length).toBeGreaterThan(report.depth);
    expect(told.at(-1)).toMatchObject({
      doing: 'exploring',
      distinctStates: report.distinctStates,
      transitions: report.transitions,
      depth: report.depth,
      unexpanded: 0,
    });
    const depths = told.map(({ depth }) => depth);
    expect(depths).toEqual(depths.toSorted((left, right) => left - right));
  });

  it('names the claims about runs while they are judged', async () => {
    const doing = new Set<string>();
    const model = createPeterson({ order: 'flag-then-turn', fair: true });
    await check(model, { onProgress: (progress) => void doing.add(progress.doing) });
    expect([...doing]).toEqual(['exploring', 'linking', ...model.properties.map(({ id }) => id)]);
  });

  it('ends the check by throwing', async () => {
    const impatient = () => Promise.reject(new Error('enough'));
    await expect(check(wide(), { onProgress: impatient })).rejects.toThrow('enough');
  });
});
