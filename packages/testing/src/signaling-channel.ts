/**
 * A signaling channel that does nothing by itself: frames wait in flight until somebody delivers, loses, repeats or
 * overtakes them. Frames are JSON in transit, as on a socket, so the two ends share no objects.
 */
import type { VirtualClock } from './clock.ts';
import { type End, otherEnd } from './ends.ts';

export interface Frame {
  /** Counts from 1 over both directions; a duplicate has a number of its own. */
  readonly number: number;
  readonly from: End;
  readonly to: End;
  readonly message: object;
  /** On the virtual clock; before that it cannot be delivered. */
  readonly dueMs: number;
}

/** What becomes of a frame on its way. A held one waits in `held` until it is sent on. */
export type Fate = 'arrives' | 'is lost' | 'arrives twice' | 'is held' | 'arrives, and a copy is held';

export interface SignalingChannel {
  /** Decides at the moment of sending. Default: all arrive. */
  fateOf: (frame: Frame) => Fate;
  /** What `fateOf` holds back, oldest first. */
  readonly held: readonly Frame[];
  /** Sends everything that is held on. */
  release(): void;
  /** From sending to the earliest delivery, in ms; may be changed at any time, for what is sent from then on. */
  latencyMs: number;
  /** Frames of one direction are delivered in the order of sending. */
  ordered: boolean;
  readonly connected: boolean;
  /** Oldest first. */
  readonly inFlight: readonly Frame[];
  /** The part of `inFlight` that may arrive now. */
  readonly deliverable: readonly Frame[];
  /** When the next frame in flight can be delivered; `undefined` when none is in flight. */
  readonly nextDueMs: number | undefined;
  /** Throws while the channel is cut. */
  send(from: End, message: object): void;
  /** What these do to a frame that is not in flight (any more): nothing. */
  deliver(frame: Frame): void;
  lose(frame: Frame): void;
  duplicate(frame: Frame): void;
  /** Everything in flight is lost, and sending throws until `reconnect`. */
  cut(): void;
  /** Tells both ends. */
  reconnect(): void;
}

export interface ChannelListener {
  readonly received: (frame: Frame) => void;
  readonly reconnected: (end: End) => void;
}

/** Latency 0 and ordered, until told otherwise. */
export const createSignalingChannel = (clock: Pick<VirtualClock, 'now'>, listener: ChannelListener) => {
  let inFlight: readonly Frame[] = [];
  let held: readonly Frame[] = [];
  let connected = true;
  let frames = 0;

  const remove = (frame: Frame): boolean => {
    const before = inFlight.length;
    inFlight = inFlight.filter((other) => other !== frame);
    return inFlight.length < before;
  };
  const isNext = (frame: Frame) => inFlight.find(({ to }) => to === frame.to) === frame;

  const channel: SignalingChannel = {
    fateOf: () => 'arrives',
    get held() {
      return held;
    },
    latencyMs: 0,
    ordered: true,
    get connected() {
      return connected;
    },
    get inFlight() {
      return inFlight;
    },
    get deliverable() {
      const nowMs = clock.now();
      return inFlight.filter((frame) => frame.dueMs <= nowMs && (!channel.ordered || isNext(frame)));
    },
    get nextDueMs() {
      return inFlight.length === 0 ? undefined : Math.min(...inFlight.map(({ dueMs }) => dueMs));
    },
    send(from, message) {
      if (!connected) throw new Error('The signaling channel is not connected.');
      frames += 1;
      const copy = JSON.parse(JSON.stringify(message)) as object;
      const dueMs = clock.now() + channel.latencyMs;
      const frame: Frame = { number: frames, from, to: otherEnd(from), message: copy, dueMs };
      switch (channel.fateOf(frame)) {
        case 'is lost':
          return;
        case 'is held':
          held = [...held, frame];
          return;
        case 'arrives twice':
          inFlight = [...inFlight, frame];
          return channel.duplicate(frame);
        case 'arrives, and a copy is held':
          held = [...held, { ...frame, number: (frames += 1) }];
          inFlight = [...inFlight, frame];
          return;
        case 'arrives':
          inFlight = [...inFlight, frame];
      }
    },
    release() {
      inFlight = [...inFlight, ...held];
      held = [];
    },
    deliver(frame) {
      if (remove(frame)) listener.received(frame);
    },
    lose: (frame) => void remove(frame),
    duplicate(frame) {
      if (!inFlight.includes(frame)) return;
      frames += 1;
      inFlight = [...inFlight, { ...frame, number: frames }];
    },
    cut() {
      connected = false;
      inFlight = [];
      held = [];
    },
    reconnect() {
      if (connected) return;
      connected = true;
      listener.reconnected('left');
      listener.reconnected('right');
    },
  };
  return channel;
};
