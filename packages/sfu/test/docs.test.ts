/** What the documentation says of werift and of servers, line by line as it stands there. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createHub, type Hub, type NegotiationSession } from '@detente/session';
import { createPeerConnection } from '@detente/sfu';
import { createWeriftPort, negotiate } from '@detente/werift';
import { MediaStreamTrack, type RTCPeerConnection } from 'werift';
import { WebSocket, WebSocketServer } from 'ws';
import { afterEach, expect, it } from 'vitest';
import { until } from './harness.ts';

/** The block that begins with this import, without its imports, as a function of what it takes for granted. */
const linesOf = (page: string, beginning: string): string => {
  const text = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8');
  const [, lines] = text.slice(text.indexOf(beginning)).match(/^(?:import .*\n)+([^`]*)```/) ?? [];
  if (lines === undefined) throw new Error(`${page} has no such lines`);
  return lines;
};

const run = <Result>(lines: string, given: object, result: string): Result => {
  const program = new Function(...Object.keys(given), `${lines}; return ${result};`) as (
    ...values: unknown[]
  ) => Result;
  return program(...(Object.values(given) as unknown[]));
};

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const openConnection = (): RTCPeerConnection => {
  const pc = createPeerConnection();
  cleanups.push(() => pc.close());
  return pc;
};

const listen = async (): Promise<{ readonly server: WebSocketServer; readonly url: string }> => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  cleanups.push(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const directions = (pc: RTCPeerConnection): readonly unknown[] =>
  pc.getTransceivers().map(({ currentDirection }) => currentDirection);

it('the lines of the README negotiate a track between two werifts', async () => {
  const { server, url } = await listen();
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      for (const other of server.clients) if (other !== socket) other.send(String(data));
    });
  });
  const lines = linesOf('README.md', "import { negotiate } from '@detente/werift'");
  const complaints: unknown[] = [];
  const start = () => {
    const console = { warn: (...words: unknown[]) => complaints.push(words) };
    const given = {
      console,
      negotiate,
      pc: openConnection(),
      ws: new WebSocket(url),
      track: new MediaStreamTrack({ kind: 'video' }),
    };
    return { ...given, session: run<NegotiationSession>(lines, given, 'session') };
  };
  const [left, right] = [start(), start()];
  const received = ({ pc }: typeof left) => directions(pc).includes('recvonly') || directions(pc).includes('sendrecv');
  await until(() => received(left) && received(right));
  await Promise.all([left.session.settled(), right.session.settled()]);
  expect(complaints).toEqual([]);
});

it('the lines of the page on servers announce a track to all clients but one', async () => {
  const { server, url } = await listen();
  // What is called with `new` cannot be an arrow function.
  const RTCPeerConnection = function () {
    return openConnection();
  };
  const given = { createHub, createWeriftPort, server, randomUUID, RTCPeerConnection };
  const { hub, clients, publish } = run<{
    readonly hub: Hub<RTCPeerConnection>;
    readonly clients: ReadonlyMap<string, unknown>;
    readonly publish: (publisher: string | undefined, kind: 'audio' | 'video') => void;
  }>(linesOf('docs/servers.md', "import { createHub } from '@detente/session'"), given, '{ hub, clients, publish }');

  const join = async () => {
    const [pc, socket] = [openConnection(), new WebSocket(url)];
    const session = negotiate(pc, { role: 'requester', send: (message) => socket.send(JSON.stringify(message)) });
    socket.on('message', (data: Buffer) => session.receive(JSON.parse(String(data))));
    await once(socket, 'open');
    return { pc, socket };
  };
  const ends = [await join(), await join(), await join()];
  await until(() => hub.stats().sessions === 3);
  const [publisher] = clients.keys();
  publish(publisher, 'video');
  await until(() => ends.slice(1).every(({ pc }) => directions(pc).includes('recvonly')));
  expect(ends.map(({ pc }) => directions(pc))).toEqual([[], ['recvonly'], ['recvonly']]);

  for (const { socket } of ends) socket.close();
  await until(() => hub.stats().sessions === 0 && clients.size === 0);
});
