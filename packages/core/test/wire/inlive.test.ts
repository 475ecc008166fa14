import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../src/endpoint/endpoint.ts';
import type { Codec } from '../../src/wire/codec.ts';
import { createInliveClientCodec, createInliveServerCodec } from '../../src/wire/inlive.ts';
import {
  answered,
  change,
  done,
  granted,
  made,
  madeInNeed,
  offered,
  requested,
  sdpOf,
  type Walk,
  walk,
} from '../support/walk.ts';

const client = () => walk({ role: 'requester' });
const server = () => walk({ role: 'arbiter' });
const inputsOf = (codec: Codec, frame: unknown, { endpoint }: Walk): readonly Input[] => {
  const decoded = codec.decode(frame, endpoint);
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded.value;
};
const takeAll = (codec: Codec, frame: unknown, at: Walk): readonly string[] =>
  inputsOf(codec, frame, at).flatMap((input) => at.take(input));
const offer = { type: 'offer', sdp: 'v=0' } as const;
const answer = { type: 'answer', sdp: 'v=0' } as const;
const candidate = { candidate: 'c1', sdpMid: '0' };

describe('the client of the Go SFU', () => {
  const encode = createInliveClientCodec().encode;

  it('asks, and writes bare SDP and bare candidate lines', () => {
    expect(encode({ kind: 'request', request: 1 })).toEqual([{ type: 'is_allow_renegotiation' }]);
    expect(encode({ kind: 'offer', id: 1, description: offer, insists: false })).toEqual([
      { type: 'offer', data: 'v=0' },
    ]);
    expect(encode({ kind: 'answer', offer: 1, description: answer, wants: false })).toEqual([
      { type: 'answer', data: 'v=0' },
    ]);
    expect(encode({ kind: 'candidate', offer: 1, candidate })).toEqual([{ type: 'candidate', data: 'c1' }]);
  });

  it('asks right after an answer that could not carry its change', () => {
    expect(encode({ kind: 'answer', offer: 1, description: answer, wants: true, request: 1 })).toEqual([
      { type: 'answer', data: 'v=0' },
      { type: 'is_allow_renegotiation' },
    ]);
  });

  it('says "not ready" by an answer without a description', () => {
    expect(encode({ kind: 'decline', offer: 1, reason: 'busy', request: 1 })).toEqual([{ type: 'answer', data: '' }]);
  });

  it.each([true, 'ok'])('takes the floor when it is allowed with %o', (data) => {
    const asking = client().skip(change);
    expect(takeAll(createInliveClientCodec(), { status: true, type: 'allow_renegotiation', data }, asking)).toEqual([
      'stop-timer grant',
      'perform createOffer',
    ]);
  });

  it('waits on when it is not allowed', () => {
    const asking = client().skip(change);
    expect(takeAll(createInliveClientCodec(), { type: 'allow_renegotiation', data: false }, asking)).toEqual([]);
    expect(asking.path).toBe('pending-renegotiation.asking');
  });

  it('makes an offer when it is allowed after its change was carried, and does not ask for that again', () => {
    const carried = client().skip(change, offered(1, 'R1'), done, made('answer', 'L1'));
    const codec = createInliveClientCodec();
    const outputs = takeAll(codec, { type: 'allow_renegotiation', data: 'ok' }, carried);
    expect(outputs).toEqual(['send request 2', 'start-timer grant', 'stop-timer grant', 'perform createOffer']);
    expect(codec.encode({ kind: 'request', request: 2 })).toEqual([]);
    expect(codec.encode({ kind: 'request', request: 3 })).toEqual([{ type: 'is_allow_renegotiation' }]);
    carried.skip(made('offer', 'L1'), answered(1, 'R1'), done);
    expect(carried.path).toBe('stable');
  });

  it('is not moved by a second permission while it uses the first', () => {
    const offering = client().skip(change, granted(1));
    expect(takeAll(createInliveClientCodec(), { type: 'allow_renegotiation', data: true }, offering)).toContain(
      'report stale-grant',
    );
    offering.skip(made('offer', 'L1'));
    expect(takeAll(createInliveClientCodec(), { type: 'allow_renegotiation', data: true }, offering)).toEqual([]);
  });

  it('reads descriptions and candidates as objects', () => {
    const codec = createInliveClientCodec();
    const remote = { type: 'offer', sdp: sdpOf('R1') };
    const fresh = client();
    expect(takeAll(codec, { status: true, type: 'offer', data: remote }, fresh)).toEqual(['perform applyOffer R1']);
    expect(takeAll(codec, { status: true, type: 'candidate', data: candidate }, fresh)).toEqual([]);
    expect(fresh.take(done)).toEqual(['perform createAnswer', 'add c1']);
  });

  it('takes an offer that comes again after "not ready" for one that cannot be taken back', () => {
    const codec = createInliveClientCodec();
    const busy = walk({ role: 'requester', whileAsking: 'decline' }).skip(change);
    const frame = { status: true, type: 'offer', data: { type: 'offer', sdp: sdpOf('R1') } };
    expect(takeAll(codec, frame, busy)).toEqual(['send decline 1 busy request 1']);
    expect(takeAll(codec, frame, busy)).toEqual(['stop-timer grant', 'perform applyOffer R1']);
  });

  it('takes an error for a refusal of the offer that is out', () => {
    const out = walk({ role: 'requester', rollback: true }).skip(change, granted(1), made('offer', 'L1'));
    expect(takeAll(createInliveClientCodec(), { status: false, type: 'error', data: 'no' }, out)).toEqual([
      'stop-timer answer',
      'report offer-declined',
      'perform rollback',
    ]);
  });

  it('refuses to be asked', () => {
    expect(createInliveClientCodec().decode({ type: 'is_allow_renegotiation' }, client().endpoint)).toEqual({
      ok: false,
      reason: 'only a client asks',
    });
  });
});

