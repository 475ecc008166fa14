/**
 * A relay over WebSockets, which hands each message to everybody else in the room. What comes while nobody else is there
 * waits for the first who joins. A room can be listened to, and held up so that messages cross.
 */
import type { IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Room {
  /** What its members have said since the last `forget`, in order; `by` is the query of the member's URL. Each `forget` begins a new list. */
  readonly said: readonly { readonly by: string; readonly message: string }[];
  forget(): void;
  /** From now on messages wait; `release` lets them go, in order. */
  hold(): void;
  release(): void;
}

interface OpenRoom extends Room {
  enter(member: WebSocket, name: string): void;
}

export interface Relay {
  /** Rooms are made when they are first asked for. `name` begins with a slash. */
  room(name: string): Room;
  /** Takes a member in, by the path of the request. */
  accept(request: IncomingMessage, socket: IncomingMessage['socket'], head: Buffer): void;
  close(): void;
}

export const createRelay = (): Relay => {
  const rooms = new Map<string, OpenRoom>();
  const server = new WebSocketServer({ noServer: true });
  const room = (name: string): OpenRoom => {
    const found = rooms.get(name) ?? createRoom();
    rooms.set(name, found);
    return found;
  };
  return {
    room,
    accept: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (member) => {
        const [path = '/', query = ''] = (request.url ?? '/').split('?');
        room(path).enter(member, query);
      }),
    close() {
      for (const member of server.clients) member.terminate();
    },
  };
};

const createRoom = (): OpenRoom => {
  const members = new Set<WebSocket>();
  const waiting: string[] = [];
  let said: { by: string; message: string }[] = [];
  let held: (() => void)[] | undefined;
  const pass = (member: WebSocket, message: string) => {
    const others = [...members].filter((other) => other !== member);
    if (others.length === 0) waiting.push(message);
    for (const other of others) other.send(message);
  };
  return {
    get said() {
      return said;
    },
    forget() {
      said = [];
    },
    hold() {
      held ??= [];
    },
    release() {
      const passes = held ?? [];
      held = undefined;
      for (const go of passes) go();
    },
    enter(member, name) {
      for (const message of members.size > 0 ? waiting.splice(0) : []) member.send(message);
      members.add(member);
      member.on('close', () => members.delete(member));
      member.on('message', (data) => {
        const message = String(data);
        said.push({ by: name, message });
        if (held) held.push(() => pass(member, message));
        else pass(member, message);
      });
    },
  };
};
