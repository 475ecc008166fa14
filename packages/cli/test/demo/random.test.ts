import { expect, it } from 'vitest';
import { createRandom, maxTracks, nextChanges } from '../../src/demo/random.ts';

const plan = (seed: number, length: number) => {
  const random = createRandom(seed);
  let published = 0;
  return Array.from({ length }, () => {
    const next = nextChanges(random, published);
    for (const change of next.changes) {
      if (change.type === 'withdraw') expect(change.which).toBeLessThan(published);
      published += change.type === 'publish' ? 1 : -1;
      expect(published).toBeGreaterThanOrEqual(0);
      expect(published).toBeLessThanOrEqual(maxTracks);
    }
    return next;
  });
};

it('makes the same changes for the same seed, and others for another', () => {
  expect(plan(7, 50)).toEqual(plan(7, 50));
  expect(plan(7, 50)).not.toEqual(plan(8, 50));
});

it('only withdraws what is published, never publishes too much, and sometimes does each thing', () => {
  const steps = Array.from({ length: 20 }, (_, seed) => plan(seed, 100)).flat();
  const changes = steps.flatMap((step) => step.changes);
  const seen = new Set(changes.map((change) => (change.type === 'publish' ? change.kind : change.type)));
  expect([...seen].sort()).toEqual(['audio', 'video', 'withdraw']);
  expect(new Set(steps.map((step) => step.changes.length))).toEqual(new Set([1, 2]));
});
