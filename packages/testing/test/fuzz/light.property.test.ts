import fc from 'fast-check';
import { describe, it } from 'vitest';
import { interleavings, rolePairNames } from '@detente/testing';
import { patienceMs, runs } from './support.ts';

// Sessions, links and wires as they ship, on an engine that is fast enough for most interleavings.
describe.each(rolePairNames)('%s on the light engine', (pair) => {
  it(
    'keeps every invariant whatever applications, engines and the network do',
    () => fc.assert(interleavings({ pair, engine: 'light' }), { numRuns: runs(3_500) }),
    patienceMs,
  );
  it(
    'keeps every invariant without faults',
    () => fc.assert(interleavings({ pair, engine: 'light', trouble: 'none' }), { numRuns: runs(1_000) }),
    patienceMs,
  );
  it(
    'lets nobody wait for one that never stops',
    () => fc.assert(interleavings({ pair, engine: 'light', trouble: 'busy' }), { numRuns: runs(500) }),
    patienceMs,
  );
});
