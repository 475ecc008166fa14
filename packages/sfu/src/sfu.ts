/**
 * The server: one WebSocket for each client, at `/room/<name>`. A socket is a client, from its opening to its close; a
 * client that comes back is a new one.
 */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { RTCPeerConnection } from 'werift';
import type { WebSocket } from 'ws';
import { createPeerConnection } from './engine.ts';
import { SfuError, type SfuErrorCode } from './errors.ts';
import { arbiters, type NegotiatorHubFactory } from './negotiator.ts';
import { createPeer } from './peer.ts';
import { createRoom, type Room } from './room.ts';
import { cutOffSilent, listen, readFrame, say, sayError } from './sockets.ts';
import { watchTransport } from './transport.ts';

export interface SfuOptions {
  /** Default `'127.0.0.1'`. */
  readonly host?: string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** Larger frames are dropped, and the client is told; one above four times as much cuts it off. Default 262,144. */
  readonly maxFrameBytes?: number | undefined;
  /** A client that has not responded to a ping for as long as this, in ms, is cut off. Default 15,000. */
  readonly silenceMs?: number | undefined;
  /** Makes the SFU's ends of a room. Default: ask-first. */
  readonly hub?: NegotiatorHubFactory | undefined;
  /** Told of everything that goes wrong with a client. */
  readonly onError?: ((client: string, error: Error) => void) | undefined;
}

export interface SfuStats {
  /** Rooms with somebody in them. */
  readonly rooms: number;
  readonly clients: number;
  readonly publications: number;
  /** Peer connections that are open, or not yet closed completely. */
  readonly peerConnections: number;
}

export interface Sfu {
  /** Shape: `'ws://127.0.0.1:8080'`; a room's address is that and `/room/<name>`. */
  readonly url: string;
  stats(): SfuStats;
  /** Cuts all clients off; resolves when nothing is left of them. */
  close(): Promise<void>;
}

/** Rejects with `SfuError` (`port-in-use`, `unreachable`) that says what to do. */
export const createSfu = async (options: SfuOptions = {}): Promise<Sfu> => {
  const { host = '127.0.0.1', port = 0, maxFrameBytes = 262_144, silenceMs = 15_000 } = options;
  const { hub = arbiters, onError } = options;
  const rooms = new Map<string, Room>();
  const connections = new Map<RTCPeerConnection, () => Promise<void>>();
  const sockets = new Map<string, WebSocket>();
  const send = (client: string, message: object): void => {
    const socket = sockets.get(client);
    if (socket !== undefined) say(socket, { type: 'negotiation', message });
  };

  const server = await listen(host, port, maxFrameBytes * 4);
  const stopWatching = cutOffSilent(server, silenceMs);
  server.on('connection', (socket, { url = '' }) => {
    const name = /^\/room\/([\w-]{1,64})$/.exec(url)?.[1];
    if (name !== undefined) return serve(socket, name);
    sayError(socket, 'no-such-room', `There is no room at '${url}'. Rooms are at /room/<letters, digits, - and _>.`);
    socket.close(1008);
  });

  const serve = (socket: WebSocket, name: string): void => {
    const client = randomUUID().slice(0, 8);
    const pc = createPeerConnection();
    const room = rooms.get(name) ?? createRoom(hub(send));
    rooms.set(name, room);
    sockets.set(client, socket);

    const giveUp = (code: SfuErrorCode, message: string): void => {
      sayError(socket, code, message);
      socket.close(1011);
      void leave();
    };
    const peer = createPeer({
      client,
      room,
      pc,
      onError(error) {
        onError?.(client, error);
        if (!error.recoverable) giveUp('negotiation-failed', error.message);
      },
    });
    watchTransport(pc, () => {
      const error = new SfuError('connection-failed', 'The media transport failed: join again.');
      onError?.(client, error);
      giveUp(error.code, error.message);
    });

    const leave = async (): Promise<void> => {
      const closed = peer.close();
      sockets.delete(client);
      if (room.members.size === 0 && rooms.get(name) === room) rooms.delete(name);
      await closed;
      connections.delete(pc);
    };
    connections.set(pc, leave);

    socket.on('message', (data: Buffer, isBinary) => {
      const message = readFrame(data, isBinary, maxFrameBytes);
      if (!(message instanceof SfuError)) return peer.receive(message);
      onError?.(client, message);
      sayError(socket, message.code, message.message);
    });
    socket.on('error', (error) => onError?.(client, error));
    socket.on('close', () => void leave());

    say(socket, { type: 'welcome', client });
    room.join(peer);
  };

  return {
    url: `ws://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    stats: () => ({
      rooms: rooms.size,
      clients: [...rooms.values()].reduce((sum, { members }) => sum + members.size, 0),
      publications: [...rooms.values()].reduce((sum, { publications }) => sum + publications.size, 0),
      peerConnections: connections.size,
    }),
    async close() {
      stopWatching();
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([...connections.values()].map((leave) => leave()));
    },
  };
};
