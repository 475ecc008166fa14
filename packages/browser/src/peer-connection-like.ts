/**
 * What the adapter needs of an `RTCPeerConnection`, spelled out structurally: the DOM's own type fits, and so do those of
 * engines that are not a browser and bring no DOM types.
 */
import type { SignalingState } from '@detente/core';
import { NegotiationError } from '@detente/session';

/** A description as engines return it. */
export interface DescriptionLike {
  readonly type: string | null;
  readonly sdp?: string;
}

/** A description as every engine takes it. */
export interface DescriptionToSet {
  readonly type: 'offer' | 'answer' | 'rollback';
  readonly sdp: string;
}

export interface CandidateLike {
  readonly candidate?: string;
  readonly sdpMid?: string | null;
  readonly sdpMLineIndex?: number | null;
  readonly usernameFragment?: string | null;
}

interface TrackHolder {
  readonly track: { readonly kind: string } | null;
}

export interface TransceiverLike {
  readonly mid: string | null;
  readonly direction: string;
  readonly currentDirection: string | null;
  readonly sender: TrackHolder;
  readonly receiver: TrackHolder;
}

/** Spec: w3c.github.io/webrtc-pc/#interface-definition */
export interface PeerConnectionLike {
  readonly signalingState: SignalingState;
  readonly localDescription: DescriptionLike | null;
  readonly remoteDescription: DescriptionLike | null;
  createOffer(options: { readonly iceRestart: boolean }): Promise<DescriptionLike>;
  createAnswer(): Promise<DescriptionLike>;
  setLocalDescription(description: DescriptionToSet): Promise<unknown>;
  setRemoteDescription(description: DescriptionToSet): Promise<unknown>;
  addIceCandidate(candidate: CandidateLike): Promise<unknown>;
  getTransceivers(): readonly TransceiverLike[];
  addTransceiver(kind: 'audio' | 'video', init: { readonly direction: 'recvonly' }): unknown;
  addEventListener?(type: string, listener: (event: object) => void): void;
  removeEventListener?(type: string, listener: (event: object) => void): void;
}

const methods = [
  'createOffer',
  'createAnswer',
  'setLocalDescription',
  'setRemoteDescription',
  'addIceCandidate',
  'getTransceivers',
  'addTransceiver',
] as const satisfies readonly (keyof PeerConnectionLike)[];

/** Throws `NegotiationError` (`unknown-engine`, `engine-closed`) with what to do instead. */
export const assertUsable = (pc: PeerConnectionLike): void => {
  const missing =
    typeof pc === 'object' && pc !== null ? methods.filter((name) => typeof pc[name] !== 'function') : methods;
  if (missing.length > 0 || typeof pc.signalingState !== 'string') {
    const lack = missing.length > 0 ? missing.map((name) => `${name}()`).join(', ') : 'signalingState';
    throw new NegotiationError(
      'unknown-engine',
      `This is no RTCPeerConnection of the W3C's shape: it lacks ${lack}. Pass the RTCPeerConnection itself, or write a PeerConnectionPort for this engine.`,
      { recoverable: false },
    );
  }
  if (pc.signalingState === 'closed') {
    throw new NegotiationError(
      'engine-closed',
      'The RTCPeerConnection is closed: make a new one and negotiate on that.',
      {
        recoverable: false,
      },
    );
  }
};
