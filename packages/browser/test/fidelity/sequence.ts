/**
 * What a sequence is: a script of pure W3C calls on two connections, and the lines that it notes on an engine which does
 * as the specifications say. It runs in a page as it does in Node, so it knows its engine only by the lab.
 */

export type MediaKind = 'audio' | 'video';

export interface Engine {
  createPc(): RTCPeerConnection;
  createTrack(kind: MediaKind): MediaStreamTrack;
  createStream(): MediaStream;
}

export interface Pair {
  readonly left: RTCPeerConnection;
  readonly right: RTCPeerConnection;
}

/** Where one sequence is played: two fresh connections, and the notes that are taken of them, in order. */
export interface Lab extends Pair, Pick<Engine, 'createTrack' | 'createStream'> {
  /** Two more connections, named `left` and `right` as the first are. */
  pair(): Pair;
  note(line: string): void;
  /** Calls, waits, and notes what came of it, `resolves` or the name of the error, and what `after` says then. */
  attempt(what: string, call: () => unknown, after?: () => string): Promise<void>;
  /** As `attempt`, for what may hang: notes `never settles` when the engine has come to rest and it has not. */
  fate(what: string, call: () => unknown, after?: () => string): Promise<void>;
  /** From now on, notes each of these events as it fires, with the signaling state that its handler reads. */
  watch(pc: RTCPeerConnection, ...types: readonly ('negotiationneeded' | 'signalingstatechange')[]): void;
  /** Resolves when the engine has done all that it was going to do. */
  quiet(): Promise<void>;
}

export interface Sequence {
  /** A present-tense sentence, true of an engine that does as the specifications say. */
  readonly name: string;
  /** Where they say so. */
  readonly spec: string;
  readonly play: (lab: Lab) => void | Promise<void>;
  readonly expected: readonly string[];
}
