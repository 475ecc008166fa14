/**
 * The wire of the Go SFU from which ask-first comes: `is_allow_renegotiation`, `allow_renegotiation`, `offer`, `answer`,
 * `candidate`, and from the server `error`. A client writes a bare SDP and a bare candidate line, a server writes
 * objects and a `status`. Asking takes the floor at once, so a client that no longer owes anything makes an offer all
 * the same when it is allowed: the wire has no word for giving the floor back.
 */
import * as v from 'valibot';
import type { Endpoint, Input } from '../endpoint/endpoint.ts';
import {
  type Codec,
  candidateSchema,
  descriptionSchema,
  meaning,
  outstandingOffer,
  parseFrame,
  refuseFrame,
  sdpSchema,
  toAnswerMessage,
  toOfferMessage,
  toRemoteCandidate,
} from './codec.ts';
import type { Message, ParseResult } from './message.ts';

const negotiationTypes = [
  'is_allow_renegotiation',
  'allow_renegotiation',
  'offer',
  'answer',
  'candidate',
  'error',
] as const;

const otherFrame = v.object({ type: v.string() });
const candidateData = v.union([candidateSchema, sdpSchema, v.null()]);
const frameSchema = v.variant('type', [
  v.object({ type: v.literal('is_allow_renegotiation') }),
  v.object({ type: v.literal('allow_renegotiation'), data: v.union([v.boolean(), v.literal('ok')]) }),
  v.object({ type: v.picklist(['offer', 'answer']), data: v.union([descriptionSchema, sdpSchema]) }),
  v.object({ type: v.literal('candidate'), data: candidateData }),
  v.object({ type: v.literal('error') }),
]);
type Frame = v.InferOutput<typeof frameSchema>;

/** The client's end: a `requester`. Keeps in mind that it is allowed already, so as not to ask then. */
export const createInliveClientCodec = (): Codec => {
  let isAllowed = false;
  return {
    roles: ['requester'],
    encode(message) {
      switch (message.kind) {
        case 'request':
          if (!isAllowed) return [{ type: 'is_allow_renegotiation' }];
          isAllowed = false;
          return [];
        case 'offer':
          return [{ type: 'offer', data: message.description.sdp }];
        case 'answer':
          return [
            { type: 'answer', data: message.description.sdp },
            ...(message.wants ? [{ type: 'is_allow_renegotiation' }] : []),
          ];
        case 'candidate':
          return [{ type: 'candidate', data: message.candidate.candidate }];
        case 'decline':
          // "Not ready" is an answer without a description.
          return message.reason === 'taken' ? [] : [{ type: 'answer', data: '' }];
        default:
          return [];
      }
    },
    decode: (input, endpoint) =>
      parse(input, endpoint, (frame) => {
        isAllowed = isAllowedUnasked(frame, endpoint);
        return decodeAtClient(frame, endpoint);
      }),
  };
};

/** Allowed after the change was carried: the server holds the floor for us, so we take it. */
const isAllowedUnasked = (frame: Frame, { machine }: Endpoint): boolean =>
  frame.type === 'allow_renegotiation' &&
  frame.data !== false &&
  machine.path === 'stable' &&
  !machine.context.announced;

/** The server's end: an `arbiter`. Keeps in mind whether the last request was refused, to allow it later as `ok`. */
export const createInliveServerCodec = (): Codec => {
  let isAsked = false;
  const frame = (type: string, data: unknown) => ({ status: true, type, data });
  return {
    roles: ['arbiter'],
    encode(message) {
      switch (message.kind) {
        case 'grant': {
          const allowed = frame('allow_renegotiation', isAsked ? true : 'ok');
          isAsked = false;
          return [allowed];
        }
        case 'offer':
        case 'answer':
          return [frame(message.kind, message.description)];
        case 'candidate':
          return [frame('candidate', message.candidate)];
        case 'decline':
          return [{ status: false, type: 'error', data: message.reason }];
        default:
          return [];
      }
    },
    decode: (input, endpoint) =>
      parse(input, endpoint, (one) => {
        isAsked = one.type === 'is_allow_renegotiation';
        return decodeAtServer(one, endpoint);
      }),
    reply() {
      if (!isAsked) return [];
      isAsked = false;
      return [frame('allow_renegotiation', false)];
    },
  };
};

const parse = (
  frame: unknown,
  endpoint: Endpoint,
  decode: (frame: Frame, endpoint: Endpoint) => ParseResult<readonly Input[]>,
): ParseResult<readonly Input[]> => {
  const outer = parseFrame(otherFrame, frame);
  if (!outer) return refuseFrame('it has no type');
  // The application shares the socket: its own messages are none of our business.
  if (!(negotiationTypes as readonly string[]).includes(outer.type)) return meaning();
  const parsed = parseFrame(frameSchema, frame);
  return parsed ? decode(parsed, endpoint) : refuseFrame(`it is no ${outer.type} of this wire`);
};

const decodeAtClient = (frame: Frame, endpoint: Endpoint): ParseResult<readonly Input[]> => {
  const { registers, machine } = endpoint;
  switch (frame.type) {
    case 'allow_renegotiation': {
      if (frame.data === false) return meaning();
      if (machine.context.announced) return meaning({ kind: 'grant', request: registers.requests });
      if (!isAllowedUnasked(frame, endpoint)) return meaning();
      return {
        ok: true,
        value: [
          { type: 'change', certain: true },
          { type: 'message', message: { kind: 'grant', request: registers.requests + 1 } },
        ],
      };
    }
    case 'error':
      return meaning({
        kind: 'decline',
        offer: outstandingOffer(registers.local, registers.offers),
        reason: 'refused',
      });
    case 'is_allow_renegotiation':
      return refuseFrame('only a client asks');
    default:
      return decodeCommon(frame, endpoint);
  }
};

const decodeAtServer = (frame: Frame, endpoint: Endpoint): ParseResult<readonly Input[]> => {
  const { registers } = endpoint;
  switch (frame.type) {
    case 'is_allow_renegotiation':
      return meaning({ kind: 'request', request: registers.remote.request + 1 });
    case 'answer':
      return frame.data === ''
        ? meaning({ kind: 'decline', offer: outstandingOffer(registers.local, registers.offers), reason: 'busy' })
        : decodeCommon(frame, endpoint);
    case 'allow_renegotiation':
      return refuseFrame('only a server allows');
    case 'error':
      return meaning();
    default:
      return decodeCommon(frame, endpoint);
  }
};

const decodeCommon = (
  frame: Extract<Frame, { type: 'offer' | 'answer' | 'candidate' }>,
  endpoint: Endpoint,
): ParseResult<readonly Input[]> => {
  if (frame.type === 'candidate') {
    const { data } = frame;
    const candidate = data === null ? { candidate: '' } : typeof data === 'string' ? toLine(data) : data;
    return meaning(toRemoteCandidate(endpoint, candidate));
  }
  const sdp = typeof frame.data === 'string' ? frame.data : frame.data.sdp;
  const message: Message =
    frame.type === 'offer'
      ? toOfferMessage(endpoint, { type: 'offer', sdp })
      : toAnswerMessage(endpoint, { type: 'answer', sdp });
  return meaning(message);
};

/** A bare line names no m-line; with BUNDLE all candidates belong to the first. */
const toLine = (candidate: string) => ({ candidate, sdpMLineIndex: 0 });
