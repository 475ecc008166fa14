import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roles } from '../../src/roles.ts';
import { type Message, parseEnvelope, wireVersion } from '../../src/wire/message.ts';

const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const text = fc.string({ unit: 'binary', maxLength: 60 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const needs = fc.record({ audio: fc.nat(64), video: fc.nat(64) });
const candidate = fc.record(
  {
    candidate: text,
    sdpMid: fc.option(text, { nil: null }),
    sdpMLineIndex: fc.option(fc.nat(65_535), { nil: null }),
    usernameFragment: fc.option(text, { nil: null }),
  },
  { requiredKeys: ['candidate'] },
);
const message: fc.Arbitrary<Message> = fc.oneof(
  fc.constantFrom({ kind: 'hello' } as const, { kind: 'release' } as const, { kind: 'bye' } as const),
  fc.record({
    kind: fc.constant('offer' as const),
    id,
    description: fc.record({ type: fc.constant('offer' as const), sdp: text }),
    insists: fc.boolean(),
  }),
  fc.record(
    {
      kind: fc.constant('answer' as const),
      offer: id,
      description: fc.record({ type: fc.constant('answer' as const), sdp: text }),
      wants: fc.boolean(),
      request: id,
      needs,
    },
    { requiredKeys: ['kind', 'offer', 'description', 'wants'] },
  ),
  fc.record({ kind: fc.constant('candidate' as const), offer: id, candidate }),
  fc.record({ kind: fc.constant('candidate' as const), answer: id, candidate }),
  fc.record({ kind: fc.constant('request' as const), request: id, needs }, { requiredKeys: ['kind', 'request'] }),
  fc.record({ kind: fc.constant('grant' as const), request: id }),
  fc.record({
    kind: fc.constant('decline' as const),
    offer: id,
    reason: fc.constantFrom('busy' as const, 'refused' as const, 'taken' as const),
  }),
);
const head = fc.record({
  from: fc.string({ minLength: 1, maxLength: 128 }),
  to: optional(fc.string({ minLength: 1, maxLength: 128 })),
  role: fc.constantFrom(...roles),
  seq: optional(id),
  ack: optional(fc.nat()),
  resync: optional(fc.boolean()),
});
const toFrame = (envelope: object, body: object): unknown =>
  JSON.parse(JSON.stringify({ v: wireVersion, ...envelope, ...body }));
const withoutUndefined = (value: object) => JSON.parse(JSON.stringify(value)) as object;

describe('the native wire', () => {
  it('brings every message through JSON as it was', () => {
    fc.assert(
      fc.property(head, message, (envelope, body) => {
        const parsed = parseEnvelope(toFrame(envelope, body));
        expect(parsed).toEqual({ ok: true, value: { ...withoutUndefined(envelope), message: withoutUndefined(body) } });
      }),
    );
  });

  it('ignores fields that it does not know, wherever they are', () => {
    fc.assert(
      fc.property(head, message, fc.jsonValue(), (envelope, body, extra) => {
        const plain = parseEnvelope(toFrame(envelope, body));
        const described = 'description' in body ? { description: { ...body.description, extra } } : {};
        expect(parseEnvelope(toFrame({ ...envelope, extra }, { ...body, ...described, later: extra }))).toEqual(plain);
      }),
    );
  });

  it('never throws and never takes a prototype for a field, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true }), (input) => {
        const parsed = parseEnvelope(input);
        if (!parsed.ok) expect(parsed.reason).toBeTypeOf('string');
      }),
    );
  });

  it('never throws on a message that is broken in one place', () => {
    fc.assert(
      fc.property(head, message, fc.anything(), fc.nat(), (envelope, body, broken, place) => {
        const frame = toFrame(envelope, body) as Record<string, unknown>;
        const keys = Object.keys(frame);
        frame[keys[place % keys.length] as string] = broken;
        const parsed = parseEnvelope(frame);
        if (parsed.ok) expect(parsed.value.message?.kind ?? 'sync').toBe(frame['kind']);
      }),
    );
  });
});
