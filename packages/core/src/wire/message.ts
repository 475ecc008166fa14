/**
 * The native wire, version 1: plain JSON objects over any signaling channel. One schema parses everything inbound;
 * unknown extra fields are ignored, so that a later minor addition is no break.
 */
import * as v from 'valibot';
import { roles } from '../roles.ts';

/** The version that this package speaks; a message of another version is refused with a reason. */
export const wireVersion = 1;

/** Ids count from 1 and are chosen by the sender of the offer or request. */
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(64));
const sessionId = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
/** An SDP of a few hundred m-lines is some 500 kB; more is an attack. Counted in UTF-16 units. */
export const sdpSchema = v.pipe(v.string(), v.maxLength(1_000_000));
const shortText = v.pipe(v.string(), v.maxLength(4_096));

const needs = v.object({ audio: count, video: count });
export const candidateSchema = v.object({
  candidate: shortText,
  sdpMid: v.optional(v.nullable(shortText)),
  sdpMLineIndex: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)))),
  usernameFragment: v.optional(v.nullable(shortText)),
});

const hello = v.object({ kind: v.literal('hello') });
const offer = v.object({
  kind: v.literal('offer'),
  id,
  description: v.object({ type: v.literal('offer'), sdp: sdpSchema }),
  /** It was declined and cannot be taken back: it must be answered before anything else can happen. */
  insists: v.optional(v.boolean(), false),
});
const answer = v.object({
  kind: v.literal('answer'),
  /** The offer that it answers. */
  offer: id,
  description: v.object({ type: v.literal('answer'), sdp: sdpSchema }),
  /** The sender still owes an offer. */
  wants: v.optional(v.boolean(), false),
  /** With `wants`: the request for the floor that this answer makes or repeats. */
  request: v.optional(id),
  needs: v.optional(needs),
  iceRestart: v.optional(v.boolean()),
});
const ofOffer = v.object({ kind: v.literal('candidate'), offer: id, candidate: candidateSchema });
const ofAnswer = v.object({ kind: v.literal('candidate'), answer: id, candidate: candidateSchema });
const request = v.object({
  kind: v.literal('request'),
  request: id,
  needs: v.optional(needs),
  /** From an answerer: the offer that it asks for is to restart ICE, which its answer alone cannot. */
  iceRestart: v.optional(v.boolean()),
});
const grant = v.object({ kind: v.literal('grant'), request: id });
const release = v.object({ kind: v.literal('release') });
const decline = v.object({
  kind: v.literal('decline'),
  offer: id,
  reason: v.picklist(['busy', 'refused', 'taken']),
  /** With `busy`: the request that goes first. */
  request: v.optional(id),
});
const bye = v.object({ kind: v.literal('bye') });

const bodies = { hello, offer, answer, request, grant, release, decline, bye } as const;
const candidateBody = v.union([ofOffer, ofAnswer]);

/**
 * What one side says to the other, without its envelope.
 *
 * Shape: `{ kind: 'answer', offer: 3, description: { type: 'answer', sdp: 'v=0…' }, wants: true }`. A candidate names
 * the offer of its sender (`offer`), or the offer of the receiver (`answer`) whose answer it belongs to.
 */
export type Message =
  | { [K in keyof typeof bodies]: v.InferOutput<(typeof bodies)[K]> }[keyof typeof bodies]
  | v.InferOutput<typeof candidateBody>;

export type MessageKind = Message['kind'];

const envelope = v.object({
  v: v.literal(wireVersion),
  from: sessionId,
  to: v.optional(sessionId),
  role: v.picklist(roles),
  /** The link's sequence number, counting from 1; absent on a frame that carries no message. */
  seq: v.optional(id),
  /** The link's cumulative acknowledgement. */
  ack: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  /** On a `sync` frame: replay what is not acknowledged. */
  resync: v.optional(v.boolean()),
});
const kinds = v.object({
  kind: v.picklist([...Object.keys(bodies), 'candidate', 'sync'] as (MessageKind | 'sync')[]),
});

/** A parsed message with its envelope. A `sync` frame has no message: it belongs to the link alone. */
export interface Envelope {
  readonly from: string;
  readonly to?: string | undefined;
  readonly role: v.InferOutput<typeof envelope>['role'];
  readonly seq?: number | undefined;
  readonly ack?: number | undefined;
  readonly resync?: boolean | undefined;
  readonly message: Message | undefined;
}

export type ParseResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/**
 * `envelope`: of a frame whose message was refused, so that its number still counts. A link that waited for a message
 * which is refused each time it comes would wait for ever.
 */
export type EnvelopeResult =
  | { readonly ok: true; readonly value: Envelope }
  | { readonly ok: false; readonly reason: string; readonly envelope?: Envelope };

/** Never throws, whatever the input; `reason` is for a developer and quotes no payload. */
export const parseEnvelope = (input: unknown): EnvelopeResult => {
  try {
    return parse(input);
  } catch {
    return refuse('it cannot be read');
  }
};

const parse = (input: unknown): EnvelopeResult => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return refuse('not a JSON object');
  const version = (input as { v?: unknown }).v;
  if (version !== wireVersion)
    return refuse(`version ${describe(version)} is not the version ${wireVersion} of this side`);
  const outer = v.safeParse(envelope, input);
  if (!outer.success) return refuse(issuesOf(outer.issues));
  const { v: _, ...head } = outer.output;
  const refuseMessage = (issues: readonly v.BaseIssue<unknown>[]) =>
    ({ ...refuse(issuesOf(issues)), envelope: { ...head, message: undefined } }) as const;
  const named = v.safeParse(kinds, input);
  if (!named.success) return refuseMessage(named.issues);
  const { kind } = named.output;
  if (kind === 'sync') return { ok: true, value: { ...head, message: undefined } };
  const body = v.safeParse(kind === 'candidate' ? candidateBody : bodies[kind], input);
  if (!body.success) return refuseMessage(body.issues);
  return { ok: true, value: { ...head, message: body.output } };
};

const refuse = (reason: string) => ({ ok: false, reason }) as const;

const describe = (value: unknown): string => (typeof value === 'number' ? String(value) : `of type ${typeof value}`);

const issuesOf = (issues: readonly v.BaseIssue<unknown>[]): string =>
  issues
    .map((issue) => `${v.getDotPath(issue) ?? 'message'}: expected ${issue.expected ?? 'a permitted value'}`)
    .join('; ');
