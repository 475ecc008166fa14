/**
 * Firefox gathers for an m-line that it only offers, and gives it the ufrag of those that are agreed: only the mid tells
 * whose candidate it is.
 */
import { describe, expect, it } from 'vitest';
import type { Input } from '../../src/endpoint/endpoint.ts';
import { change, done, doneInNeed, walk } from '../support/walk.ts';

const sdpOf = (ufrag: string, mids: readonly string[]): string =>
  `v=0\r\n${mids.map((mid) => `m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:${mid}\r\na=ice-ufrag:${ufrag}\r\n`).join('')}`;
const made = (type: 'offer' | 'answer', ...mids: readonly string[]): Input => ({
  type: 'done',
  needed: false,
  description: { type, sdp: sdpOf('L', mids) },
});
const offered = (id: number, ...mids: readonly string[]): Input => {
  const description = { type: 'offer', sdp: sdpOf('R', mids) } as const;
  return { type: 'message', message: { kind: 'offer', id, description, insists: false } };
};
const candidateOn = (sdpMid: string, usernameFragment: string) => ({
  candidate: `on ${sdpMid}`,
  sdpMid,
  usernameFragment,
});
const gatheredOn = (mid: string): Input => ({ type: 'candidate', candidate: candidateOn(mid, 'L') });
const candidateOfOffer = (offer: number, mid: string): Input => ({
  type: 'message',
  message: { kind: 'candidate', offer, candidate: candidateOn(mid, 'R') },
});

const agreedOnOneLine = () => walk({ role: 'polite', rollback: true }).skip(offered(1, '0'), done, made('answer', '0'));

describe('when a new m-line shares the ufrag of an agreed one', () => {
  it('our candidates for the new one belong to the offer, and are lost with it', () => {
    const polite = agreedOnOneLine().skip(change, made('offer', '0', '1'));
    expect(polite.take(gatheredOn('0'))).toEqual(['send candidate of answer 1: on 0']);
    expect(polite.take(gatheredOn('1'))).toEqual(['send candidate of offer 1: on 1']);
    polite.skip(offered(2, '0'));
    expect(polite.take(gatheredOn('1'))).toEqual([]);
    polite.skip(doneInNeed);
    expect(polite.take(gatheredOn('1'))).toEqual([]);
    expect(polite.take(gatheredOn('0'))).toEqual(['send candidate of answer 1: on 0']);
  });

  it("the other side's candidates for the new one wait for the offer that brings it", () => {
    const polite = agreedOnOneLine().skip(change, made('offer', '0'), offered(2, '0', '1'));
    expect(polite.take(candidateOfOffer(2, '0'))).toEqual(['add on 0']);
    expect(polite.take(candidateOfOffer(2, '1'))).toEqual([]);
    expect(polite.take(doneInNeed)).toEqual(['perform applyOffer R']);
    expect(polite.take(done)).toEqual(['perform createAnswer', 'add on 1']);
  });

  it("the other side's candidates for one that was taken back never reach the engine", () => {
    expect(agreedOnOneLine().take(candidateOfOffer(1, '1'))).toEqual([]);
  });
});
