import { describe, expect, it } from 'vitest';
import { microtasksDone } from '../../src/clock.ts';
import { VirtualPeerConnection } from '../../src/virtual/peer-connection.ts';
import { engineVariants } from '../../src/virtual/variants.ts';
import { addMedia, createManualEnds, driven, ending, exchange, finish, pendingNames } from './support.ts';

describe('the operations chain', () => {
  it('starts an operation when the one before it is done', async () => {
    const { left, schedule } = createManualEnds();
    const done: string[] = [];
    void left.createOffer().then(() => done.push('createOffer'));
    void left.setLocalDescription().then(() => done.push('setLocalDescription'));
    void left.addIceCandidate().catch((error: Error) => done.push(error.name));
    const names: (string | undefined)[] = [];
    while (schedule.pending.length > 0) {
      expect(schedule.pending).toHaveLength(1);
      names.push((await schedule.step())?.name);
    }
    expect(names).toEqual(['createOffer', 'createOffer', 'setLocalDescription', 'addIceCandidate']);
    expect(done).toEqual(['createOffer', 'setLocalDescription', 'InvalidStateError']);
  });

  it('goes on after a failure', async () => {
    const { left, schedule } = createManualEnds();
    const failing = ending(left.createOffer());
    const next = ending(left.createOffer());
    await schedule.step(0, { type: 'failed', error: new RangeError('no') });
    await schedule.step();
    expect(await Promise.all([failing, next])).toEqual(['RangeError', 'done']);
  });

  it('is held up for ever by an operation that hangs', async () => {
    const { left, schedule } = createManualEnds();
    void left.createOffer();
    void left.createOffer();
    await microtasksDone();
    schedule.pending[0]?.hang();
    await schedule.drive();
    expect(schedule.pending).toEqual([]);
    expect(left.signalingState).toBe('stable');
  });

  it('judges an operation by the state when it runs, not when it is called', async () => {
    const { left, schedule } = createManualEnds();
    const offering = left.setLocalDescription();
    const rollingBack = left.setLocalDescription({ type: 'rollback' });
    await driven(schedule, Promise.all([offering, rollingBack]));
    expect(left.signalingState).toBe('stable');
  });

  it('lets the application react before the next event of the engine', async () => {
    const left = new VirtualPeerConnection({ label: 'left' });
    const seen: string[] = [];
    addMedia(left, 'audio', 'one');
    const gathered = new Promise<void>((resolve) => {
      left.onicecandidate = ({ candidate }) => {
        seen.push('candidate');
        if (candidate === null) resolve();
      };
    });
    await left.setLocalDescription();
    seen.push('settled');
    await gathered;
    expect(seen).toEqual(['settled', 'candidate', 'candidate', 'candidate']);
  });
});

describe('an engine without an operations chain', () => {
  const variant = { ...engineVariants.spec, operationsChain: false };

  it('runs operations side by side, in whatever order they end', async () => {
    const { left, right, schedule } = createManualEnds(variant);
    addMedia(right, 'audio', 'two');
    const remote = await driven(schedule, right.createOffer());
    const local = ending(left.setLocalDescription());
    const applying = ending(left.setRemoteDescription(remote));
    await microtasksDone();
    expect(pendingNames(schedule)).toEqual(['left:createOffer', 'left:setRemoteDescription']);
    await schedule.step(1);
    expect(left.signalingState).toBe('have-remote-offer');
    await schedule.step(0);
    await schedule.drive();
    expect(await Promise.all([local, applying])).toEqual(['InvalidStateError', 'done']);
  });

  it('fires negotiationneeded while an operation runs', async () => {
    const { left, schedule } = createManualEnds(variant);
    let fired = 0;
    left.onnegotiationneeded = () => (fired += 1);
    void left.createOffer();
    addMedia(left, 'audio', 'one');
    await schedule.step(1);
    expect(fired).toBe(1);
  });
});

