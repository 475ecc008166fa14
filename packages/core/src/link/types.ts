// The vocabulary of the link: what it remembers, what is on the wire, which events it takes and which effects it asks
// for.

/** A message with its number, and, when the sender has received something new, an acknowledgement. */
export interface MessageFrame<M> {
  /** Counts from 1, per direction. */
  readonly seq: number;
  /** Anything but `undefined`. */
  readonly message: M;
  readonly ack?: number;
  readonly resync?: never;
}

/** An acknowledgement without a message: "I have everything up to `ack`", and with `resync` "send me the rest". */
export interface SyncFrame {
  readonly ack: number;
  readonly resync?: true;
  readonly seq?: never;
}

/**
 * What the link puts on the wire.
 *
 * Shape: `{ seq: 3, message }`, `{ seq: 3, ack: 7, message }`, `{ ack: 7 }` or `{ ack: 7, resync: true }`.
 *
 * Cost on a reliable channel: `seq` on every message, `ack` on one that follows something new from the other side, and
 * a frame of its own every `ackEvery` messages that nothing of ours followed. On a lossy channel each message is
 * answered by such a frame at once.
 */
export type LinkFrame<M> = MessageFrame<M> | SyncFrame;

/** How much to remember and how long to insist. Counts and delays are whole numbers of at least 1. */
export interface LinkOptions {
  /** `reliable`: ordered and lossless while connected (WebSocket, data channel); `lossy`: anything else. */
  readonly mode: 'reliable' | 'lossy';
  /** Messages that may be unacknowledged, and how far ahead of the next one a received number may be. Default 256. */
  readonly capacity?: number;
  /**
   * Messages received before an acknowledgement goes out by itself. Default: lossy 1, reliable 16 or half of
   * `capacity`.
   */
  readonly ackEvery?: number;
  /** Delay before the first retransmission, in ms; doubles with each. Default 500. */
  readonly baseDelayMs?: number;
  /** Longest delay between retransmissions, in ms. Default 8000. */
  readonly maxDelayMs?: number;
  /** Retransmissions without any progress after which the link fails. Default 10, which with the delays is 63.5 s. */
  readonly attempts?: number;
}

/** Why a link ended: more unacknowledged messages than `capacity`, or `attempts` retransmissions without an answer. */
export type LinkFailure = 'link-overflow' | 'link-exhausted';

/** Why a frame was ignored: it is no frame, its number is beyond the window, or it thanks for something never sent. */
export type LinkReport = 'link-malformed-frame' | 'link-beyond-window' | 'link-ack-beyond-sent';

/** A message that came before one that it must follow. */
export interface EarlyMessage<M> {
  readonly seq: number;
  readonly message: M;
}

/**
 * Everything that a link remembers: a plain value that survives JSON. After restoring one, send it a `resync` event.
 */
export interface LinkState<M> {
  readonly options: Required<LinkOptions>;
  /** The last of our numbers that the other side has acknowledged. */
  readonly acked: number;
  /** Our messages `acked + 1`, `acked + 2`, … At most `capacity`. */
  readonly unacked: readonly M[];
  /** The last number delivered. */
  readonly received: number;
  /** What came ahead of its turn, by ascending number. Fewer than `capacity`. */
  readonly early: readonly EarlyMessage<M>[];
  /** The value of `received` that the other side was told last. */
  readonly told: number;
  /** Retransmissions since the last progress. */
  readonly attempts: number;
  readonly failed: LinkFailure | null;
}

/** `send`: there is a message to send; `receive`: a frame came; `timer`: it fired; `resync`: we are connected anew. */
export type LinkEvent<M> =
  | { readonly type: 'send'; readonly message: M }
  | { readonly type: 'receive'; readonly frame: LinkFrame<M> }
  | { readonly type: 'timer' }
  | { readonly type: 'resync' };

/** What to do, in order. A `transmit` that does not succeed is a loss and needs no handling. */
export type LinkEffect<M> =
  | { readonly type: 'transmit'; readonly frame: LinkFrame<M> }
  | { readonly type: 'deliver'; readonly message: M }
  | { readonly type: 'startTimer'; readonly delayMs: number }
  | { readonly type: 'stopTimer' }
  | { readonly type: 'report'; readonly code: LinkReport; readonly detail: string }
  | { readonly type: 'fail'; readonly code: LinkFailure };

/** A new state and the effects that lead to it. */
export type LinkMove<M> = readonly [state: LinkState<M>, effects: readonly LinkEffect<M>[]];
