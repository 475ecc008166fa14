/** A werift client of the SFU: joins a room, publishes, and is told of the others' tracks. */
import type { MediaStreamTrack, RTCPeerConnection } from 'werift';
import { WebSocket } from 'ws';
import { createPeerConnection, type Kind } from './engine.ts';
import { SfuError } from './errors.ts';
import { parseServerMessage, type ServerMessage } from './messages.ts';
import { type Negotiator, type NegotiatorFactory, requester } from './negotiator.ts';
import { watchReceivers } from './receivers.ts';
import { createSenders } from './senders.ts';
import { watchTransport } from './transport.ts';

/** A track that another client publishes. */
export interface RemoteTrack {
  readonly publisher: string;
  /** What the publisher calls it. */
  readonly name: string;
  readonly kind: Kind;
  /** Its packets: `media.onReceiveRtp.subscribe(…)`. Serves the m-line's next track when this one has ended. */
  readonly media: MediaStreamTrack;
}

export interface SfuClientOptions {
  /** Shape: `'ws://127.0.0.1:8080/room/lobby'`. */
  readonly url: string;
  /** Called when a track starts; what it returns is called when the track ends. */
  readonly onTrack?: ((track: RemoteTrack) => () => void) | undefined;
  /** Told of everything that goes wrong, also of what the SFU complains of. */
  readonly onError?: ((error: Error) => void) | undefined;
  /** Default: ask-first. */
  readonly negotiator?: NegotiatorFactory | undefined;
}

export interface SfuClient {
  /** Given by the SFU; what the others see as `publisher`. */
  readonly id: string;
  readonly pc: RTCPeerConnection;
  /**
   * Sends a track to everybody in the room; the returned function withdraws it. The name is unique among this client's
   * tracks of the kind: 1 to 40 letters, digits, `-` and `_`. Calls in one tick are one change.
   *
   * **Errors**: throws `TypeError` for any other name and for a track that has ended; both functions throw
   * `NegotiationError` once the SFU has gone.
   */
  publish(media: MediaStreamTrack, name: string): () => void;
  /** Resolves when the SFU has gone. */
  readonly closed: Promise<void>;
  /** Leaves the room. */
  close(): Promise<void>;
}

/** Rejects with `SfuError` (`unreachable`, or why the SFU refused). */
export const joinSfu = (options: SfuClientOptions): Promise<SfuClient> =>
  new Promise((resolve, reject) => {
    const { url, onTrack, onError, negotiator = requester } = options;
    const pc = createPeerConnection();
    const socket = new WebSocket(url);
    let negotiation: Negotiator | undefined;
    let complaint: Error | undefined;

    const complain = (error: Error): void => {
      complaint = error;
      onError?.(error);
    };
    const closed = new Promise<void>((ended) => {
      socket.on('close', () => {
        reject(complaint ?? new SfuError('unreachable', `Nothing at ${url} let us in.`));
        negotiation?.close();
        void pc.close().then(ended);
      });
    });

    const welcome = (id: string): void => {
      negotiation = negotiator({
        pc,
        send: (message) => socket.send(JSON.stringify({ type: 'negotiation', message })),
        onError(error) {
          complain(error);
          if (!error.recoverable) socket.close();
        },
      });
      resolve({ id, pc, closed, publish: createPublish(pc, negotiation), close });
    };
    const close = (): Promise<void> => {
      negotiation?.close();
      socket.close();
      return closed;
    };

    const receive = (message: ServerMessage): void => {
      switch (message.type) {
        case 'welcome':
          return welcome(message.client);
        case 'negotiation':
          return negotiation?.receive(message.message);
        case 'error':
          return complain(new SfuError(message.code, message.message));
      }
    };
    socket.on('error', (cause) =>
      complain(new SfuError('unreachable', `Cannot reach ${url}: ${cause.message}.`, cause)),
    );
    socket.on('message', (data: Buffer) => {
      const parsed = parseServerMessage(data.toString());
      if (parsed.ok) receive(parsed.value);
      else complain(new SfuError('invalid-frame', `A frame of the SFU was dropped. ${parsed.reason}`));
    });

    watchTransport(pc, () => {
      complain(new SfuError('connection-failed', 'The media transport failed: join again.'));
      socket.close();
    });
    watchReceivers(pc, ({ streamId, kind, media }) => {
      const [publisher = '', ...name] = streamId.split('.');
      return onTrack?.({ publisher, name: name.join('.'), kind, media }) ?? (() => undefined);
    });
  });

const createPublish = (pc: RTCPeerConnection, negotiation: Negotiator): SfuClient['publish'] => {
  const senders = createSenders(pc);
  return (media, name) => {
    if (media.stopped) throw new TypeError('The track has ended.');
    if (!/^[\w-]{1,40}$/.test(name))
      throw new TypeError(`'${name}' does not name a track: 1 to 40 letters, digits, - and _.`);
    const transceiver = senders.acquire(media.kind as Kind, name);
    void transceiver.sender.replaceTrack(media);
    negotiation.negotiate();
    let withdrawn = false;
    return () => {
      if (withdrawn) return;
      withdrawn = true;
      void transceiver.sender.replaceTrack(null);
      senders.release(transceiver);
      negotiation.negotiate();
    };
  };
};
