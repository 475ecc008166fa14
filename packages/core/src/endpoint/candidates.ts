/**
 * Whose candidate is it? Both directions are decided by exchange, never by a flag, so that a candidate of an ignored or
 * rolled-back offer cannot be mistaken for one that is welcome. Spec: RFC 8838 §11, §15.
 */
import { type Candidate, iceUfrags, ufragOf } from '../description.ts';
import type { CandidateOwner } from '../machine/events.ts';
import type { Message } from '../wire/message.ts';
import type { CandidateOf, Endpoint, Exchange, Registers } from './endpoint.ts';

type CandidateMessage = Extract<Message, { kind: 'candidate' }>;

export const toCandidateOf = (message: CandidateMessage): CandidateOf =>
  'offer' in message ? { part: 'offer', id: message.offer } : { part: 'answer', id: message.answer };

export const toCandidateMessage = ({ part, id }: CandidateOf, candidate: Candidate): CandidateMessage =>
  part === 'offer' ? { kind: 'candidate', offer: id, candidate } : { kind: 'candidate', answer: id, candidate };

/**
 * For a candidate of the other side. Its ufrag says which ICE generation it belongs to, whatever exchange it was sent
 * under: a renegotiation may overtake slow gathering and leave the generation as it is. But an m-line that is only being
 * offered may share the ufrag of those that are agreed, so a candidate for a new one goes by its label, as one without
 * ufrag does.
 */
export const ownerOf = (registers: Registers, of: CandidateOf, candidate: Candidate): CandidateOwner =>
  createJudge(registers)(of, candidate);

/** `ownerOf` for many candidates: a long description is read at most once, and only if one of them asks for it. */
export const createJudge = (registers: Registers): ((of: CandidateOf, candidate: Candidate) => CandidateOwner) => {
  const { exchange, remote } = registers;
  const known = exchange?.remoteUfrags ?? [];
  const pending = remote.applying?.description ?? remote.answer;
  let read: readonly string[] | undefined;
  const coming = () => (read ??= pending ? iceUfrags(pending.sdp) : []);
  return (of, candidate) => {
    const ufrag = ufragOf(candidate);
    // What is being applied may end the agreed generation, or be given back.
    if (ufrag !== undefined && known.includes(ufrag) && isOnLine(exchange?.mids ?? [], candidate)) {
      return pending === null || coming().includes(ufrag) ? 'current' : 'coming';
    }
    const owner = ownerByLabel(registers, of);
    if (owner !== 'current' || ufrag === undefined) return owner;
    const isStranger = known.length + coming().length > 0 && !coming().includes(ufrag);
    return isStranger ? 'dead' : 'current';
  };
};

/** `part` is the other side's part in the exchange, so ours was the other one. */
const ownerByLabel = ({ exchange, local, remote }: Registers, { part, id }: CandidateOf): CandidateOwner => {
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
  if (exchange !== null && belongsTo(exchange, candidate)) return exchange;
  if (local?.sent) return { part: 'offer', id: local.id };
  switch (machine.path) {
    case 'local-offer-pending.creating':
    case 'remote-offer-pending.answering':
      return 'wait';
    case 'local-offer-pending.rolling-back':
    case 'remote-offer-pending.rolling-back':
      return 'nowhere';
    default:
      // On an m-line that no agreed description has, it is left over from an offer that was taken back.
      return exchange !== null && isOnLine(exchange.mids, candidate) ? exchange : 'nowhere';
  }
};

/** Whether a side's part in an exchange has the candidate's ICE generation and its m-line. */
export const belongsTo = ({ ufrags, mids }: Pick<Exchange, 'ufrags' | 'mids'>, candidate: Candidate): boolean => {
  const ufrag = ufragOf(candidate);
  return ufrag !== undefined && ufrags.includes(ufrag) && isOnLine(mids, candidate);
};

/** A candidate without a mid, or for a description without mids, cannot be told apart. */
const isOnLine = (mids: readonly string[], { sdpMid }: Candidate): boolean =>
  !sdpMid || mids.length === 0 || mids.includes(sdpMid);
