import { splitAtRest, toRun } from '@detente/diagrams';
import { describe, expect, it } from 'vitest';
import { recordPair } from '../../scripts/record-pair.ts';

const run = toRun(
  recordPair({
    left: { role: 'requester' },
    right: { role: 'arbiter' },
    changes: [
      { atMs: 0, on: 'left' },
      { atMs: 100, on: 'right' },
      { atMs: 103, on: 'left' },
      { atMs: 200, on: 'right' },
    ],
    candidates: 2,
  }),
);
const labels = (part: typeof run) => part.entries.flatMap((entry) => (entry.type === 'send' ? [entry.label] : []));

describe('splitting a run at rest', () => {
  it('gives each conversation on its own, and what overlaps as one', () => {
    const parts = splitAtRest(run).map(labels);
    expect(parts).toHaveLength(3);
    expect(parts[0]).toEqual(['request #1', 'grant #1', 'offer #1', '2 candidates', 'answer #1', '2 candidates']);
    expect(parts[1]).toContain('answer #1 wants');
    expect(parts[2]?.filter((label) => !label.includes('candidates'))).toEqual(['offer #2', 'answer #2']);
  });

  it('leaves nothing out', () => {
    expect(splitAtRest(run).flatMap(({ entries }) => entries)).toEqual(run.entries);
  });

  it('begins each part where the one before it left the sessions', () => {
    for (const { lifelines } of splitAtRest(run))
      expect(lifelines.map(({ path }) => path)).toEqual(['stable', 'stable']);
  });

  it('keeps a run that never rests in one part', () => {
    const stuck = { ...run, entries: run.entries.slice(0, 12) };
    expect(splitAtRest(stuck).map(({ entries }) => entries)).toEqual([stuck.entries]);
  });
});
