import { iceUfrags, restartsIce } from '@detente/core';
import { expect, it } from 'vitest';
import { connected, createMarkedTrack, createSide, exchange, listen, type Side, until } from './loopback.ts';

const ufrags = (sides: readonly Side[]): readonly string[] =>
  sides.flatMap(({ port }) => iceUfrags(port.localDescription?.sdp ?? ''));

it.each([
  { name: 'with every m-line active', spare: false },
  { name: 'with an inactive m-line', spare: true },
])('media and data arrive after each of three ICE restarts, $name', async ({ spare }) => {
  const sides = [createSide(), createSide()] as const;
  const [left, right] = sides;
  left.pc.addTransceiver(createMarkedTrack('audio', 'music'), { direction: 'sendonly' });
  if (spare) left.pc.addTransceiver('video', { direction: 'inactive' });
  const channel = left.pc.createDataChannel('chat');
  const messages = new Set<string>();
  right.pc.onDataChannel.subscribe(({ onMessage }) => {
    onMessage.subscribe((message) => messages.add(message.toString()));
  });
  await exchange(left, right);
  await connected(left, right);
  await until(() => channel.readyState === 'open');

  for (const [offerer, answerer] of [sides, [right, left], sides] as const) {
    const before = ufrags(sides);
    await exchange(offerer, answerer, { iceRestart: true });
    expect(ufrags(sides).filter((ufrag) => before.includes(ufrag))).toEqual([]);
    const marks = listen(right.pc.getTransceivers()[0]);
    await until(() => marks.has('music'));
    channel.send(`sent with ${ufrags(sides).join()}`);
    await until(() => messages.has(`sent with ${ufrags(sides).join()}`));
  }
});

it('follows a restart of a side whose rejected m-line goes on naming the credentials that it had', async () => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver(createMarkedTrack('audio', 'music'), { direction: 'sendonly' });
  const spare = left.pc.addTransceiver('video', { direction: 'inactive' });
  await exchange(left, right);
  await connected(left, right);
  spare.stop();
  await exchange(left, right);
  const [old = ''] = ufrags([right]);

  await right.port.applyOffer(await left.port.createOffer({ iceRestart: true }));
  const answer = await right.port.createAnswer();
  const [alive = '', rejected = ''] = answer.sdp.split(/^(?=m=video 0)/m);
  await left.port.applyAnswer({
    ...answer,
    sdp: alive + rejected.replace(/^a=ice-ufrag:.*$/m, `a=ice-ufrag:${old}\r`),
  });
  expect(ufrags([right])).not.toContain(old);
  await until(() => left.pc.iceTransports.every(({ state }) => state === 'connected'));
  const marks = listen(right.pc.getTransceivers()[0]);
  await until(() => marks.has('music'));
});

it.each(['offers', 'answers'])(
  'a restart before the first exchange needs nothing, and who %s connects all the same',
  async (does) => {
    const [left, right] = [createSide(), createSide()];
    const restarted = does === 'offers' ? left : right;
    restarted.pc.restartIce();
    expect(restarted.port.negotiationNeeded()).toBe(false);
    const channel = left.pc.createDataChannel('chat');
    await exchange(left, right, { iceRestart: does === 'offers' });
    await until(() => channel.readyState === 'open');
    expect(restarted.port.negotiationNeeded()).toBe(false);
  },
);

it('restarts only when the checks of the restart before are done', async () => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver('audio');
  await exchange(left, right);
  await connected(left, right);
  await exchange(left, right, { iceRestart: true });
  const states = [left, right].map(({ pc }) => {
    const seen: string[] = pc.iceTransports.map(({ state }) => state);
    for (const transport of pc.iceTransports) transport.onStateChange.subscribe((state) => void seen.push(state));
    return seen;
  });
  await exchange(left, right, { iceRestart: true });
  expect(states[0]?.[0]).toBe('checking');
  for (const seen of states) expect(seen.join()).toMatch(/connected,new/);
  await connected(left, right);
});

it('restarts all the same when checks lead nowhere', async () => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver('audio');
  await exchange(left, right);
  await connected(left, right);
  const offer = await left.port.createOffer({ iceRestart: true });
  await right.port.applyOffer(offer);
  const answer = await right.port.createAnswer();
  await right.pc.close();
  await left.port.applyAnswer(answer);
  expect(left.pc.iceTransports.map(({ state }) => state)).toEqual(['checking']);
  const next = await left.port.createOffer({ iceRestart: true });
  expect(restartsIce(offer.sdp, next.sdp)).toBe(true);
});
