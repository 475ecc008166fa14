import { expect, it } from 'vitest';
import { createMarkedTrack, join, mLines, startSfu, type TestClient, until } from './harness.ts';

const allSettled = (...clients: readonly TestClient[]) => Promise.all(clients.map(({ session }) => session.settled()));

it('forwards what each client publishes to all others in the room, and to nobody else', async () => {
  const sfu = await startSfu();
  const clients = [await join(sfu), await join(sfu), await join(sfu)];
  const elsewhere = await join(sfu, 'elsewhere');
  for (const client of clients) {
    client.publish(createMarkedTrack('audio', `${client.id} microphone`), 'microphone');
    client.publish(createMarkedTrack('video', `${client.id} camera`), 'camera');
  }

  for (const client of clients) {
    const others = clients.filter((other) => other !== client);
    await until(() => client.marks.size === 4);
    expect([...client.marks].sort()).toEqual(others.flatMap(({ id }) => [`${id} camera`, `${id} microphone`]).sort());
    expect([...client.tracks].sort()).toEqual(
      others.flatMap(({ id }) => [`${id}.camera video`, `${id}.microphone audio`]).sort(),
    );
  }
  expect(elsewhere.tracks.size).toBe(0);
  expect(sfu.stats()).toEqual({ rooms: 2, clients: 4, publications: 6, peerConnections: 4 });
  expect(sfu.errors).toEqual([]);
});

it('gives a client that comes late what is published already, and takes it away when its publisher leaves', async () => {
  const sfu = await startSfu();
  const publisher = await join(sfu);
  publisher.publish(createMarkedTrack('video', 'film'), 'film');
  await until(() => sfu.stats().publications === 1);

  const late = await join(sfu);
  await until(() => late.marks.has('film'));
  expect([...late.tracks]).toEqual([`${publisher.id}.film video`]);

  await publisher.close();
  await until(() => late.tracks.size === 0);
  expect(sfu.stats()).toEqual({ rooms: 1, clients: 1, publications: 0, peerConnections: 1 });
});

it('stops forwarding a track that is withdrawn although its source goes on', async () => {
  const sfu = await startSfu();
  const [publisher, viewer] = [await join(sfu), await join(sfu)];
  const withdraw = publisher.publish(createMarkedTrack('video', 'first'), 'first');
  await until(() => viewer.marks.has('first'));

  withdraw();
  publisher.publish(createMarkedTrack('video', 'second'), 'second');
  await until(() => viewer.marks.has('second') && viewer.tracks.size === 1);
  viewer.marks.clear();
  await until(() => viewer.marks.size > 0);
  expect([...viewer.marks]).toEqual(['second']);
  expect([...viewer.tracks]).toEqual([`${publisher.id}.second video`]);
});

it('withdraws a track once, however often it is told to', async () => {
  const sfu = await startSfu();
  const [publisher, viewer] = [await join(sfu), await join(sfu)];
  const withdraw = publisher.publish(createMarkedTrack('audio', 'first'), 'first');
  await until(() => viewer.tracks.size === 1);
  withdraw();
  await until(() => viewer.tracks.size === 0);
  publisher.publish(createMarkedTrack('audio', 'second'), 'second');
  withdraw();
  await until(() => viewer.marks.has('second'));
});

it('uses m-lines again, so that descriptions do not grow with the number of changes', async () => {
  const sfu = await startSfu();
  const [publisher, viewer] = [await join(sfu), await join(sfu)];
  for (let round = 0; round < 12; round++) {
    const withdraw = publisher.publish(createMarkedTrack('video', `film ${round}`), `film-${round}`);
    await until(() => viewer.marks.has(`film ${round}`));
    withdraw();
    await until(() => viewer.tracks.size === 0);
  }
  expect([mLines(publisher), mLines(viewer)]).toEqual([1, 1]);
});

it('settles with exactly the published tracks when all clients change all the time', async () => {
  const sfu = await startSfu();
  const clients = [await join(sfu), await join(sfu), await join(sfu), await join(sfu)];
  const published = new Map<string, () => void>();
  for (let round = 0; round < 15; round++) {
    for (const [index, client] of clients.entries()) {
      const kind = (round + index) % 2 === 0 ? 'audio' : 'video';
      const label = `${client.id}.${kind} ${kind}`;
      const withdraw = published.get(label);
      if (withdraw !== undefined && (round * 7 + index) % 3 !== 0) {
        published.delete(label);
        withdraw();
      } else if (withdraw === undefined) {
        published.set(label, client.publish(createMarkedTrack(kind, label), kind));
      }
    }
    // Every other round, changes meet exchanges that are under way.
    if (round % 2 === 0) await allSettled(...clients);
  }

  for (const client of clients) {
    const expected = [...published.keys()].filter((label) => !label.startsWith(client.id)).sort();
    await until(() => client.tracks.size === expected.length && expected.every((label) => client.tracks.has(label)));
    client.marks.clear();
    await until(() => client.marks.size >= expected.length);
    expect([...client.marks].sort()).toEqual(expected);
  }
  await allSettled(...clients);
  expect(clients.flatMap(({ errors }) => errors)).toEqual([]);
  expect(sfu.errors).toEqual([]);
});

it('refuses a track that has ended, and a name that cannot stand in a description', async () => {
  const client = await join(await startSfu());
  const ended = createMarkedTrack('audio', '');
  ended.stop();
  expect(() => client.publish(ended, 'microphone')).toThrow('The track has ended.');
  expect(() => client.publish(createMarkedTrack('audio', ''), 'my microphone')).toThrow(TypeError);
});
