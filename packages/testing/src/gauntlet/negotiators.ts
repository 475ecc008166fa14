/** Every negotiator that comes with the gauntlet: ours first, then others' designs. */
import type { NegotiatorDriver } from './driver.ts';
import {
  detenteAnswerer,
  detenteAskFirst,
  detenteAuto,
  detenteDeclining,
  detenteOnW3cWire,
  detentePolite,
} from './drivers/detente.ts';
import { naive } from './drivers/naive.ts';
import { originalAskFirst } from './drivers/original-ask-first.ts';
import { perfectNegotiation } from './drivers/perfect-negotiation.ts';

/** Ours, every pair of roles on our own wire. They pass every scenario. */
export const detenteNegotiators: readonly NegotiatorDriver[] = [
  detentePolite,
  detenteAskFirst,
  detenteDeclining,
  detenteAnswerer,
  detenteAuto,
];

export const negotiators: readonly NegotiatorDriver[] = [
  ...detenteNegotiators,
  detenteOnW3cWire,
  perfectNegotiation,
  originalAskFirst,
  naive,
];
