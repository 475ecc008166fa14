import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { w3cCodec } from '../../src/wire/w3c.ts';
import { change, done, made, offered, sdpOf, walk } from '../support/walk.ts';

const fresh = () => walk({ role: 'polite', rollback: true }).endpoint;
const offer = { description: { type: 'offer', sdp: sdpOf('R1') } };
const meaningOf = (frame: unknown, endpoint = fresh()) => {
  const decoded = w3cCodec.decode(frame, endpoint);
  return decoded.ok ? decoded.value.map((input) => (input.type === 'message' ? input.message : input)) : decoded.reason;
};

describe('the wire of the W3C example', () => {
  it('carries descriptions and candidates in the shapes of the example, and has no word for the rest', () => {
    const description = { type: 'offer', sdp: 'v=0' } as const;
    expect(w3cCodec.encode({ kind: 'offer', id: 3, description, insists: false })).toEqual([{ description }]);
    const answer = { type: 'answer', sdp: 'v=0' } as const;
    expect(w3cCodec.encode({ kind: 'answer', offer: 3, description: answer, wants: true })).toEqual([
      { description: answer },
    ]);
    const candidate = { candidate: 'c1', sdpMid: '0' };
    expect(w3cCodec.encode({ kind: 'candidate', offer: 3, candidate })).toEqual([{ candidate }]);
    for (const kind of ['hello', 'release', 'bye'] as const) expect(w3cCodec.encode({ kind })).toEqual([]);
  });

  it('numbers the offers that come, and knows one that comes again', () => {
    expect(meaningOf(offer)).toMatchObject([{ kind: 'offer', id: 1, insists: false }]);
    const applying = walk({ role: 'polite', rollback: true }).skip(offered(1, 'R1'));
    expect(meaningOf(offer, applying.endpoint)).toMatchObject([{ kind: 'offer', id: 1 }]);
    const next = { description: { type: 'offer', sdp: sdpOf('R2') } };
    expect(meaningOf(next, applying.endpoint)).toMatchObject([{ kind: 'offer', id: 2, insists: false }]);
  });

  it('takes an answer for the answer to the offer that is out, and for none where none is', () => {
    const answer = { description: { type: 'answer', sdp: 'v=0' } };
    const out = walk({ role: 'impolite' }).skip(change, made('offer', 'L1'));
    expect(meaningOf(answer, out.endpoint)).toMatchObject([{ kind: 'answer', offer: 1, wants: false }]);
    expect(meaningOf(answer)).toMatchObject([{ kind: 'answer', offer: 1 }]);
    const stale = w3cCodec.decode(answer, fresh());
    const impolite = walk({ role: 'impolite' });
    expect(stale.ok && stale.value.flatMap((input) => impolite.take(input))).toEqual(['report stale-answer']);
  });

  it('puts a candidate under the description that came last, or under the agreed one that names its ufrag', () => {
    const answering = walk({ role: 'polite', rollback: true }).skip(offered(1, 'R1'), done, made('answer', 'L1'));
    answering.skip(offered(2, 'R2'));
    const named = (usernameFragment?: string) => ({ candidate: { candidate: 'c1', usernameFragment } });
    expect(meaningOf(named('R1'), answering.endpoint)).toMatchObject([{ kind: 'candidate', offer: 1 }]);
    expect(meaningOf(named('R2'), answering.endpoint)).toMatchObject([{ kind: 'candidate', offer: 2 }]);
    expect(meaningOf(named(), answering.endpoint)).toMatchObject([{ kind: 'candidate', offer: 2 }]);
    expect(meaningOf(named())).toMatchObject([{ kind: 'candidate', offer: 1 }]);
  });

  it('drops the candidates of an offer that it ignored', () => {
    const impolite = walk({ role: 'impolite' }).skip(change, made('offer', 'L1'), offered(1, 'R1'));
    const decoded = w3cCodec.decode({ candidate: { candidate: 'c1', usernameFragment: 'R1' } }, impolite.endpoint);
    expect(decoded.ok && decoded.value.flatMap((input) => impolite.take(input))).toEqual([]);
    expect(impolite.endpoint.registers.remoteCandidates).toEqual([]);
  });

  it('reads null as the end of candidates', () => {
    expect(meaningOf({ candidate: null })).toEqual([{ kind: 'candidate', offer: 1, candidate: { candidate: '' } }]);
  });

  it.each([
    null,
    'text',
    {},
    [],
    { description: null },
    { description: { type: 'pranswer', sdp: '' } },
    { description: { type: 'offer' } },
    { description: { type: 'offer', sdp: 'x'.repeat(1_000_001) } },
    { candidate: 'c1' },
    { candidate: { candidate: 7 } },
  ])('refuses %o', (frame) => {
    expect(meaningOf(frame)).toBe('it is neither { description } nor { candidate }');
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (frame) => {
        expect(w3cCodec.decode(frame, fresh())).toHaveProperty('ok');
      }),
    );
    const trap = new Proxy(
      {},
      {
        has: () => {
          throw new Error('trap');
        },
        get: () => {
          throw new Error('trap');
        },
      },
    );
    expect(w3cCodec.decode(trap, fresh()).ok).toBe(false);
  });
});
