import { describe, expect, it } from 'vitest';
import { parseEnvelope } from '../../src/wire/message.ts';

const head = { v: 1, from: 'left', role: 'polite' };
const offer = { ...head, seq: 3, kind: 'offer', id: 1, description: { type: 'offer', sdp: 'v=0' } };
const reasonOf = (input: unknown): string => {
  const parsed = parseEnvelope(input);
  return parsed.ok ? 'none' : parsed.reason;
};

describe('an envelope', () => {
  it('is read with its message', () => {
    expect(parseEnvelope(offer)).toEqual({
      ok: true,
      value: {
        from: 'left',
        role: 'polite',
        seq: 3,
        message: { kind: 'offer', id: 1, description: { type: 'offer', sdp: 'v=0' }, insists: false },
      },
    });
  });

  it('has no message when it belongs to the link alone', () => {
    expect(parseEnvelope({ ...head, kind: 'sync', ack: 4, resync: true })).toEqual({
      ok: true,
      value: { from: 'left', role: 'polite', ack: 4, resync: true, message: undefined },
    });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a string', JSON.stringify(offer)],
    ['a truncated string', JSON.stringify(offer).slice(0, 20)],
    ['an array', [offer]],
    ['a function', () => offer],
  ])('is refused when it is %s', (_, input) => {
    expect(reasonOf(input)).toBe('not a JSON object');
  });

  it.each([
    [2, 'version 2 is not the version 1 of this side'],
    [0, 'version 0 is not the version 1 of this side'],
    ['1', 'version of type string is not the version 1 of this side'],
    [undefined, 'version of type undefined is not the version 1 of this side'],
  ])('of version %o is refused with the versions', (v, reason) => {
    expect(reasonOf({ ...offer, v })).toBe(reason);
  });

  it.each([
    [{ from: '' }, 'from: expected >=1'],
    [{ from: 'x'.repeat(129) }, 'from: expected <=128'],
    [{ from: 7 }, 'from: expected string'],
    [{ role: 'boss' }, /^role: expected/],
    [{ seq: 0 }, 'seq: expected >=1'],
    [{ seq: 1.5 }, /^seq: expected/],
    [{ seq: 2 ** 53 }, /^seq: expected/],
    [{ ack: -1 }, 'ack: expected >=0'],
    [{ to: {} }, 'to: expected string'],
  ])('with %o is refused with the place, and its number does not count', (change, reason) => {
    const parsed = parseEnvelope({ ...offer, ...change });
    expect(parsed).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  it.each([
    ['an unknown kind', { kind: 'pranswer' }, /^kind: expected/],
    ['a prototype for a kind', { kind: 'constructor' }, /^kind: expected/],
    ['__proto__ for a kind', { kind: '__proto__' }, /^kind: expected/],
    ['no kind', { kind: undefined }, /^kind: expected/],
    ['an id below 1', { id: 0 }, 'id: expected >=1'],
    ['an id that is no whole number', { id: 1.5 }, /^id: expected/],
    ['an id beyond safe integers', { id: 2 ** 53 }, /^id: expected/],
    ['an id that is a string', { id: '1' }, 'id: expected number'],
    ['no description', { description: undefined }, /^description: expected/],
    ['an answer in an offer', { description: { type: 'answer', sdp: '' } }, /^description.type: expected/],
    ['an SDP that is too long', { description: { type: 'offer', sdp: 'x'.repeat(1_000_001) } }, /^description.sdp/],
    ['an SDP that is no string', { description: { type: 'offer', sdp: ['v=0'] } }, 'description.sdp: expected string'],
  ])('with %s in its message is refused, and its number still counts', (_, change, reason) => {
    const parsed = parseEnvelope({ ...offer, ...change });
    expect(parsed).toEqual({
      ok: false,
      reason: expect.stringMatching(reason),
      envelope: { from: 'left', role: 'polite', seq: 3, message: undefined },
    });
  });

  it('quotes nothing of what it refuses', () => {
    expect(reasonOf({ ...offer, description: { type: 'offer', sdp: ['secret'] } })).not.toContain('secret');
    expect(reasonOf({ ...offer, v: 'secret' })).not.toContain('secret');
  });

  it('does not take fields from a prototype that came with it', () => {
    const smuggled = JSON.parse(`{"v":1,"from":"left","role":"polite","kind":"offer","__proto__":{"id":1}}`) as unknown;
    expect(reasonOf(smuggled)).toMatch(/^id: expected/);
    expect(({} as { id?: unknown }).id).toBeUndefined();
  });

  it('that cannot even be looked at is refused', () => {
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error('trap');
        },
      },
    );
    expect(reasonOf(trap)).toBe('it cannot be read');
  });

  it.each([
    ['a long line', { candidate: 'x'.repeat(4_097) }],
    ['an m-line index out of range', { candidate: '', sdpMLineIndex: 65_536 }],
    ['a number for a line', { candidate: 1 }],
  ])('refuses a candidate with %s', (_, candidate) => {
    expect(reasonOf({ ...head, kind: 'candidate', offer: 1, candidate })).not.toBe('none');
  });

  it('refuses needs that no offer could meet', () => {
    expect(reasonOf({ ...head, kind: 'request', request: 1, needs: { audio: 65, video: 0 } })).toMatch(/^needs.audio/);
  });
});
