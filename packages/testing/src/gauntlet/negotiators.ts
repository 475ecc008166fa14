/** Every negotiator that comes with the gauntlet: ours first, then others' designs. */
import type { NegotiatorDriver } from './driver.ts';
import { detenteAskFirst, detenteAuto, detentePolite } from './drivers/detente.ts';
import { naive } from './drivers/naive.ts';
import { originalAskFirst } from './drivers/original-ask-first.ts';
import { perfectNegotiation } from './drivers/perfect-negotiation.ts';

export const negotiators: readonly NegotiatorDriver[] = [
  detentePolite,
  detenteAskFirst,
  detenteAuto,
  perfectNegotiation,
  originalAskFirst,
  naive,
];
