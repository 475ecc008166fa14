/** An SFU on a free port, clients that note the marks of what they receive, and sockets that misbehave. */
import {
  createSfu,
  joinSfu,
  type NegotiatorContext,
  type NegotiatorFactory,
  requester,
  type Sfu,
  type SfuClient,
  type SfuOptions,
} from '@detente/sfu';
import type { NegotiationSession } from '@detente/session';
import { MediaStreamTrack, RtpHeader, RtpPacket } from 'werift';
import { WebSocket } from 'ws';
import { afterEach, vi } from 'vitest';

// Real sockets on a busy machine; conditions decide, this only ends what hangs.
vi.setConfig({ testTimeout: 90_000 });

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export const until = (condition: () => boolean): Promise<unknown> =>
  vi.waitUntil(condition, { timeout: 60_000, interval: 5 });

export interface TestSfu extends Sfu {
  /** Shape: `['invalid-frame: A frame was dropped. …']`. */
  readonly errors: string[];
}

export const startSfu = async (options: SfuOptions = {}): Promise<TestSfu> => {
  const errors: string[] = [];
  const sfu = await createSfu({
    ...options,
    onError: (_client, error) => errors.push(`${'code' in error ? String(error.code) : error.name}: ${error.message}`),
  });
  cleanups.push(() => sfu.close());
  return { ...sfu, errors };
};

export interface TestClient extends SfuClient {
  readonly session: NegotiationSession;
  readonly errors: Error[];
  /** Tracks that are on now. Shape: `['1f0c….camera video']`. */
  readonly tracks: Set<string>;
  /** Marks of the packets that came on tracks that were on at that time. */
  readonly marks: Set<string>;
}

/** `spoil` may tamper with the connection and with what the client sends. */
export const join = async (
  sfu: Sfu,
  room = 'lobby',
  spoil: (context: NegotiatorContext) => NegotiatorContext = (context) => context,
): Promise<TestClient> => {
  const errors: Error[] = [];
  const tracks = new Set<string>();
  const marks = new Set<string>();
  let session: NegotiationSession | undefined;
  const negotiator: NegotiatorFactory = (context) => (session = requester(spoil(context)));
  const client = await joinSfu({
    url: `${sfu.url}/room/${room}`,
    negotiator,
    onError: (error) => errors.push(error),
    onTrack({ publisher, name, kind, media }) {
      const label = `${publisher}.${name} ${kind}`;
      tracks.add(label);
      const { unSubscribe } = media.onReceiveRtp.subscribe(({ payload }) => marks.add(payload.toString()));
      return () => {
        tracks.delete(label);
        unSubscribe();
      };
    },
  });
  cleanups.push(() => client.close());
  if (session === undefined) throw new Error('joined without a session');
  return { ...client, session, errors, tracks, marks };
};

/** A track whose source never pauses, like a camera; every packet carries the mark. */
export const createMarkedTrack = (kind: 'audio' | 'video', mark: string): MediaStreamTrack => {
  const track = new MediaStreamTrack({ kind });
  let count = 0;
  const timer = setInterval(() => {
    count++;
    const header = new RtpHeader({ payloadType: 96, sequenceNumber: count, timestamp: count * 960, ssrc: 1 });
    track.writeRtp(new RtpPacket(header, Buffer.from(mark)));
  }, 10);
  cleanups.push(() => clearInterval(timer));
  return track;
};

export interface RawSocket {
  readonly socket: WebSocket;
  readonly received: { readonly type: string; readonly code?: string; readonly message?: unknown }[];
  readonly closed: Promise<number>;
}

/** A socket at the SFU with nothing behind it. */
export const openSocket = async (url: string, options: WebSocket.ClientOptions = {}): Promise<RawSocket> => {
  const socket = new WebSocket(url, options);
  const received: RawSocket['received'] = [];
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as RawSocket['received'][number]));
  cleanups.push(() => socket.terminate());
  await until(() => received.length > 0);
  return { socket, received, closed };
};

export const mLines = (client: SfuClient): number => client.pc.localDescription?.sdp.match(/^m=/gm)?.length ?? 0;
