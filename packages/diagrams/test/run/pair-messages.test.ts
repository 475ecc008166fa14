import type { Message } from '@detente/core';
import { describe, expect, it } from 'vitest';
import { pairMessages } from '../../src/run/pair-messages.ts';

const at = (atMs: number, message: Message) => ({ atMs, message });
const offer = (id: number, insists = false): Message => ({
  kind: 'offer',
  id,
  description: { type: 'offer', sdp: '' },
  insists,
});

describe('pairing messages', () => {
  it('pairs by kind and id, whatever the order', () => {
    const sent = [at(0, offer(1)), at(1, { kind: 'release' }), at(2, offer(2))];
    const received = [at(3, offer(2)), at(4, offer(1)), at(5, { kind: 'release' })];
    expect(pairMessages(sent, received)).toEqual([2, 0, 1]);
  });

  it('pairs repetitions in order when all of them arrive', () => {
    const sent = [at(0, offer(1)), at(5, offer(1, true))];
    expect(pairMessages(sent, [at(6, offer(1)), at(7, offer(1, true))])).toEqual([0, 1]);
  });

  it('takes an arrival for the latest repetition before it when some are lost', () => {
    const sent = [at(0, offer(1)), at(5, offer(1)), at(20, offer(1))];
    expect(pairMessages(sent, [at(6, offer(1))])).toEqual([1]);
    expect(pairMessages(sent, [at(3, offer(1)), at(30, offer(1))])).toEqual([0, 2]);
  });

  it('takes one arrival too many for a duplicate, and one of nothing for nothing', () => {
    expect(pairMessages([at(0, offer(1))], [at(1, offer(1)), at(2, offer(1)), at(3, offer(2))])).toEqual([
      0,
      0,
      undefined,
    ]);
  });

  it('tells candidates apart by what they are and whose they are', () => {
    const candidate = (part: 'offer' | 'answer', text: string) =>
      ({ kind: 'candidate', [part]: 1, candidate: { candidate: text, sdpMid: '0' } }) as Message;
    const sent = [candidate('offer', 'x'), candidate('answer', 'x'), candidate('offer', 'y')].map((one) => at(0, one));
    expect(pairMessages(sent, sent.toReversed())).toEqual([2, 1, 0]);
  });
});
