import { describe, expect, it } from 'vitest';
import { addMedia, answer, createEnds, ending, exchange, mLines, mids, offer, sections } from './support.ts';

describe('m-lines', () => {
  it('come in the order of adding, data last, with mids that count up', async () => {
    const { left, right } = createEnds();
    left.createDataChannel('chat');
    addMedia(left, 'audio', 'one');
    addMedia(left, 'video', 'two');
    await exchange(left, right);
    expect(mLines(left)).toEqual(['0 audio sendrecv', '1 video sendrecv', '2 application sendrecv']);
    expect(mLines(right)).toEqual(['0 audio recvonly', '1 video recvonly', '2 application sendrecv']);
    expect([mids(left), mids(right)]).toEqual([
      ['0', '1'],
      ['0', '1'],
    ]);
  });

  it('get their mid when the offer is set, not when it is created', async () => {
    const { left } = createEnds();
    addMedia(left, 'audio', 'one');
    const created = await left.createOffer();
    expect(mids(left)).toEqual([null]);
    await left.setLocalDescription(created);
    expect(mids(left)).toEqual(['0']);
  });

  it('leave out what was added after the offer was created', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    const created = await left.createOffer();
    addMedia(left, 'video', 'two');
    await left.setLocalDescription(created);
    expect(mids(left)).toEqual(['0', null]);
    await right.setRemoteDescription(created);
    await answer(right, left);
    expect(left.negotiationNeeded).toBe(true);
  });

  it('grow in a second offer that replaces the first', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await left.setLocalDescription();
    addMedia(left, 'video', 'two');
    await offer(left, right);
    await answer(right, left);
    expect(mLines(left)).toEqual(['0 audio sendrecv', '1 video sendrecv']);
  });

  it('keep their order in a second offer that replaces the first', async () => {
    const { left } = createEnds();
    left.createDataChannel('chat');
    await left.setLocalDescription();
    addMedia(left, 'audio', 'one');
    await left.setLocalDescription();
    expect(mLines(left)).toEqual(['0 application sendrecv', '1 audio sendrecv']);
  });

  it('avoid mids that the other side uses', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    addMedia(right, 'video', 'two');
    await exchange(right, left);
    expect(mids(left)).toEqual(['0', '1']);
  });

  it('of a stopped transceiver are rejected, and both ends drop it when the answer is set', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    addMedia(left, 'video', 'two');
    await exchange(left, right);
    const [stopped] = left.getTransceivers();
    stopped?.stop();
    expect([stopped?.direction, stopped?.currentDirection]).toEqual(['stopped', 'sendonly']);
    await offer(left, right);
    expect(left.getTransceivers()).toHaveLength(2);
    await answer(right, left);
    expect(mLines(left)).toEqual(['0 audio rejected', '1 video sendrecv']);
    expect(stopped?.currentDirection).toBe('stopped');
    expect([mids(left), mids(right)]).toEqual([['1'], ['1']]);
    expect([left.negotiationNeeded, right.negotiationNeeded]).toEqual([false, false]);
  });

  it('that are dead are reused, by another kind and with a new mid, whichever end offers', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    addMedia(left, 'video', 'two');
    await exchange(left, right);
    left.getTransceivers()[0]?.stop();
    await exchange(left, right);
    addMedia(right, 'video', 'three');
    addMedia(right, 'video', 'four');
    await exchange(right, left);
    // `three` uses the transceiver that sends nothing yet; `four` needs an m-line.
    expect(mLines(right)).toEqual(['2 video sendrecv', '1 video sendrecv']);
    expect(mLines(left)).toEqual(['2 video recvonly', '1 video sendrecv']);
  });

  it('are not reused before the rejection is agreed', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    left.getTransceivers()[0]?.stop();
    addMedia(left, 'audio', 'two');
    await exchange(left, right);
    expect(mLines(left)).toEqual(['0 audio rejected', '1 audio sendrecv']);
  });

  it('are not reused by a second offer that replaces the one that rejects them', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    left.getTransceivers()[0]?.stop();
    await left.setLocalDescription();
    addMedia(left, 'audio', 'two');
    await offer(left, right);
    await answer(right, left);
    expect(mLines(left)).toEqual(['0 audio rejected', '1 audio sendrecv']);
  });

  it('stop at the other end when an offer rejects them, and a rollback does not revive them', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    left.getTransceivers()[0]?.stop();
    await offer(left, right);
    const [stopped] = right.getTransceivers();
    expect(stopped?.currentDirection).toBe('stopped');
    await right.setRemoteDescription({ type: 'rollback' });
    expect(right.negotiationNeeded).toBe(true);
    expect(stopped?.direction).toBe('stopped');
  });

  it('are never made for a transceiver that was stopped first, which asks for one after every exchange', async () => {
    const { left, right } = createEnds();
    left.addTransceiver('audio').stop();
    addMedia(left, 'video', 'two');
    await exchange(left, right);
    await exchange(right, left);
    expect(mLines(left)).toEqual(['0 video sendonly']);
    expect([left.negotiationNeeded, mids(left)]).toEqual([true, [null, '0']]);
  });
});

describe('the order of m-lines', () => {
  it('have-local-offer->SetRemote(answer)->InvalidAccessError for the answer to a shorter offer', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await offer(left, right);
    const stale = await right.createAnswer();
    addMedia(left, 'video', 'two');
    await left.setLocalDescription();
    await expect(left.setRemoteDescription(stale)).rejects.toThrow(
      "The order of m-lines in answer doesn't match order in offer",
    );
    expect(await ending(left.setRemoteDescription(stale))).toBe('InvalidAccessError');
    expect(left.signalingState).toBe('have-local-offer');
  });

  it('have-local-offer->SetRemote(answer)->InvalidAccessError for the answer to a longer offer', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    const short = await left.createOffer();
    addMedia(left, 'video', 'two');
    const long = await left.createOffer();
    await right.setRemoteDescription(long);
    const stale = await right.createAnswer();
    left.getTransceivers()[1]?.stop();
    await left.setLocalDescription();
    expect(sections(left.localDescription?.sdp)).toHaveLength(sections(short.sdp).length);
    expect(await ending(left.setRemoteDescription(stale))).toBe('InvalidAccessError');
  });

  it('have-local-offer->SetRemote(answer)->stable for a stale answer of the same shape: the state is no key', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await offer(left, right);
    const stale = await right.createAnswer();
    await left.setLocalDescription();
    await left.setRemoteDescription(stale);
    expect(left.signalingState).toBe('stable');
  });

  it('have-local-offer->SetRemote(answer)->InvalidAccessError for an answer with m-lines of another kind', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await left.setLocalDescription();
    const { left: stranger } = createEnds();
    addMedia(stranger, 'video', 'two');
    await offer(stranger, right);
    expect(await ending(left.setRemoteDescription(await right.createAnswer()))).toBe('InvalidAccessError');
  });

  it.each([
    ['drops an m-line', (sdp: string) => sdp.slice(0, sdp.indexOf('m=video'))],
    ['gives a live m-line another mid', (sdp: string) => sdp.replace('a=mid:0', 'a=mid:9')],
  ])('stable->SetRemote(offer)->InvalidAccessError for an offer that %s', async (_what, damage) => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    addMedia(left, 'video', 'two');
    await exchange(left, right);
    const { sdp } = await left.createOffer();
    expect(await ending(right.setRemoteDescription({ type: 'offer', sdp: damage(sdp) }))).toBe('InvalidAccessError');
    expect([right.signalingState, mids(right)]).toEqual(['stable', ['0', '1']]);
  });
});
