/**
 * One side of a pair as the runner drives it: what it is told and what it tells is JSON, so that it may live in a page, in
 * this process or in another one. It negotiates by itself, over a WebSocket of its own.
 */
import type { Description } from '@detente/core';
import type { MediaKind } from '../scenarios/engine.ts';

/** Transceivers are named by mid, since changes are made when everything is negotiated. */
export type Change =
  | { readonly type: 'add-track'; readonly kind: MediaKind }
  | { readonly type: 'remove-track'; readonly mid: string }
  | { readonly type: 'set-direction'; readonly mid: string; readonly direction: RTCRtpTransceiverDirection }
  | { readonly type: 'stop'; readonly mid: string }
  | { readonly type: 'create-data-channel'; readonly label: string }
  | { readonly type: 'restart-ice' };

export interface TransceiverView {
  readonly mid: string | null;
  readonly kind: string;
  /** `stopped` as soon as it is being stopped. */
  readonly direction: string;
  readonly currentDirection: string | null;
  /** It has a track to send. */
  readonly hasTrack: boolean;
}

export interface ErrorView {
  readonly code: string;
  readonly message: string;
  /** In the engine's own words. */
  readonly cause?: string;
}

/** Of all that arrived on one m-line so far. */
export interface Received {
  readonly mid: string;
  readonly packets: number;
  /** Absent where the engine does not take packets for frames. */
  readonly frames?: number;
}

export interface View {
  readonly signalingState: string;
  /** Of the transports, as the engine puts it. */
  readonly connectionState: string;
  /** The descriptions that hold, not those that are pending. */
  readonly local: Description | null;
  readonly remote: Description | null;
  readonly transceivers: readonly TransceiverView[];
  /** Data channels that this side made. */
  readonly dataChannels: readonly { readonly label: string; readonly readyState: string }[];
  /** What went wrong so far, in order. */
  readonly errors: readonly ErrorView[];
}

export interface Peer {
  /** Makes the changes in one go. */
  act(changes: readonly Change[]): Promise<void>;
  /** Resolves once this side has nothing in flight and owes nothing. */
  settled(): Promise<void>;
  look(): Promise<View>;
  received(): Promise<readonly Received[]>;
  /** Sends through each data channel that this side made; resolves with what came back, once all have. */
  echo(): Promise<readonly string[]>;
  close(): Promise<void>;
}
