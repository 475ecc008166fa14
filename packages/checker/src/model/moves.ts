/** The moves of a model of two sides: what can happen to a side, numbered, so that a move is `side × 16 + kind`. */
import type { Side } from './names.ts';

/** In the order in which the moves of a side are explored, apart from `receive`, which comes first. */
export const kinds = {
  /** The operation in flight does what it should; an answer that is made carries what is owed. */
  done: 0,
  /** The same, but the answer does not carry what is owed. */
  doneUncarried: 1,
  change: 2,
  followedChange: 3,
  timer: 4,
  fail: 5,
  /** The operation takes effect, but what it made is lost. */
  failHalf: 6,
  hang: 7,
  close: 8,
  engineCloses: 9,
  /** The application loses its session and begins a new one. */
  restart: 10,
  /** The engine finds a candidate for the credentials agreed on. */
  gather: 11,
  /** The engine finds a candidate for the description that it makes or has made. */
  gatherPending: 12,
  restartIce: 13,
  receive: 15,
} as const;

export type Kind = (typeof kinds)[keyof typeof kinds];

export const moveOf = (side: Side, kind: Kind): number => (side === 'left' ? 0 : 16) + kind;

/** The application promises that no change will follow. */
export const changesStop = 32;

export const sideOf = (move: number): Side => (move < 16 ? 'left' : 'right');
export const kindOf = (move: number): Kind => (move % 16) as Kind;
