import { expect, it } from 'vitest';
import { connected, createMarkedTrack, createSide, directions, exchange, listen, until } from './loopback.ts';

it('carries marked RTP on the m-lines that were negotiated, in both directions', async () => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver(createMarkedTrack('audio', 'left audio'), { direction: 'sendonly' });
  left.pc.addTransceiver(createMarkedTrack('video', 'left video'), { direction: 'sendrecv' });
  await exchange(left, right);
  const [audio, video] = right.pc.getTransceivers();
  video!.direction = 'sendrecv';
  await video!.sender.replaceTrack(createMarkedTrack('video', 'right video'));
  await exchange(right, left);
  await connected(left, right);

  const heard = [listen(audio), listen(video), listen(left.pc.getTransceivers()[1])];
  await until(() => heard.every((marks) => marks.size > 0));
  expect(heard.map((marks) => [...marks])).toEqual([['left audio'], ['left video'], ['right video']]);
});

it('pauses and resumes a track by its direction, which werift itself never announces', async () => {
  const [left, right] = [createSide(), createSide()];
  const transceiver = left.pc.addTransceiver(createMarkedTrack('video', 'film'), { direction: 'sendonly' });
  await exchange(left, right);

  transceiver.direction = 'inactive';
  expect(left.port.negotiationNeeded()).toBe(true);
  await exchange(left, right);
  expect(directions(right.pc)).toEqual(['video recvonly/inactive']);

  transceiver.direction = 'sendonly';
  await exchange(left, right);
  expect(directions(right.pc)).toEqual(['video recvonly/recvonly']);
  const marks = listen(right.pc.getTransceivers()[0]);
  await until(() => marks.has('film'));
});

it('replaces the track of an m-line, and the packets that follow are still accepted', async () => {
  const [left, right] = [createSide(), createSide()];
  const transceiver = left.pc.addTransceiver(createMarkedTrack('audio', 'first'), { direction: 'sendonly' });
  await exchange(left, right);
  await connected(left, right);
  const marks = listen(right.pc.getTransceivers()[0]);
  await until(() => marks.has('first'));
  await transceiver.sender.replaceTrack(createMarkedTrack('audio', 'second'));
  await until(() => marks.has('second'));
});
