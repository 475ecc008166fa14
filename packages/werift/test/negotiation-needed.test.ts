import { MediaStream } from 'werift';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMarkedTrack, createSide, exchange, type Side } from './loopback.ts';

let left: Side;
let right: Side;

const owed = (): readonly boolean[] => [left.port.negotiationNeeded(), right.port.negotiationNeeded()];

beforeEach(() => {
  left = createSide();
  right = createSide();
});

describe('before the first exchange', () => {
  it('owes nothing when there is nothing to negotiate', () => {
    expect(owed()).toEqual([false, false]);
  });

  it.each(['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const)('owes a new %s transceiver', (direction) => {
    left.pc.addTransceiver('audio', { direction });
    expect(left.port.negotiationNeeded()).toBe(true);
  });

  it('owes a data channel', () => {
    left.pc.createDataChannel('chat');
    expect(left.port.negotiationNeeded()).toBe(true);
  });

  it('owes nothing for a transceiver that was stopped before it was offered', () => {
    left.pc.addTransceiver('audio').stop();
    expect(left.port.negotiationNeeded()).toBe(false);
  });

  it('still owes what an offer in the making has given a mid', async () => {
    left.pc.addTransceiver('audio');
    await left.pc.createOffer();
    expect(left.port.negotiationNeeded()).toBe(true);
  });

  it('still owes what was offered and rolled back', async () => {
    left.pc.addTransceiver('audio');
    await left.port.createOffer({ iceRestart: false });
    await left.port.rollback();
    expect(left.port.negotiationNeeded()).toBe(true);
  });
});

describe('after an exchange', () => {
  beforeEach(async () => {
    left.pc.addTransceiver('audio', { direction: 'sendonly', streams: [new MediaStream({ id: 'one', tracks: [] })] });
    left.pc.addTransceiver('video', { direction: 'sendonly' });
    left.pc.createDataChannel('chat');
    await exchange(left, right);
  });

  const settles = async (offerer: Side, answerer: Side): Promise<void> => {
    expect(offerer.port.negotiationNeeded()).toBe(true);
    await exchange(offerer, answerer);
    expect(owed()).toEqual([false, false]);
  };

  it('neither side owes anything', () => {
    expect(owed()).toEqual([false, false]);
  });

  it.each(['sendrecv', 'inactive', 'recvonly'] as const)('the offerer owes a change to %s', async (direction) => {
    left.pc.getTransceivers()[1]!.direction = direction;
    await settles(left, right);
  });

  it('the answerer owes a change of direction', async () => {
    right.pc.getTransceivers()[1]!.direction = 'inactive';
    await settles(right, left);
  });

  it('the answerer owes nothing for a direction that the offer did not allow it to take', async () => {
    left.pc.getTransceivers()[1]!.direction = 'inactive';
    await exchange(left, right);
    expect(right.pc.getTransceivers()[1]?.direction).toBe('recvonly');
    expect(owed()).toEqual([false, false]);
  });

  it('owes nothing for a direction that was changed and changed back', () => {
    left.pc.getTransceivers()[1]!.direction = 'inactive';
    left.pc.getTransceivers()[1]!.direction = 'sendonly';
    expect(owed()).toEqual([false, false]);
  });

  it('owes a change of streams', async () => {
    left.pc.getTransceivers()[0]!.sender.setStreams([new MediaStream({ id: 'two', tracks: [] })]);
    await settles(left, right);
  });

  it('owes a stop, at whichever side', async () => {
    left.pc.getTransceivers()[0]!.stop();
    await settles(left, right);
    right.pc.getTransceivers()[1]!.stop();
    await settles(right, left);
  });

  it('owes a track that is removed', async () => {
    const sender = left.pc.addTrack(createMarkedTrack('audio', 'removed'));
    await settles(left, right);
    left.pc.removeTrack(sender);
    await settles(left, right);
  });

  it('owes an ICE restart until it is offered', async () => {
    left.pc.restartIce();
    await settles(left, right);
  });

  it('owes what was added while an exchange was under way', async () => {
    const offer = await left.port.createOffer({ iceRestart: false });
    left.pc.addTransceiver('video', { direction: 'sendonly' });
    await right.port.applyOffer(offer);
    right.pc.addTransceiver('audio', { direction: 'sendonly' });
    await left.port.applyAnswer(await right.port.createAnswer());
    expect(owed()).toEqual([true, true]);
    await exchange(right, left);
    expect(owed()).toEqual([true, false]);
    await exchange(left, right);
    expect(owed()).toEqual([false, false]);
  });
});
