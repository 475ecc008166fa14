/**
 * Codecs: other people's wires, told in our messages. Such a wire has no ids and no link, so a reliable, ordered
 * signaling channel is assumed; where ids are missing, a codec fills them in from the endpoint's registers.
 */
import * as v from 'valibot';
import type { Candidate, Description } from '../description.ts';
import { belongsTo } from '../endpoint/candidates.ts';
import type { CandidateOf, Endpoint, Input } from '../endpoint/endpoint.ts';
import type { Role } from '../roles.ts';
import { type Message, type ParseResult, candidateSchema, sdpSchema } from './message.ts';

export interface Codec {
  /** The roles that this wire can carry. */
  readonly roles: readonly Role[];
  /** The frames that say this; none where the wire has no word for it. Never throws. */
  encode(message: Message): readonly object[];
  /** What a frame means to this endpoint; nothing for a frame that is not about negotiation. Never throws. */
  decode(frame: unknown, endpoint: Endpoint): ParseResult<readonly Input[]>;
  /** Frames that the wire owes as a reply once the inputs of the last frame are taken. */
  reply?(endpoint: Endpoint): readonly object[];
}

export const meaning = (...messages: readonly Message[]): ParseResult<readonly Input[]> => ({
  ok: true,
  value: messages.map((message) => ({ type: 'message', message })),
});

/** What cannot even be looked at is refused like anything else. */
export const parseFrame = <S extends v.GenericSchema>(schema: S, frame: unknown): v.InferOutput<S> | undefined => {
  try {
    const parsed = v.safeParse(schema, frame);
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
};

export const refuseFrame = (reason: string): ParseResult<never> => ({ ok: false, reason });

/** An offer that comes again is the same offer; any other is the next one. */
export const toOfferMessage = ({ registers }: Endpoint, description: Description): Message => {
  const { remote } = registers;
  const again = remote.latest?.part === 'offer' && remote.latest.sdp === description.sdp;
  return {
    kind: 'offer',
    id: again ? remote.newest : remote.newest + 1,
    description: { type: 'offer', sdp: description.sdp },
    // Said again, it could not be taken back: these wires have no other way to say so.
    insists: again,
  };
};

/** It answers the offer that is out; where none is, an id that no offer has makes it stale. */
export const toAnswerMessage = ({ registers, machine }: Endpoint, description: Description): Message => ({
  kind: 'answer',
  offer: outstandingOffer(registers.local, registers.offers),
  description: { type: 'answer', sdp: description.sdp },
  // It cannot take back what was asked before it.
  wants: machine.context.awaited,
});

export const outstandingOffer = (local: Endpoint['registers']['local'], offers: number): number =>
  local?.sent ? local.id : offers + 1;

/** By its ufrag, if it has one that the last exchange knows; else it belongs to the description that came last. */
export const toRemoteCandidate = ({ registers }: Endpoint, candidate: Candidate): Message => {
  const { exchange, remote } = registers;
  const of: CandidateOf =
    exchange && belongsTo({ ufrags: exchange.remoteUfrags, mids: exchange.mids }, candidate)
      ? { part: exchange.part === 'offer' ? 'answer' : 'offer', id: exchange.id }
      : (remote.latest ?? { part: 'offer', id: remote.newest + 1 });
  return of.part === 'offer'
    ? { kind: 'candidate', offer: of.id, candidate }
    : { kind: 'candidate', answer: of.id, candidate };
};

/** Both shapes that a description takes on these wires: an object, or its bare SDP. */
export const descriptionSchema = v.object({ type: v.picklist(['offer', 'answer']), sdp: sdpSchema });
export { candidateSchema, sdpSchema };
