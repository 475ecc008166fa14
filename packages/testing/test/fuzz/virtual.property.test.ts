import fc from 'fast-check';
import { describe, it } from 'vitest';
import { interleavings, rolePairNames } from '@detente/testing';
import { patienceMs, runs } from './support.ts';

// As on the light engine, with media: m-lines, directions, mids, ICE generations, and the ways of each engine.
describe.each(rolePairNames)('%s on every virtual engine', (pair) => {
  it(
    'keeps every invariant whatever applications, engines and the network do',
    () => fc.assert(interleavings({ pair, engine: 'virtual' }), { numRuns: runs(300) }),
    patienceMs,
  );
  it(
    'keeps every invariant without faults',
    () => fc.assert(interleavings({ pair, engine: 'virtual', trouble: 'none' }), { numRuns: runs(200) }),
    patienceMs,
  );
});
