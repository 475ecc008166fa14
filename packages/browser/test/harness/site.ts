/** A web site on 127.0.0.1: an empty page with scripts, and a relay of WebSockets. */
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createRelay, type Room } from './relay.ts';

export interface Site {
  readonly url: string;
  /** The address of a room of the relay. */
  room(name: string): string;
  /** The room itself. */
  enter(name: string): Room;
  close(): Promise<void>;
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
  server.on('upgrade', (request, socket, head) => relay.accept(request, socket as Socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    room: (name) => `ws://127.0.0.1:${port}/${name}`,
    enter: (name) => relay.room(`/${name}`),
    async close() {
      relay.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
