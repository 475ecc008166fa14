import { describe, expect, it } from 'vitest';
import { createVirtualTrack } from '../../src/virtual/tracks.ts';
import { addMedia, answer, createEnds, ending, exchange, offer } from './support.ts';

const directions = (pc: ReturnType<typeof createEnds>['left']) =>
  pc.getTransceivers().map(({ direction, currentDirection }) => `${direction}/${currentDirection}`);

describe('tracks', () => {
  it('reuse a transceiver that never sent', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    expect(directions(right)).toEqual(['recvonly/recvonly']);
    addMedia(right, 'audio', 'two');
    expect(directions(right)).toEqual(['sendrecv/recvonly']);
    await exchange(right, left);
    expect([directions(left), directions(right)]).toEqual([['sendrecv/sendrecv'], ['sendrecv/sendrecv']]);
  });

  it('do not reuse one that has sent', async () => {
    const { left, right } = createEnds();
    left.removeTrack(addMedia(left, 'audio', 'one'));
    addMedia(left, 'audio', 'two');
    expect(left.getTransceivers()).toHaveLength(1);
    await exchange(left, right);
    left.removeTrack(left.getSenders()[0]!);
    addMedia(left, 'audio', 'three');
    expect(directions(left)).toEqual(['recvonly/sendonly', 'sendrecv/null']);
  });

  it('are sent once', () => {
    const { left } = createEnds();
    const track = createVirtualTrack({ kind: 'audio', id: 'one' });
    left.addTrack(track);
    expect(() => left.addTrack(track)).toThrow(expect.objectContaining({ name: 'InvalidAccessError' }));
  });

  it('are removed by their own connection only', () => {
    const { left, right } = createEnds();
    const sender = addMedia(left, 'audio', 'one');
    expect(() => right.removeTrack(sender)).toThrow(expect.objectContaining({ name: 'InvalidAccessError' }));
    left.removeTrack(sender);
    left.removeTrack(sender);
    expect([sender.track, directions(left)]).toEqual([null, ['recvonly/null']]);
  });

  it('are replaced by their kind only', async () => {
    const { left } = createEnds();
    const sender = addMedia(left, 'audio', 'one');
    expect(await ending(sender.replaceTrack(createVirtualTrack({ kind: 'video', id: 'two' })))).toBe('TypeError');
    expect(await ending(sender.replaceTrack(createVirtualTrack({ kind: 'audio', id: 'three' })))).toBe('done');
    expect(sender.track?.id).toBe('three');
  });

  it('of a kind that does not exist are a TypeError', () => {
    const { left } = createEnds();
    expect(() => left.addTransceiver('smell')).toThrow(TypeError);
  });
});

describe('directions', () => {
  const pairs = [
    ['sendrecv', 'sendrecv', 'sendrecv', 'sendrecv'],
    ['sendrecv', 'recvonly', 'sendonly', 'recvonly'],
    ['sendonly', 'sendrecv', 'sendonly', 'recvonly'],
    ['sendonly', 'sendonly', 'inactive', 'inactive'],
    ['recvonly', 'sendrecv', 'recvonly', 'sendonly'],
    ['recvonly', 'recvonly', 'inactive', 'inactive'],
    ['inactive', 'sendrecv', 'inactive', 'inactive'],
  ] as const;

  it.each(pairs)('offered %s and wanted %s become %s and %s', async (offered, wanted, atOfferer, atAnswerer) => {
    const { left, right } = createEnds();
    left.addTransceiver('audio', { direction: offered });
    await offer(left, right);
    right.getTransceivers()[0]!.direction = wanted;
    await answer(right, left);
    expect([left, right].map((pc) => pc.getTransceivers()[0]?.currentDirection)).toEqual([atOfferer, atAnswerer]);
  });

  it('of an own transceiver are not taken for an m-line that only sends', async () => {
    const { left, right } = createEnds();
    left.addTransceiver('audio', { direction: 'sendonly' });
    addMedia(right, 'audio', 'two');
    await offer(left, right);
    expect(right.getTransceivers().map(({ mid }) => mid)).toEqual([null, '0']);
  });

  it('are settled by a provisional answer for as long as it holds', async () => {
    const { left, right } = createEnds();
    left.addTransceiver('audio');
    await offer(left, right);
    const provisional = await right.createAnswer();
    await right.setLocalDescription({ type: 'pranswer', sdp: provisional.sdp });
    await left.setRemoteDescription({ type: 'pranswer', sdp: provisional.sdp });
    expect([directions(left), directions(right)]).toEqual([['sendrecv/sendonly'], ['recvonly/recvonly']]);
    right.getTransceivers()[0]!.direction = 'inactive';
    await answer(right, left);
    expect([directions(left), directions(right)]).toEqual([['sendrecv/inactive'], ['inactive/inactive']]);
  });
});

describe('the track event', () => {
  it('comes with its streams once the offer is set, and again after the track went and came back', async () => {
    const { left, right } = createEnds();
    const tracks: string[] = [];
    right.ontrack = ({ track, streams, transceiver, target }) =>
      tracks.push(`${transceiver.mid} ${track.kind} ${streams.map(({ id }) => id).join()} in ${target.signalingState}`);
    const sender = addMedia(left, 'video', 'one');
    await exchange(left, right);
    const [stream] = right.getReceivers().map(({ track }) => track.kind);
    expect([tracks, stream]).toEqual([['0 video one-stream in have-remote-offer'], 'video']);
    left.removeTrack(sender);
    await exchange(left, right);
    left.getTransceivers()[0]!.direction = 'sendrecv';
    await exchange(left, right);
    expect(tracks).toHaveLength(2);
  });

  it('comes without streams too', async () => {
    const { left, right } = createEnds();
    const streams: number[] = [];
    right.ontrack = (event) => streams.push(event.streams.length);
    left.addTransceiver('audio');
    await exchange(left, right);
    expect(streams).toEqual([0]);
  });

  it('does not come for a transceiver that is stopped here', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    let count = 0;
    right.ontrack = () => (count += 1);
    right.getTransceivers()[0]?.stop();
    left.getSenders()[0]?.setStreams({ id: 'other' });
    await exchange(left, right);
    expect(count).toBe(0);
  });

  it('does not come for what this end does not get', async () => {
    const { left, right } = createEnds();
    let count = 0;
    right.ontrack = () => (count += 1);
    left.addTransceiver('audio', { direction: 'recvonly' });
    await exchange(left, right);
    expect(count).toBe(0);
  });

  it('gives a stream that loses its track when the answerer stops receiving', async () => {
    const { left, right } = createEnds();
    let members = (): number => -1;
    right.ontrack = ({ streams: [stream] }) => (members = () => stream?.getTracks().length ?? -1);
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    expect(members()).toBe(1);
    right.getTransceivers()[0]!.direction = 'inactive';
    await exchange(left, right);
    expect(members()).toBe(0);
  });
});

describe('listeners', () => {
  it('are called in order, handler first, and once where asked', async () => {
    const { left } = createEnds();
    const seen: string[] = [];
    const removed = () => seen.push('removed');
    const twice = () => seen.push('second');
    left.addEventListener('signalingstatechange', () => seen.push('first'), { once: true });
    left.addEventListener('signalingstatechange', twice);
    left.addEventListener('signalingstatechange', twice);
    left.addEventListener('signalingstatechange', removed);
    left.removeEventListener('signalingstatechange', removed);
    left.onsignalingstatechange = () => seen.push('handler');
    await left.setLocalDescription();
    await left.setLocalDescription({ type: 'rollback' });
    expect(seen).toEqual(['handler', 'first', 'second', 'handler', 'second']);
  });
});
