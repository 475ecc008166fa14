import { describe, expect, it } from 'vitest';
import type { VirtualPeerConnection } from '../../src/virtual/peer-connection.ts';
import {
  addMedia,
  answer,
  createManualEnds,
  deliver,
  driven,
  ending,
  eventLog,
  exchange,
  mLines,
  offer,
  pendingNames,
} from './support.ts';

/** Two ends that agree on an audio m-line which only left sends on, and what left fires from then on. */
const createAgreed = async () => {
  const ends = createManualEnds();
  addMedia(ends.left, 'audio', 'one');
  await driven(ends.schedule, exchange(ends.left, ends.right));
  return { ...ends, log: eventLog(ends.left, 'negotiationneeded'), drive: () => ends.schedule.drive() };
};

describe('negotiationneeded', () => {
  it('fires once for all changes of one turn, in a task of its own', async () => {
    const { left, schedule } = createManualEnds();
    const log = eventLog(left, 'negotiationneeded');
    addMedia(left, 'audio', 'one');
    addMedia(left, 'video', 'two');
    left.createDataChannel('chat');
    expect(log).toEqual([]);
    await schedule.drive();
    expect(log).toEqual(['negotiationneeded:stable']);
  });

  const changes: readonly [string, number, (left: VirtualPeerConnection) => void][] = [
    ['a track', 1, (left) => void addMedia(left, 'video', 'two')],
    ['a transceiver', 1, (left) => void left.addTransceiver('video', { direction: 'recvonly' })],
    ['a removed track', 1, (left) => left.removeTrack(left.getSenders()[0]!)],
    ['another direction', 1, (left) => void (left.getTransceivers()[0]!.direction = 'inactive')],
    ['a stopped transceiver', 1, (left) => left.getTransceivers()[0]!.stop()],
    ['other streams', 1, (left) => left.getSenders()[0]!.setStreams({ id: 'other' })],
    ['the first data channel', 1, (left) => void left.createDataChannel('chat')],
    ['an ICE restart', 1, (left) => left.restartIce()],
    ['a replaced track', 0, (left) => void left.getSenders()[0]!.replaceTrack(null)],
    ['the direction that the answer left', 0, (left) => void (left.getTransceivers()[0]!.direction = 'sendonly')],
    ['the same direction again', 0, (left) => void (left.getTransceivers()[0]!.direction = 'sendrecv')],
    [
      'a direction changed and changed back in the same turn',
      0,
      (left) => {
        left.getTransceivers()[0]!.direction = 'inactive';
        left.getTransceivers()[0]!.direction = 'sendrecv';
      },
    ],
    ['a transceiver that is stopped at once', 1, (left) => left.addTransceiver('video').stop()],
  ];

  it.each(changes)('after %s fires %i times', async (_what, times, change) => {
    const { left, log, drive } = await createAgreed();
    change(left);
    await drive();
    expect(log).toHaveLength(times);
    expect(left.negotiationNeeded).toBe(times > 0);
  });

  it('does not fire again while it stands, and is clear after the exchange', async () => {
    const { left, right, schedule, log, drive } = await createAgreed();
    addMedia(left, 'video', 'two');
    await drive();
    addMedia(left, 'video', 'three');
    await drive();
    expect(log).toEqual(['negotiationneeded:stable']);
    await driven(schedule, exchange(left, right));
    expect(log).toEqual(['negotiationneeded:stable']);
    addMedia(left, 'audio', 'four');
    await drive();
    expect(log).toHaveLength(2);
  });

  it('does not fire at the end that answers', async () => {
    const { right, schedule, left } = await createAgreed();
    const log = eventLog(right, 'negotiationneeded');
    addMedia(left, 'video', 'two');
    await driven(schedule, exchange(left, right));
    expect(log).toEqual([]);
  });

  it('waits for stable when the change comes while an offer is out', async () => {
    const { left, right, schedule, log, drive } = await createAgreed();
    await driven(schedule, offer(left, right));
    addMedia(left, 'video', 'two');
    await drive();
    expect(log).toEqual([]);
    await driven(schedule, answer(right, left));
    expect(log).toEqual(['negotiationneeded:stable']);
  });

  it('waits for the operations chain to be empty', async () => {
    const { left, schedule, log } = await createAgreed();
    const offering = left.createOffer();
    const again = left.createOffer();
    addMedia(left, 'video', 'two');
    await schedule.step();
    expect(pendingNames(schedule)).toEqual(['left:createOffer']);
    await schedule.step();
    await Promise.all([offering, again]);
    expect({ log, pending: pendingNames(schedule) }).toEqual({ log: [], pending: ['left:negotiationneeded'] });
    await schedule.step();
    expect(log).toEqual(['negotiationneeded:stable']);
  });

  it('does not fire when an operation begins before its task runs, until the operation is done', async () => {
    const { left, schedule, log } = await createAgreed();
    addMedia(left, 'video', 'two');
    const setting = left.setLocalDescription();
    await schedule.step();
    expect(log).toEqual([]);
    await driven(schedule, setting);
    expect(log).toEqual([]);
    await driven(schedule, left.setLocalDescription({ type: 'rollback' }));
    expect(log).toEqual(['negotiationneeded:stable']);
  });

  it('is silenced for good by a setLocalDescription that fails, even when something changes anew', async () => {
    const { left, schedule, log, drive } = await createAgreed();
    addMedia(left, 'video', 'two');
    await drive();
    const failing = ending(left.setLocalDescription());
    await schedule.step();
    await schedule.step(0, { type: 'failed', error: new Error('no') });
    expect(await failing).toBe('Error');
    addMedia(left, 'video', 'three');
    await drive();
    expect(log).toEqual(['negotiationneeded:stable']);
    expect(left.negotiationNeeded).toBe(true);
  });

  it('fires after an answer that could carry only part of what this end wants', async () => {
    const { right, left, schedule } = await createAgreed();
    const log = eventLog(right, 'negotiationneeded');
    left.getTransceivers()[0]!.direction = 'sendonly';
    await driven(schedule, exchange(left, right));
    await driven(schedule, offer(left, right));
    addMedia(right, 'audio', 'two');
    await driven(schedule, answer(right, left));
    expect(right.getTransceivers()[0]).toMatchObject({ direction: 'sendrecv', currentDirection: 'recvonly' });
    expect(log).toEqual(['negotiationneeded:stable']);
    await driven(schedule, exchange(right, left));
    expect(mLines(right)).toEqual(['0 audio sendrecv']);
    expect(log).toEqual(['negotiationneeded:stable']);
  });

  it('does not fire after close', async () => {
    const { left, log, drive } = await createAgreed();
    addMedia(left, 'video', 'two');
    left.close();
    await drive();
    expect(log).toEqual([]);
  });

  it('does not fire for a change that a glare already carried', async () => {
    const { left, right, schedule } = createManualEnds();
    addMedia(left, 'audio', 'one');
    addMedia(right, 'audio', 'two');
    await driven(schedule, left.setLocalDescription());
    const log = eventLog(left, 'negotiationneeded');
    await driven(schedule, right.setLocalDescription());
    await driven(schedule, deliver(right, left));
    await driven(schedule, answer(left, right));
    expect(log).toEqual([]);
  });
});
