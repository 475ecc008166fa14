/**
 * What a session needs of a WebRTC engine. An adapter implements it by translation alone: it decides nothing, queues
 * nothing and keeps no negotiation state, because the session already calls one operation at a time and judges each by
 * the signaling state that it leaves.
 */
import type { Candidate, Description, SignalingState } from '@detente/core';

/** What the engine can do; fixed for the life of the port. */
export interface PortCapabilities {
  /** Whether a pending offer can be rolled back without losing media. Without it the polite role is refused. */
  readonly rollback: boolean;
}

/** Which m-lines an offer must have room for on behalf of an answerer that cannot add its own. */
export interface MediaNeeds {
  readonly audio: number;
  readonly video: number;
}

export interface OfferOptions {
  /** Ask for new ICE credentials. Spec: w3c.github.io/webrtc-pc/#dom-rtcofferoptions-icerestart */
  readonly iceRestart: boolean;
  /** Offer at least this many m-lines of each kind that the other side can still send on. */
  readonly receive?: MediaNeeds | undefined;
}

/** The engine's own events; each is a fact, at any time, any number of times. */
export interface PortListener {
  /** The engine says that negotiation is needed. May be wrong, early, repeated or missing. */
  readonly changed: () => void;
  /** A local candidate; `null` or an empty candidate string means that gathering ended. */
  readonly candidate: (candidate: Candidate | null) => void;
  /** The engine was closed from outside. */
  readonly closed: () => void;
}

/**
 * **Ordering**: the session never calls an operation while another is in flight, and never waits for one past
 * `close()`. **Errors**: an operation may reject with anything or never settle; the session reads `signalingState` to
 * learn what really happened.
 */
export interface PeerConnectionPort {
  readonly capabilities: PortCapabilities;
  /** The peer connection itself: there is one session on it at a time, whichever port it came by. */
  readonly engine?: object;
  readonly signalingState: SignalingState;
  /** The local description that the engine holds now, pending before current; `null` when there is none. */
  readonly localDescription: Description | null;
  /** Creates an offer and sets it as the local description. */
  createOffer(options: OfferOptions): Promise<Description>;
  /** Sets a remote offer. */
  applyOffer(offer: Description): Promise<void>;
  /** Creates an answer and sets it as the local description. */
  createAnswer(): Promise<Description>;
  /** Sets a remote answer. */
  applyAnswer(answer: Description): Promise<void>;
  /** Returns to `stable` from whichever side's offer is pending. Spec: RFC 9429 §4.1.10.2 */
  rollback(): Promise<void>;
  addCandidate(candidate: Candidate): Promise<void>;
  /**
   * Whether something local is still not negotiated, asked at `stable`. A `false` must be certain, since it makes the
   * session forget the change; when in doubt, `true`. Spec: w3c.github.io/webrtc-pc/#dfn-check-if-negotiation-is-needed
   */
  negotiationNeeded(): boolean;
  /** The m-lines that local senders want and that only an offer of the other side can bring. */
  mediaNeeds(): MediaNeeds;
  /**
   * Whether what is still not negotiated may be new ICE credentials, which an answerer has to ask the other side for. An
   * engine that cannot be asked may.
   */
  mayWantIceRestart?(): boolean;
  /** Starts listening to the engine; the returned function stops it. */
  subscribe(listener: PortListener): () => void;
}
