import { describe, expect, it } from 'vitest';
import {
  addMedia,
  answer,
  createEnds,
  deliver,
  ending,
  eventLog,
  exchange,
  mLines,
  mids,
  next,
  offer,
} from './support.ts';

describe('rolling back a local offer', () => {
  it('have-local-offer->SetLocal(rollback)->stable takes the mid and the description back', async () => {
    const { left } = createEnds();
    addMedia(left, 'audio', 'one');
    await left.setLocalDescription();
    expect(mids(left)).toEqual(['0']);
    await left.setLocalDescription({ type: 'rollback' });
    expect(mids(left)).toEqual([null]);
    expect([left.localDescription, left.signalingState]).toEqual([null, 'stable']);
  });

  it('keeps the transceivers that were associated before, and the exchange before it', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    const agreed = left.currentLocalDescription;
    addMedia(left, 'video', 'two');
    await left.setLocalDescription();
    expect(mids(left)).toEqual(['0', '1']);
    await left.setLocalDescription({ type: 'rollback' });
    expect(mids(left)).toEqual(['0', null]);
    expect(left.localDescription).toBe(agreed);
    expect(left.getTransceivers()[0]?.currentDirection).toBe('sendonly');
  });

  it('goes back behind all offers that replaced each other', async () => {
    const { left } = createEnds();
    addMedia(left, 'audio', 'one');
    await left.setLocalDescription();
    await left.setLocalDescription();
    await left.setLocalDescription({ type: 'rollback' });
    expect(mids(left)).toEqual([null]);
  });

  it('leaves the change to be offered again', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await left.setLocalDescription();
    const needed = next(left, 'negotiationneeded');
    await left.setLocalDescription({ type: 'rollback' });
    expect(await needed).toBe('stable');
    await exchange(left, right);
    expect(mLines(left)).toEqual(['0 audio sendrecv']);
  });

  it('takes an ICE restart back: the old generation stays in use, and the restart stays owed', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    left.restartIce();
    await left.setLocalDescription();
    expect(left.localDescription?.sdp).toContain('a=ice-ufrag:left0002');
    await left.setLocalDescription({ type: 'rollback' });
    expect(left.localDescription?.sdp).toContain('a=ice-ufrag:left0001');
    expect(left.negotiationNeeded).toBe(true);
  });
});

describe('rolling back a remote offer', () => {
  it('have-remote-offer->SetRemote(rollback)->stable removes the transceiver that the offer made', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await offer(left, right);
    const [made] = right.getTransceivers();
    expect(made?.direction).toBe('recvonly');
    await right.setRemoteDescription({ type: 'rollback' });
    expect(right.getTransceivers()).toEqual([]);
    expect(made?.direction).toBe('stopped');
    expect([right.remoteDescription, right.signalingState, right.negotiationNeeded]).toEqual([null, 'stable', false]);
  });

  it('keeps a transceiver that the offer made if addTrack used it meanwhile, to be offered by this end', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await offer(left, right);
    addMedia(right, 'audio', 'two');
    expect(right.getTransceivers()).toHaveLength(1);
    await right.setRemoteDescription({ type: 'rollback' });
    expect(mids(right)).toEqual([null]);
    expect(right.getTransceivers()[0]?.direction).toBe('sendrecv');
    expect(right.negotiationNeeded).toBe(true);
    await deliver(left, right);
    expect(mids(right)).toEqual(['0']);
  });

  it('goes back behind all offers that replaced each other', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    addMedia(right, 'audio', 'two');
    await offer(left, right);
    await offer(left, right);
    await right.setRemoteDescription({ type: 'rollback' });
    expect(mids(right)).toEqual([null]);
  });

  it('disassociates an own transceiver that the offer had taken, and a later offer takes it again', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    addMedia(right, 'audio', 'two');
    await offer(left, right);
    expect(mids(right)).toEqual(['0']);
    await right.setRemoteDescription({ type: 'rollback' });
    expect(mids(right)).toEqual([null]);
    await deliver(left, right);
    expect(mids(right)).toEqual(['0']);
  });

  it('takes tracks out of the streams that the offer put them in, and announces them anew with the next offer', async () => {
    const { left, right } = createEnds();
    const tracks: string[] = [];
    right.ontrack = ({ streams, transceiver }) =>
      tracks.push(`${transceiver.mid}:${streams.map((stream) => `${stream.id}/${stream.getTracks().length}`).join()}`);
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    left.getSenders()[0]?.setStreams({ id: 'other' });
    await offer(left, right);
    expect(tracks).toEqual(['0:one-stream/1', '0:other/1']);
    await right.setRemoteDescription({ type: 'rollback' });
    expect(tracks).toEqual(['0:one-stream/1', '0:other/1', '0:one-stream/1']);
  });
});

