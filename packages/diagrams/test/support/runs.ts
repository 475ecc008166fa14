/** Runs that the tests of all three forms draw. */
import { type Run, toRun } from '@detente/diagrams';
import { recordPair } from '../../scripts/record-pair.ts';

const bothChange = [
  { atMs: 0, on: 'left' },
  { atMs: 1, on: 'right' },
] as const;
const askFirst = { left: { role: 'requester' }, right: { role: 'arbiter' } } as const;

/** Two offers cross, and the polite side gives way. */
export const glare: Run = toRun(
  recordPair({ left: { role: 'polite', rollback: true }, right: { role: 'impolite' }, changes: bothChange }),
);

/** A client asks while the SFU offers, candidates and all. */
export const contention: Run = toRun(
  recordPair({
    ...askFirst,
    names: { left: 'client 3', right: 'SFU' },
    changes: [
      { atMs: 0, on: 'right' },
      { atMs: 3, on: 'left' },
    ],
    candidates: 3,
  }),
  'Both sides want the floor',
);

/** The request comes twice, the answer never. */
export const badNetwork: Run = toRun(
  recordPair({
    ...askFirst,
    changes: [{ atMs: 0, on: 'left' }],
    copies: ({ kind }) => (kind === 'request' ? 2 : kind === 'answer' ? 0 : 1),
  }),
);

/** The engine never makes an offer. */
export const badEngine: Run = toRun(
  recordPair({
    left: { role: 'polite', rollback: true },
    right: { role: 'impolite' },
    changes: [{ atMs: 0, on: 'left' }],
    fails: (operation) => operation === 'createOffer',
  }),
);

/** Two sessions of one SFU, each beside its client. */
export const twoClients: Run = toRun([
  ...recordPair({ ...askFirst, names: { left: 'ann', right: 'SFU' }, changes: [{ atMs: 0, on: 'left' }] }),
  ...recordPair({ ...askFirst, names: { left: 'SFU', right: 'bob' }, changes: [{ atMs: 1, on: 'right' }] }).map(
    (side) => ({ ...side, id: `${side.id} of bob` }),
  ),
]);

export const runs: Readonly<Record<string, Run>> = { glare, contention, badNetwork, badEngine, twoClients };