describe('close', () => {
  const close = async (variant: 'pending' | 'resolved' | 'rejected') => {
    const { left, schedule } = createManualEnds({ ...engineVariants.spec, closeLeavesPromises: variant });
    const endings: string[] = [];
    for (const operation of [left.createOffer(), left.setLocalDescription()]) {
      void ending(operation).then((how) => endings.push(how));
    }
    left.close();
    await schedule.drive();
    return { left, endings };
  };

  it('leaves unsettled promises pending for ever, and nothing takes effect any more', async () => {
    const { left, endings } = await close('pending');
    expect(endings).toEqual([]);
    expect([left.signalingState, left.localDescription]).toEqual(['closed', null]);
  });

  it('resolves them where the engine does', async () => {
    expect((await close('resolved')).endings).toEqual(['done', 'done']);
  });

  it('rejects them where the engine does', async () => {
    expect((await close('rejected')).endings).toEqual(['InvalidStateError', 'InvalidStateError']);
  });

  it('fires nothing, stops transceivers, and makes every method an InvalidStateError', async () => {
    const { left, right, schedule } = createManualEnds();
    const sender = addMedia(left, 'audio', 'one');
    await driven(schedule, exchange(left, right));
    let changes = 0;
    left.onsignalingstatechange = () => (changes += 1);
    left.close();
    left.close();
    await schedule.drive();
    expect(changes).toBe(0);
    expect(left.getTransceivers()[0]?.currentDirection).toBe('stopped');
    expect(left.getSenders()).toEqual([]);
    const calls: readonly (() => Promise<unknown>)[] = [
      () => left.createOffer(),
      () => left.createAnswer(),
      () => left.setLocalDescription(),
      () => left.setRemoteDescription({ type: 'offer', sdp: '' }),
      () => left.addIceCandidate(),
      () => sender.replaceTrack(null),
      async () => addMedia(left, 'audio', 'two'),
      async () => left.removeTrack(sender),
      async () => left.addTransceiver('audio'),
      async () => left.createDataChannel('chat'),
      async () => left.getTransceivers()[0]?.stop(),
      async () => sender.setStreams(),
      async () => (left.getTransceivers()[0]!.direction = 'inactive'),
    ];
    expect(await Promise.all(calls.map((call) => ending(call())))).toEqual(calls.map(() => 'InvalidStateError'));
  });

  it('stops gathering, and adds no candidate that is on its way', async () => {
    const { left, right, schedule } = createManualEnds();
    addMedia(left, 'audio', 'one');
    await driven(
      schedule,
      left.createOffer().then((created) => right.setRemoteDescription(created)),
    );
    const seen: unknown[] = [];
    left.onicecandidate = ({ candidate }) => seen.push(candidate);
    void left.setLocalDescription();
    for (const name of ['createOffer', 'setLocalDescription']) await finish(schedule, name);
    void right.addIceCandidate({ candidate: 'candidate:1', sdpMid: '0' });
    await microtasksDone();
    left.close();
    right.close();
    expect(pendingNames(schedule)).toContain('left:icecandidate');
    expect(pendingNames(schedule)).toContain('right:addIceCandidate');
    await schedule.drive();
    expect({ seen, added: right.remoteCandidates }).toEqual({ seen: [], added: [] });
  });

  it('in the middle of an event does not disturb what fired it', async () => {
    const { left, schedule } = createManualEnds({ ...engineVariants.spec, earlyCandidates: true });
    addMedia(left, 'audio', 'one');
    left.onsignalingstatechange = () => left.close();
    let candidates = 0;
    left.onicecandidate = () => (candidates += 1);
    const endings: string[] = [];
    void ending(left.setLocalDescription()).then((how) => endings.push(how));
    await schedule.drive();
    expect({ endings, candidates, state: left.signalingState }).toEqual({
      endings: [],
      candidates: 0,
      state: 'closed',
    });
  });
});