describe('implicit rollback', () => {
  it('have-local-offer->SetRemote(offer)->stable->have-remote-offer', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    addMedia(right, 'video', 'two');
    await left.setLocalDescription();
    await right.setLocalDescription();
    const log = eventLog(left, 'signalingstatechange', 'negotiationneeded');
    await deliver(right, left);
    expect(log).toEqual(['signalingstatechange:stable', 'signalingstatechange:have-remote-offer']);
    expect(left.getTransceivers().map(({ mid, receiver }) => [mid, receiver.track.kind])).toEqual([
      [null, 'audio'],
      ['0', 'video'],
    ]);
  });

  it('stays rolled back when the offer that caused it cannot be set', async () => {
    const { left } = createEnds();
    addMedia(left, 'audio', 'one');
    await left.setLocalDescription();
    expect(await ending(left.setRemoteDescription({ type: 'offer', sdp: 'garbage' }))).toBe('OperationError');
    expect([left.signalingState, left.localDescription]).toEqual(['stable', null]);
  });
});

describe('glare', () => {
  it('audio against audio merges: the polite answer carries its own track, and no second exchange is needed', async () => {
    const { left: polite, right: impolite } = createEnds();
    addMedia(polite, 'audio', 'one');
    addMedia(impolite, 'audio', 'two');
    await polite.setLocalDescription();
    await offer(impolite, polite);
    await answer(polite, impolite);
    expect(mLines(polite)).toEqual(['0 audio sendrecv']);
    expect([polite.getTransceivers().length, impolite.getTransceivers().length]).toEqual([1, 1]);
    expect([polite.negotiationNeeded, impolite.negotiationNeeded]).toEqual([false, false]);
  });

  it('audio against video leaves the polite change owed, and negotiationneeded says so once stable', async () => {
    const { left: polite, right: impolite } = createEnds();
    addMedia(polite, 'audio', 'one');
    addMedia(impolite, 'video', 'two');
    await polite.setLocalDescription();
    await offer(impolite, polite);
    const needed = next(polite, 'negotiationneeded');
    await answer(polite, impolite);
    expect(mLines(polite)).toEqual(['0 video recvonly']);
    expect(await needed).toBe('stable');
    await exchange(polite, impolite);
    expect(mLines(impolite)).toEqual(['0 video sendonly', '1 audio recvonly']);
  });

  it('does not merge what addTransceiver made', async () => {
    const { left: polite, right: impolite } = createEnds();
    polite.addTransceiver('audio');
    addMedia(impolite, 'audio', 'two');
    await polite.setLocalDescription();
    await offer(impolite, polite);
    expect(mids(polite)).toEqual([null, '0']);
  });

  it('data channels on both sides need one exchange only', async () => {
    const { left: polite, right: impolite } = createEnds();
    polite.createDataChannel('one');
    impolite.createDataChannel('two');
    await polite.setLocalDescription();
    await offer(impolite, polite);
    await answer(polite, impolite);
    expect(mLines(polite)).toEqual(['0 application sendrecv']);
    expect([polite.negotiationNeeded, impolite.negotiationNeeded]).toEqual([false, false]);
  });
});
