/** Whose media arrives at a client in one epoch: on its tracks, and on the wire below them. */
import type { RemoteTrack } from '@detente/sfu';
import type { RTCPeerConnection } from 'werift';
import { markOf } from './marked-media.ts';
import type { Heard } from './protocol.ts';

/** Packets of each track to wait for: by then, media that should have stopped has had as long to show up. */
const enough = 5;

export interface Listening {
  /** A packet arrived on an announced track. */
  delivered(track: RemoteTrack, payload: Buffer): void;
  /** Resolves when enough has been delivered of every mark expected. */
  readonly complete: Promise<void>;
  /** What has been noted until now. */
  heard(): Heard;
  stop(): void;
}

export const createListening = (pc: RTCPeerConnection, epoch: number, expected: readonly string[]): Listening => {
  const received = new Set<string>();
  const misplaced = new Set<string>();
  const delivered = new Map<string, number>();
  const isComplete = () => expected.every((mark) => (delivered.get(mark) ?? 0) >= enough);
  let finish: () => void = () => undefined;
  const complete = new Promise<void>((resolve) => {
    finish = resolve;
  });
  if (isComplete()) finish();

  const wires = pc.dtlsTransports.map(({ onRtp }) =>
    onRtp.subscribe(({ payload }) => {
      const mark = markOf(payload, epoch);
      if (mark !== undefined) received.add(mark);
    }),
  );
  return {
    delivered({ publisher, name }, payload) {
      const mark = markOf(payload, epoch);
      if (mark === undefined) return;
      const label = `${publisher}.${name}`;
      if (mark !== label) misplaced.add(`${mark} on ${label}`);
      else delivered.set(mark, (delivered.get(mark) ?? 0) + 1);
      if (isComplete()) finish();
    },
    complete,
    heard: () => ({
      received: [...received].sort(),
      delivered: [...delivered.keys()].sort(),
      misplaced: [...misplaced].sort(),
    }),
    stop: () => wires.forEach(({ unSubscribe }) => unSubscribe()),
  };
};