describe('the Go SFU', () => {
  const ask = { type: 'is_allow_renegotiation' };
  const allow = (data: unknown) => ({ status: true, type: 'allow_renegotiation', data });

  it('allows at once with true', () => {
    const codec = createInliveServerCodec();
    const idle = server();
    expect(takeAll(codec, ask, idle)).toEqual(['send grant 1', 'start-timer lease']);
    expect(codec.encode({ kind: 'grant', request: 1 })).toEqual([allow(true)]);
    expect(codec.reply?.(idle.endpoint)).toEqual([]);
  });

  it('says false while it negotiates, and "ok" when it has done', () => {
    const codec = createInliveServerCodec();
    const offering = server().skip(change);
    expect(takeAll(codec, ask, offering)).toEqual([]);
    expect(codec.reply?.(offering.endpoint)).toEqual([allow(false)]);
    expect(codec.reply?.(offering.endpoint)).toEqual([]);
    offering.skip(made('offer', 'L1'));
    expect(takeAll(codec, { type: 'answer', data: sdpOf('R1') }, offering)).toEqual([
      'stop-timer answer',
      'perform applyAnswer R1',
    ]);
    expect(offering.take(done)).toEqual(['send grant 1', 'start-timer lease']);
    expect(codec.encode({ kind: 'grant', request: 1 })).toEqual([allow('ok')]);
  });

  it('writes descriptions and candidates as objects, with a status', () => {
    const { encode } = createInliveServerCodec();
    expect(encode({ kind: 'offer', id: 1, description: offer, insists: true })).toEqual([
      { status: true, type: 'offer', data: offer },
    ]);
    expect(encode({ kind: 'answer', offer: 1, description: answer, wants: true })).toEqual([
      { status: true, type: 'answer', data: answer },
    ]);
    expect(encode({ kind: 'candidate', offer: 1, candidate })).toEqual([
      { status: true, type: 'candidate', data: candidate },
    ]);
    expect(encode({ kind: 'decline', offer: 1, reason: 'refused' })).toEqual([
      { status: false, type: 'error', data: 'refused' },
    ]);
  });

  it('reads bare SDP, and a bare candidate line for the first m-line', () => {
    const codec = createInliveServerCodec();
    const idle = server().skip(requested(1));
    expect(takeAll(codec, { type: 'offer', data: sdpOf('R1') }, idle)).toEqual([
      'stop-timer lease',
      'perform applyOffer R1',
    ]);
    expect(inputsOf(codec, { type: 'candidate', data: 'c1' }, idle)).toEqual([
      { type: 'message', message: { kind: 'candidate', offer: 1, candidate: { candidate: 'c1', sdpMLineIndex: 0 } } },
    ]);
    expect(inputsOf(codec, { type: 'candidate', data: null }, idle)).toMatchObject([
      { message: { candidate: { candidate: '' } } },
    ]);
  });

  it('takes an empty answer for "not ready", and the client goes first', () => {
    const codec = createInliveServerCodec();
    const offering = walk({ role: 'arbiter', rollback: true }).skip(change, made('offer', 'L1'));
    expect(takeAll(codec, { type: 'answer', data: '' }, offering)).toEqual(['stop-timer answer', 'perform rollback']);
    expect(offering.take(madeInNeed('offer'))).toEqual(['send grant 1', 'start-timer lease']);
  });

  it('takes an empty answer to nothing for nothing', () => {
    expect(takeAll(createInliveServerCodec(), { type: 'answer', data: '' }, server())).toEqual([
      'report stale-decline',
    ]);
  });

  it('refuses to be allowed', () => {
    expect(createInliveServerCodec().decode(allow(true), server().endpoint)).toEqual({
      ok: false,
      reason: 'only a server allows',
    });
  });
});

describe.each([
  ['client', createInliveClientCodec, client],
  ['server', createInliveServerCodec, server],
])('the %s end of that wire', (_, create, start) => {
  it('leaves the application its own messages', () => {
    expect(inputsOf(create(), { type: 'chat', data: { text: 'hello' } }, start())).toEqual([]);
  });

  it.each([null, 7, 'offer', [], {}, { type: 7 }])('refuses %o, which has no type', (frame) => {
    expect(create().decode(frame, start().endpoint)).toEqual({ ok: false, reason: 'it has no type' });
  });

  it.each([
    { type: 'offer' },
    { type: 'offer', data: 7 },
    { type: 'offer', data: 'x'.repeat(1_000_001) },
    { type: 'answer', data: { type: 'pranswer', sdp: '' } },
    { type: 'candidate', data: { sdpMid: '0' } },
    { type: 'allow_renegotiation', data: 'yes' },
  ])('refuses %o', (frame) => {
    const decoded = create().decode(frame, start().endpoint);
    expect(decoded).toEqual({ ok: false, reason: `it is no ${frame.type} of this wire` });
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('offer', 'answer', 'candidate', 'error'), (data, type) => {
        expect(create().decode(data, start().endpoint)).toHaveProperty('ok');
        expect(create().decode({ type, data }, start().endpoint)).toHaveProperty('ok');
      }),
    );
  });
});
