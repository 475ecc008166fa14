import { createSfu, joinSfu, type Sfu, SfuError } from '@detente/sfu';
import { expect, it } from 'vitest';
import { createMarkedTrack, join, openSocket, startSfu, type TestClient, until } from './harness.ts';

/** Two clients that exchange media, before and after whatever a third one does. */
const bystanders = async (sfu: Sfu): Promise<{ readonly areUndisturbed: () => Promise<void> }> => {
  const [publisher, viewer] = [await join(sfu), await join(sfu)];
  publisher.publish(createMarkedTrack('video', 'film'), 'film');
  await until(() => viewer.marks.has('film'));
  const errors = ({ errors }: TestClient) => errors;
  return {
    async areUndisturbed() {
      viewer.marks.clear();
      viewer.publish(createMarkedTrack('audio', 'applause'), 'applause');
      await until(() => viewer.marks.has('film') && publisher.marks.has('applause'));
      expect([publisher, viewer].flatMap(errors)).toEqual([]);
      await until(() => sfu.stats().peerConnections === 2);
    },
  };
};

it.each([
  ['text that is no JSON', 'ask first', 'The frame is not JSON.'],
  ['JSON that is no message', '{"type":"offer"}', 'Expected "negotiation"'],
  ['a message that is no object', '{"type":"negotiation","message":7}', 'Expected an object at message.'],
  ['a binary frame', Buffer.from('{}'), 'messages are JSON text'],
])('drops %s and says so to its sender', async (_name, frame, complaint) => {
  const sfu = await startSfu();
  const others = await bystanders(sfu);
  const { socket, received } = await openSocket(`${sfu.url}/room/lobby`);
  socket.send(frame);
  await until(() => received.some(({ type }) => type === 'error'));
  expect(received.find(({ type }) => type === 'error')).toMatchObject({
    code: 'invalid-frame',
    message: expect.stringContaining(complaint),
  });
  expect(socket.readyState).toBe(socket.OPEN);
  socket.close();
  await others.areUndisturbed();
});

it('drops an oversized frame and says so to its sender, who may go on', async () => {
  const sfu = await startSfu({ maxFrameBytes: 10_000 });
  const others = await bystanders(sfu);
  const { socket, received } = await openSocket(`${sfu.url}/room/lobby`);
  socket.send('x'.repeat(10_001));
  await until(() => received.some(({ code }) => code === 'frame-too-large'));
  expect(socket.readyState).toBe(socket.OPEN);
  socket.close();
  await others.areUndisturbed();
});

it('cuts off whoever sends a frame that is not even worth reading', async () => {
  const sfu = await startSfu({ maxFrameBytes: 10_000 });
  const others = await bystanders(sfu);
  const { socket, closed } = await openSocket(`${sfu.url}/room/lobby`);
  socket.send('x'.repeat(50_000));
  expect(await closed).toBe(1009);
  await others.areUndisturbed();
});

it('leaves it to the session to drop what is no negotiation message', async () => {
  const sfu = await startSfu();
  const others = await bystanders(sfu);
  const { socket } = await openSocket(`${sfu.url}/room/lobby`);
  socket.send(JSON.stringify({ type: 'negotiation', message: { kind: 'offer', sdp: 'v=0' } }));
  await until(() => sfu.errors.length > 0);
  expect(sfu.errors[0]).toMatch(/^invalid-message/);
  socket.close();
  await others.areUndisturbed();
});

it('refuses an address that names no room', async () => {
  const sfu = await startSfu();
  const { received, closed } = await openSocket(`${sfu.url}/lobby`);
  expect(received).toMatchObject([{ type: 'error', code: 'no-such-room' }]);
  expect(await closed).toBe(1008);
  await expect(joinSfu({ url: `${sfu.url}/room/../x` })).rejects.toMatchObject({ code: 'no-such-room' });
  expect(sfu.stats()).toEqual({ rooms: 0, clients: 0, publications: 0, peerConnections: 0 });
});

it('leaves nothing behind of a client that disconnects while its offer is being answered', async () => {
  const sfu = await startSfu();
  const others = await bystanders(sfu);
  for (let round = 0; round < 5; round++) {
    const leaver = await join(sfu);
    // An exchange may be over between two looks at the state, so it is told.
    const offering = new Promise<void>((resolve) =>
      leaver.session.on('state', (state) => state === 'local-offer-pending' && resolve()),
    );
    leaver.publish(createMarkedTrack('audio', 'cut short'), 'short');
    await offering;
    await leaver.close();
  }
  await others.areUndisturbed();
});

it('leaves nothing behind of a client that disconnects while it owes an answer', async () => {
  const sfu = await startSfu();
  const others = await bystanders(sfu);
  const { socket, received } = await openSocket(`${sfu.url}/room/lobby`);
  await until(() => received.some(({ message }) => (message as { kind?: string } | undefined)?.kind === 'offer'));
  expect(sfu.stats().peerConnections).toBe(3);
  socket.terminate();
  await others.areUndisturbed();
});

it('tells a client whose negotiation failed for good, and cuts it off', async () => {
  const sfu = await startSfu();
  const others = await bystanders(sfu);
  const { socket, received, closed } = await openSocket(`${sfu.url}/room/lobby`);
  const message = { v: 1, from: 'another arbiter', role: 'arbiter', seq: 1, kind: 'bye' };
  socket.send(JSON.stringify({ type: 'negotiation', message }));
  expect(await closed).toBe(1011);
  expect(received.at(-1)).toMatchObject({ type: 'error', code: 'negotiation-failed' });
  await others.areUndisturbed();
});

it('cuts off a client that has silently vanished', async () => {
  const sfu = await startSfu({ silenceMs: 1_000 });
  const others = await bystanders(sfu);
  const { closed } = await openSocket(`${sfu.url}/room/lobby`, { autoPong: false });
  expect(await closed).toBe(1006);
  await others.areUndisturbed();
});

it('says which port is in use and what to do', async () => {
  const sfu = await startSfu();
  const port = Number(new URL(sfu.url).port);
  await expect(createSfu({ port })).rejects.toThrow(SfuError);
  await expect(createSfu({ port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use: stop what listens there`);
});

it('says that nothing responds at an address', async () => {
  const sfu = await createSfu();
  await sfu.close();
  await expect(joinSfu({ url: `${sfu.url}/room/lobby` })).rejects.toMatchObject({ code: 'unreachable' });
});

it('closes with clients in the room and leaves no socket open', async () => {
  const udp = () => process.getActiveResourcesInfo().filter((name) => name === 'UDPWrap').length;
  await until(() => udp() === 0);
  const sfu = await startSfu();
  const clients = [await join(sfu), await join(sfu)];
  clients[0]?.publish(createMarkedTrack('video', 'film'), 'film');
  await until(() => clients[1]?.marks.has('film') === true);
  expect(udp()).toBeGreaterThan(0);

  await sfu.close();
  await Promise.all(clients.map(({ closed }) => closed));

  expect(sfu.stats()).toEqual({ rooms: 0, clients: 0, publications: 0, peerConnections: 0 });
  await until(() => udp() === 0);
});
