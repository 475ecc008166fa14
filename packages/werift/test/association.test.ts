import { expect, it } from 'vitest';
import { connected, createMarkedTrack, createSide, directions, exchange, lines, listen, until } from './loopback.ts';

it('keeps a waiting sender off the m-line on which the other side sends', async () => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver(createMarkedTrack('audio', 'from left'), { direction: 'sendonly' });
  right.pc.addTransceiver(createMarkedTrack('audio', 'from right'), { direction: 'sendonly' });

  await exchange(left, right);
  await connected(left, right);
  expect(directions(right.pc)).toEqual(['audio sendonly/none', 'audio recvonly/recvonly']);
  expect(right.port.negotiationNeeded()).toBe(true);

  await exchange(right, left);
  expect(directions(right.pc)).toEqual(['audio sendonly/sendonly', 'audio recvonly/recvonly']);
  expect(directions(left.pc)).toEqual(['audio sendonly/sendonly', 'audio recvonly/recvonly']);
  const onLeft = listen(left.pc.getTransceivers()[1]);
  const onRight = listen(right.pc.getTransceivers()[1]);
  await until(() => onLeft.has('from right') && onRight.has('from left'));
});

it('gives a new m-line on which the other side receives to the first waiting sender', async () => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver('audio', { direction: 'sendonly' });
  left.pc.addTransceiver('audio', { direction: 'recvonly' });
  const first = right.pc.addTransceiver('audio', { direction: 'sendonly' });
  const second = right.pc.addTransceiver('audio', { direction: 'sendonly' });

  await exchange(left, right);

  expect(first.mid).toBe('1');
  expect(first.currentDirection).toBe('sendonly');
  expect(second.mid).toBeNull();
  expect(directions(left.pc)).toEqual(['audio sendonly/sendonly', 'audio recvonly/recvonly']);
});

it('carries both sides on one m-line when both want to send and receive', async () => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver('video');
  right.pc.addTransceiver('video');
  await exchange(left, right);
  expect(directions(right.pc)).toEqual(['video sendrecv/sendrecv']);
  expect(right.port.negotiationNeeded()).toBe(false);
});

it('keeps a transceiver that is added while the offer is being applied off its m-lines', async () => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver('audio', { direction: 'sendonly' });
  const offer = await left.port.createOffer({ iceRestart: false });
  const applied = right.port.applyOffer(offer);
  const added = right.pc.addTransceiver('audio', { direction: 'sendonly' });
  await applied;
  await left.port.applyAnswer(await right.port.createAnswer());
  expect(added.mid).toBeNull();
  expect(left.pc.getTransceivers()[0]?.currentDirection).toBe('sendonly');
});

it('lets a waiting sender go again when the offer cannot be applied', async () => {
  const { pc, port } = createSide();
  const waiting = pc.addTransceiver('audio', { direction: 'sendonly' });
  const unknownKind = 'v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=text 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n';
  await expect(port.applyOffer({ type: 'offer', sdp: unknownKind })).rejects.toThrow('invalid media kind');
  expect(waiting.mid).toBeNull();
});

it('forgets the mid of an offer that could not be set', async () => {
  const { pc, port } = createSide();
  const transceiver = pc.addTransceiver('audio', { direction: 'sendonly' });
  const offering = port.createOffer({ iceRestart: false });
  await pc.close();
  await expect(offering).rejects.toThrow('closed');
  expect(transceiver.mid).toBeNull();
});

it('gives the m-line of a stopped transceiver to the next one of its kind, so that descriptions do not grow', async () => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver('video', { direction: 'sendonly' });
  left.pc.createDataChannel('keeps the transport');
  await exchange(left, right);
  await connected(left, right);

  for (const mark of ['first', 'second', 'third']) {
    left.pc.getTransceivers().forEach((each) => each.stop());
    await exchange(left, right);
    expect(lines(left.port.localDescription?.sdp)).toEqual(['video 0', 'application 9']);
    left.pc.addTransceiver(createMarkedTrack('video', mark), { direction: 'sendonly' });
    await exchange(left, right);
    expect(lines(left.port.localDescription?.sdp)).toEqual(['video 9', 'application 9']);
    const marks = listen(right.pc.getTransceivers().find((each) => each.currentDirection === 'recvonly'));
    await until(() => marks.has(mark));
  }
});
