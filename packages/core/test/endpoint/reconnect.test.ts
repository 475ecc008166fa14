import { describe, expect, it } from 'vitest';
import {
  answered,
  change,
  done,
  doneInNeed,
  gathered,
  granted,
  made,
  offered,
  requested,
  walk,
} from '../support/walk.ts';

const repeat = { type: 'repeat' } as const;

describe('a reconnect on a wire that has no link', () => {
  it('says the offer that is out again, as it was first, with its candidates', () => {
    const impolite = walk({ role: 'impolite' }).skip(change, gathered('c1'), made('offer', 'L1'), gathered('c2'));
    expect(impolite.take(repeat)).toEqual([
      'send offer 1 L1',
      'send candidate of offer 1: c1',
      'send candidate of offer 1: c2',
    ]);
  });

  it('gets the answer again by saying the offer again', () => {
    const left = walk({ role: 'impolite' }).skip(change, made('offer', 'L1'));
    const right = walk({ role: 'polite', rollback: true }).skip(offered(1, 'L1'), done, made('answer', 'R1'));
    expect(left.take(repeat)).toEqual(['send offer 1 L1']);
    expect(right.take(offered(1, 'L1'))).toEqual(['send answer 1 R1']);
    expect(left.take(answered(1, 'R1'))).toEqual(['stop-timer answer', 'perform applyAnswer R1']);
  });

  it('says the request again', () => {
    expect(walk({ role: 'requester' }).skip(change).take(repeat)).toEqual(['send request 1']);
  });

  it('gets the grant again by saying the request again', () => {
    expect(walk({ role: 'arbiter' }).skip(requested(1)).take(requested(1))).toEqual(['send grant 1']);
  });

  it('says nothing where nothing of ours is out', () => {
    expect(walk({ role: 'requester' }).take(repeat)).toEqual([]);
    expect(walk({ role: 'auto' }).skip(change).take(repeat)).toEqual([]);
    expect(walk({ role: 'requester' }).skip(change, granted(1)).take(repeat)).toEqual([]);
    const answered = walk({ role: 'impolite' }).skip(offered(1, 'R1'), doneInNeed, made('answer', 'L1'));
    expect(answered.take(repeat)).toEqual([]);
  });
});
