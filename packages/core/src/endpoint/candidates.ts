/**
 * Whose candidate is it? Both directions are decided by exchange, never by a flag, so that a candidate of an ignored or
 * rolled-back offer cannot be mistaken for one that is welcome. Spec: RFC 8838 §14.
 */
import type { Candidate } from '../description.ts';
import type { CandidateOwner } from '../machine/events.ts';
import type { Message } from '../wire/message.ts';
import type { CandidateOf, Endpoint, Registers } from './endpoint.ts';

type CandidateMessage = Extract<Message, { kind: 'candidate' }>;

export const toCandidateOf = (message: CandidateMessage): CandidateOf =>
  'offer' in message ? { part: 'offer', id: message.offer } : { part: 'answer', id: message.answer };

export const toCandidateMessage = ({ part, id }: CandidateOf, candidate: Candidate): CandidateMessage =>
  part === 'offer' ? { kind: 'candidate', offer: id, candidate } : { kind: 'candidate', answer: id, candidate };

/** For a candidate of the other side: `part` is its part in the exchange, so ours was the other one. */
export const ownerOf = ({ exchange, local, remote }: Registers, { part, id }: CandidateOf): CandidateOwner => {
  if (exchange !== null && exchange.part !== part && exchange.id === id) return 'current';
  if (part === 'answer') return local?.id === id ? 'coming' : 'dead';
  if (remote.applying?.id === id) return remote.applying.applied ? 'current' : 'coming';
  return remote.held?.id === id || id > remote.newest ? 'coming' : 'dead';
};

/**
 * Where a candidate of ours goes: under a description that the other side knows, into the queue until its description
 * is sent, or nowhere, when its description was taken back. Its ufrag decides, since gathering for an exchange that is
 * long agreed may go on while a new offer is pending.
 */
export const destinationOf = (
  { machine, registers }: Endpoint,
  candidate: Candidate,
): CandidateOf | 'wait' | 'nowhere' => {
  const { exchange, local } = registers;
  if (exchange !== null && belongsTo(exchange.ufrags, candidate)) return exchange;
  if (local?.sent) return { part: 'offer', id: local.id };
  switch (machine.path) {
    case 'local-offer-pending.creating':
    case 'remote-offer-pending.answering':
      return 'wait';
    case 'local-offer-pending.rolling-back':
    case 'remote-offer-pending.rolling-back':
    case 'closed':
      return 'nowhere';
    default:
      return exchange ?? 'nowhere';
  }
};

export const belongsTo = (ufrags: readonly string[], { usernameFragment }: Candidate): boolean =>
  typeof usernameFragment === 'string' && ufrags.includes(usernameFragment);
