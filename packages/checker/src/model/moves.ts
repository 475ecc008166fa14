/** The moves of a model of two sides: what can happen to a side, numbered, so that a move is `side × 16 + kind`. */
import type { Side } from './names.ts';

export const kinds = {
  change: 0,
  followedChange: 1,
  restartIce: 2,
  close: 3,
  /** The operation in flight does what it should; an answer that is made carries what is owed. */
  done: 4,
  /** The same, but the answer does not carry what is owed. */
  doneUncarried: 5,
  fail: 6,
  /** The operation takes effect, but what it made is lost. */
  failHalf: 7,
  hang: 8,
  timer: 9,
  /** The engine finds a candidate for the credentials agreed on. */
  gather: 10,
  /** The engine finds a candidate for the description that it makes or has made. */
  gatherPending: 11,
  /** The application loses its session and begins a new one. */
  restart: 12,
  engineCloses: 13,
  receive: 15,
} as const;

export type Kind = (typeof kinds)[keyof typeof kinds];

export const moveOf = (side: Side, kind: Kind): number => (side === 'left' ? 0 : 16) + kind;

/** The application promises that no change will follow. */
export const changesStop = 32;

export const sideOf = (move: number): Side => (move < 16 ? 'left' : 'right');
export const kindOf = (move: number): Kind => (move % 16) as Kind;
