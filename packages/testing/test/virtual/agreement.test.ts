import { describe, expect, it } from 'vitest';
import { agreement, receivedTracks } from '../../src/virtual/agreement.ts';
import { addMedia, answer, createEnds, exchange, offer } from './support.ts';

describe('agreement', () => {
  it('holds before anything was negotiated', () => {
    const { left, right } = createEnds();
    expect(agreement(left, right)).toEqual({ agrees: true, differences: [] });
  });

  it('holds after an exchange, whichever side offered', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    left.addTransceiver('video', { direction: 'sendonly' });
    left.createDataChannel('chat');
    await exchange(left, right);
    expect(agreement(left, right)).toEqual({ agrees: true, differences: [] });
    addMedia(right, 'video', 'two');
    await exchange(right, left);
    expect(agreement(left, right)).toEqual({ agrees: true, differences: [] });
  });

  it('fails in the middle of an exchange', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await offer(left, right);
    expect(agreement(left, right).differences).toEqual(['left is have-local-offer', 'right is have-remote-offer']);
    await right.setLocalDescription();
    expect(agreement(left, right).differences).toEqual([
      'left is have-local-offer',
      'right applied a description of left, which has none',
      "left never applied right's current answer",
      'm-line 0 is inactive at left and recvonly at right',
    ]);
  });

  it('fails when a stale answer was applied to a newer offer', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await offer(left, right);
    const stale = await right.createAnswer();
    left.getTransceivers()[0]!.direction = 'sendonly';
    await left.setLocalDescription();
    await right.setLocalDescription(stale);
    await left.setRemoteDescription(stale);
    expect(agreement(left, right).differences).toEqual([
      "of left's description right holds: it is offer left/1, not offer left/2",
      "of left's description right holds: m-line 0 is sendrecv, not sendonly",
    ]);
  });

  it('fails when the ends disagree about an ICE generation', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    await left.setLocalDescription(await left.createOffer({ iceRestart: true }));
    await left.setRemoteDescription(right.currentLocalDescription!);
    expect(agreement(left, right).differences).toEqual([
      "of left's description right holds: it is offer left/1, not offer left/2",
      "of left's description right holds: m-line 0 has ufrag left0001, not left0002",
    ]);
  });

  it('fails when the ends count different m-lines', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    const { left: other, right: another } = createEnds();
    addMedia(other, 'video', 'two');
    other.createDataChannel('chat');
    await exchange(other, another);
    const { differences } = agreement(left, another);
    expect(differences).toContain("of left's description right holds: m-line 0 (audio) is 0 (video)");
    expect(differences).toContain("of left's description right holds: m-line 1 is surplus");
    expect(agreement(other, right).differences).toContain("of left's description right holds: m-line 1 is missing");
  });
});

describe('receivedTracks', () => {
  it('names what one end sends and the other receives', async () => {
    const { left, right } = createEnds();
    const sender = addMedia(left, 'audio', 'one');
    addMedia(left, 'video', 'two');
    expect(receivedTracks(left, right)).toEqual([]);
    await exchange(left, right);
    expect([receivedTracks(left, right), receivedTracks(right, left)]).toEqual([['one', 'two'], []]);
    left.removeTrack(sender);
    expect(receivedTracks(left, right)).toEqual(['two']);
    addMedia(right, 'video', 'three');
    await exchange(right, left);
    expect([receivedTracks(left, right), receivedTracks(right, left)]).toEqual([['two'], ['three']]);
  });

  it('leaves out what the receiving end refuses', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await offer(left, right);
    right.getTransceivers()[0]!.direction = 'inactive';
    await answer(right, left);
    expect(receivedTracks(left, right)).toEqual([]);
  });
});
