/** The WebSocket side of the SFU: listening, frames in and out, and noticing the dead. */
import { WebSocket, WebSocketServer } from 'ws';
import { SfuError, type SfuErrorCode } from './errors.ts';
import { parseClientMessage, type ServerMessage } from './messages.ts';

/** Rejects with `SfuError` (`port-in-use`, `unreachable`) that says what to do. */
export const listen = (host: string, port: number, maxPayload: number): Promise<WebSocketServer> =>
  new Promise((resolve, reject) => {
    const server = new WebSocketServer({ host, port, maxPayload });
    server.once('listening', () => resolve(server));
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new SfuError(
              'port-in-use',
              `Port ${port} of ${host} is in use: stop what listens there, or take another port (0 is any free one).`,
              cause,
            )
          : new SfuError('unreachable', `Cannot listen on port ${port} of ${host}: ${cause.message}.`, cause),
      ),
    );
  });

export const say = (socket: WebSocket, message: ServerMessage): void => {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
};

export const sayError = (socket: WebSocket, code: SfuErrorCode, message: string): void =>
  say(socket, { type: 'error', code, message });

/** The negotiation message in a frame, or what is wrong with the frame. */
export const readFrame = (frame: Buffer, isBinary: boolean, maxBytes: number): object | SfuError => {
  if (frame.length > maxBytes) {
    return new SfuError(
      'frame-too-large',
      `A frame of ${frame.length} bytes was dropped: at most ${maxBytes} are taken.`,
    );
  }
  if (isBinary) return new SfuError('invalid-frame', 'A binary frame was dropped: messages are JSON text.');
  const parsed = parseClientMessage(frame.toString());
  return parsed.ok ? parsed.value.message : new SfuError('invalid-frame', `A frame was dropped. ${parsed.reason}`);
};

/** A socket whose other end has vanished says nothing and never closes by itself. */
export const cutOffSilent = (server: WebSocketServer, everyMs: number): (() => void) => {
  const alive = new WeakSet<WebSocket>();
  server.on('connection', (socket) => {
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
  });
  const timer = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, everyMs);
  return () => clearInterval(timer);
};
