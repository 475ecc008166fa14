/**
 * A web site on 127.0.0.1: an empty page with scripts, and a WebSocket relay, which hands each message to everybody else
 * in the room. What comes while nobody else is there waits for the first who joins.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Site {
  readonly url: string;
  /** The address of a room of the relay. */
  room(name: string): string;
  close(): Promise<void>;
}

interface Room {
  readonly members: Set<WebSocket>;
  readonly waiting: string[];
}

/** `scripts`: name to source; the page loads them in this order. */
export const serve = async (scripts: Readonly<Record<string, string>>): Promise<Site> => {
  const tags = Object.keys(scripts).map((name) => `<script src="/${name}"></script>`);
  const html = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${tags.join('')}`;
  const server = createServer(({ url = '/' }, response) => {
    const script = scripts[url.slice(1)];
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? html);
  });
  const relay = createRelay();
  server.on('upgrade', (request, socket, head) => {
    relay.handleUpgrade(request, socket, head, (member) => relay.emit('connection', member, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    room: (name) => `ws://127.0.0.1:${port}/${name}`,
    async close() {
      for (const member of relay.clients) member.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const createRelay = (): WebSocketServer => {
  const rooms = new Map<string, Room>();
  const relay = new WebSocketServer({ noServer: true });
  relay.on('connection', (member, { url = '/' }) => {
    const room = rooms.get(url) ?? { members: new Set(), waiting: [] };
    rooms.set(url, room);
    for (const message of room.members.size > 0 ? room.waiting.splice(0) : []) member.send(message);
    room.members.add(member);
    member.on('close', () => room.members.delete(member));
    member.on('message', (data) => {
      const others = [...room.members].filter((other) => other !== member);
      if (others.length === 0) room.waiting.push(String(data));
      for (const other of others) other.send(String(data));
    });
  });
  return relay;
};
