/**
 * In which ways real engines differ from the specification, one option each, and the combinations that stand for
 * engines. Each was observed on running code; nothing here is a guess at what an engine might do.
 */

/**
 * - `never`: the event does not exist.
 * - `twice`: each event is followed by a second one that is not checked against anything, so it may come outside `stable`.
 * - `only-once`: the flag is never cleared, so the event fires once in the engine's life.
 * - `before-rollback-completes`: on an explicit rollback it fires while the signaling state is still the old one, and
 *   not again.
 * - `not-for-direction`: assigning a transceiver's direction does not count.
 * - `not-after-rollback`: what a rollback left to negotiate is not announced.
 */
export type NegotiationNeededLie =
  'never' | 'twice' | 'only-once' | 'before-rollback-completes' | 'not-for-direction' | 'not-after-rollback';

/** How an engine behaves. The `spec` variant is what w3c.github.io/webrtc-pc/ and RFC 9429 say. */
export interface EngineVariant {
  /** setRemoteDescription(offer) in `have-local-offer` rolls back by itself; else it fails. */
  readonly implicitRollback: boolean;
  /**
   * - `spec`: from the side whose offer is pending.
   * - `either-side`: the other side is accepted too.
   * - `keeps-mids`: as `spec`, but transceivers stay associated with the m-lines of the offer that is gone.
   * - `refused`: fails.
   * - `ignored`: succeeds and does nothing.
   */
  readonly rollback: 'spec' | 'either-side' | 'keeps-mids' | 'refused' | 'ignored';
  /** Operations wait for each other. Spec: w3c.github.io/webrtc-pc/#dfn-operations-chain */
  readonly operationsChain: boolean;
  /** setLocalDescription works without a description. */
  readonly parameterlessSetLocalDescription: boolean;
  /** createOffer succeeds in any signaling state. */
  readonly createsOfferAnywhere: boolean;
  readonly pranswer: boolean;
  readonly negotiationNeededLies: readonly NegotiationNeededLie[];
  /** Local candidates come out before the setLocalDescription that they belong to settles. */
  readonly earlyCandidates: boolean;
  /**
   * Candidates that come before any remote description are kept, and added inside the next setRemoteDescription; when
   * one does not fit there, that operation fails after the state has changed.
   */
  readonly buffersCandidates: boolean;
  /** A candidate whose username fragment no remote description has. */
  readonly unknownUfrag: 'refused' | 'accepted';
  /** What becomes of unsettled promises. */
  readonly closeLeavesPromises: 'pending' | 'resolved' | 'rejected';
  /** close() fires `signalingstatechange`. */
  readonly closeFiresStateChange: boolean;
  /** Audio offered here and video offered there, neither negotiated before, breaks this end: see bundle-collision. */
  readonly bundleCollision: boolean;
  /** Methods that the engine does not have: they are `undefined`. */
  readonly missingMethods: readonly ('restartIce' | 'removeTrack')[];
}

const spec: EngineVariant = {
  implicitRollback: true,
  rollback: 'spec',
  operationsChain: true,
  parameterlessSetLocalDescription: true,
  createsOfferAnywhere: false,
  pranswer: true,
  negotiationNeededLies: [],
  earlyCandidates: false,
  buffersCandidates: false,
  unknownUfrag: 'refused',
  closeLeavesPromises: 'pending',
  closeFiresStateChange: false,
  bundleCollision: false,
  missingMethods: [],
};

/** Variants named for the engine that they stand for, by what matters to negotiation. */
export const engineVariants = {
  spec,
  chromium: {
    ...spec,
    rollback: 'either-side',
    negotiationNeededLies: ['before-rollback-completes'],
    unknownUfrag: 'accepted',
    bundleCollision: true,
  },
  firefox: { ...spec, pranswer: false },
  wrtc: {
    ...spec,
    implicitRollback: false,
    rollback: 'either-side',
    parameterlessSetLocalDescription: false,
    createsOfferAnywhere: true,
    unknownUfrag: 'accepted',
    closeFiresStateChange: true,
  },
  werift: {
    ...spec,
    rollback: 'keeps-mids',
    operationsChain: false,
    createsOfferAnywhere: true,
    negotiationNeededLies: ['not-for-direction', 'not-after-rollback'],
    earlyCandidates: true,
    buffersCandidates: true,
    closeFiresStateChange: true,
  },
  pion: {
    ...spec,
    implicitRollback: false,
    rollback: 'refused',
    parameterlessSetLocalDescription: false,
    negotiationNeededLies: ['only-once'],
    unknownUfrag: 'accepted',
    missingMethods: ['restartIce'],
  },
  aiortc: {
    ...spec,
    implicitRollback: false,
    rollback: 'ignored',
    parameterlessSetLocalDescription: false,
    createsOfferAnywhere: true,
    pranswer: false,
    negotiationNeededLies: ['never'],
    buffersCandidates: true,
    unknownUfrag: 'accepted',
    missingMethods: ['restartIce', 'removeTrack'],
  },
} as const satisfies Readonly<Record<string, EngineVariant>>;

export type EngineName = keyof typeof engineVariants;
