/** The suite, in the order of the table. */
import type { Sequence } from './sequence.ts';
import { associationSequences } from './sequences/association.ts';
import { candidateSequences } from './sequences/candidates.ts';
import { closeSequences } from './sequences/close.ts';
import { iceSequences } from './sequences/ice.ts';
import { legalitySequences } from './sequences/legality.ts';
import { mLineSequences } from './sequences/m-lines.ts';
import { negotiationNeededSequences } from './sequences/negotiation-needed.ts';
import { operationSequences } from './sequences/operations.ts';
import { rollbackSequences } from './sequences/rollback.ts';

export const chapters = {
  'Signaling states': legalitySequences,
  Rollback: rollbackSequences,
  Association: associationSequences,
  'M-lines': mLineSequences,
  'Negotiation needed': negotiationNeededSequences,
  'ICE generations': iceSequences,
  Candidates: candidateSequences,
  'Operations chain': operationSequences,
  Close: closeSequences,
} as const satisfies Readonly<Record<string, readonly Sequence[]>>;

export const sequences: readonly Sequence[] = Object.values(chapters).flat();
