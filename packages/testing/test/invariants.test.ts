import { describe, expect, it } from 'vitest';
import { InvariantViolation } from '@detente/session';
import { type InvariantId, type Observations, assertInvariant, invariants } from '@detente/testing';

/** For each invariant, an observation in which it holds, and one in which it is broken. */
const observations: { readonly [Id in InvariantId]: readonly [holds: Observations[Id], broken: Observations[Id]] } = {
  S1: [
    { operation: 'createOffer', signalingState: 'have-local-offer', busy: false },
    { operation: 'applyOffer', signalingState: 'have-local-offer', busy: false },
  ],
  S2: [
    { left: { offer: 'right 1', base: null }, right: { offer: 'left 1', base: 'right 1' } },
    { left: { offer: 'right 1', base: null }, right: { offer: 'left 1', base: null } },
  ],
  S3: [
    { answers: 'left 2', pending: 'left 2' },
    { answers: 'left 1', pending: 'left 2' },
  ],
  S4: [
    { candidateOf: 'new', descriptions: ['old', 'new'] },
    { candidateOf: 'ignored', descriptions: ['old', 'new'] },
  ],
  S5: [
    { left: 'left 1', right: 'left 1' },
    { left: 'left 1', right: null },
  ],
  S6: [
    { threw: false, handled: false, reason: 'The session is over.' },
    { threw: false, handled: false, reason: null },
  ],
  S7: [
    { canRollBack: true, role: 'polite', declinesWhileAsking: false, faults: 0 },
    { canRollBack: true, role: 'arbiter', declinesWhileAsking: false, faults: 0 },
  ],
  S8: [
    { kept: 512, bound: 512 },
    { kept: 513, bound: 512 },
  ],
  L1: [
    { owed: true, reported: true },
    { owed: true, reported: false },
  ],
  L2: [
    { atRest: false, failed: true },
    { atRest: false, failed: false },
  ],
  L3: [
    { overtaken: 1, bound: 1 },
    { overtaken: 2, bound: 1 },
  ],
  L4: [
    { exchanges: 6, bound: 6 },
    { exchanges: 7, bound: 6 },
  ],
};

describe.each(Object.keys(invariants) as InvariantId[])('%s', (id) => {
  const [holds, broken] = observations[id];

  it('carries its id and a sentence', () => {
    expect(invariants[id]).toMatchObject({ id, sentence: expect.stringMatching(/^[a-z].*[^.]$/) as unknown });
  });

  it('holds where it should, and throws its id where it is broken', () => {
    expect(() => assertInvariant(id, holds as never)).not.toThrow();
    const violation = (): unknown => {
      try {
        assertInvariant(id, broken as never);
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(violation()).toBeInstanceOf(InvariantViolation);
    expect(violation()).toMatchObject({ id });
  });
});
