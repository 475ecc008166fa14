/**
 * In which ways engines differ from the specification, one option each, and the combinations that stand for engines, made
 * of what was observed on running code.
 */

/**
 * - `never`: the event does not exist.
 * - `twice`: each event is followed by a second one that is not checked against anything, so it may come outside `stable`.
 * - `only-once`: the flag is never cleared, so the event fires once in the engine's life.
 * - `before-rollback-completes`: on an explicit rollback it fires while the signaling state is still the old one, and
 *   not again.
 * - `not-for-direction`: assigning a transceiver's direction does not count.
 * - `not-after-rollback`: what a rollback left to negotiate is not announced.
 * - `not-again-after-answering`: what was announced before an exchange of the other side, and is still owed after it, is
 *   not announced again.
 * - `not-for-streamless-sending`: wanting to send what no offer let through yet counts only for a sender with a stream.
 * - `before-first-exchange`: until something was negotiated, anything that could need negotiation does, a rollback and an
 *   ICE restart included.
 */
export type NegotiationNeededLie =
  | 'never'
  | 'twice'
  | 'only-once'
  | 'before-rollback-completes'
  | 'not-for-direction'
  | 'not-after-rollback'
  | 'not-again-after-answering'
  | 'not-for-streamless-sending'
  | 'before-first-exchange';

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
  /**
   * Answers name the streams of what this end wants to send (`wanted`), although the offer may not let it through. Then
   * nothing is left that would need negotiation, and what was not let through is never announced.
   */
  readonly answerMsids: 'negotiated' | 'wanted';
  /** An m-line of a remote offer is associated with any unassociated transceiver of its kind, not only with added tracks. */
  readonly associatesAnyTransceiver: boolean;
  /** A candidate whose username fragment no remote description has. */
  readonly unknownUfrag: 'refused' | 'accepted';
  /** What becomes of unsettled promises. */
  readonly closeLeavesPromises: 'pending' | 'resolved' | 'rejected';
  /** close() fires `signalingstatechange`. */
  readonly closeFiresStateChange: boolean;
  /** Audio offered here and video offered there, neither negotiated before, breaks this end: see bundle-collision. */
  readonly bundleCollision: boolean;
  /**
   * Once an offer that introduced the data channels' m-line is rolled back, this end neither offers nor accepts such an
   * m-line again, unless the other side's has the very mid that was lost.
   */
  readonly rollbackLosesDataSection: boolean;
  /** After a rollback that leaves nothing negotiated, the next description has the ufrag of the one that is gone. */
  readonly rollbackKeepsUfrag: boolean;
  /** An answer names for an m-line that it rejects the ufrag that this end gave it last. */
  readonly rejectedKeepsUfrag: boolean;
  /**
   * Once an offer that restarts no ICE is rolled back, an offer of the other side that does is refused, until an exchange
   * without a restart completes.
   */
  readonly rollbackRefusesIceRestart: boolean;
  /**
   * What becomes of a transceiver that is stopped before it has an m-line. webrtc-pc, and the browsers with it, keeps it
   * and asks for negotiation after every exchange, in vain (w3c/webrtc-pc#2838); others let go of it with the next one.
   */
  readonly stoppedBeforeNegotiated: 'asks-for-ever' | 'forgotten';
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
  answerMsids: 'negotiated',
  associatesAnyTransceiver: false,
  unknownUfrag: 'refused',
  closeLeavesPromises: 'pending',
  closeFiresStateChange: false,
  bundleCollision: false,
  rollbackLosesDataSection: false,
  rollbackKeepsUfrag: false,
  rejectedKeepsUfrag: false,
  rollbackRefusesIceRestart: false,
  stoppedBeforeNegotiated: 'asks-for-ever',
  missingMethods: [],
};

/** Variants named for the engine that they stand for, by what matters to negotiation. */
export const engineVariants = {
  spec,
  chromium: {
    ...spec,
    rollback: 'either-side',
    negotiationNeededLies: ['before-rollback-completes', 'before-first-exchange'],
    answerMsids: 'wanted',
    unknownUfrag: 'accepted',
    bundleCollision: true,
    rollbackLosesDataSection: true,
    rejectedKeepsUfrag: true,
  },
  firefox: {
    ...spec,
    pranswer: false,
    negotiationNeededLies: ['not-for-streamless-sending'],
    rollbackKeepsUfrag: true,
    rollbackRefusesIceRestart: true,
  },
  wrtc: {
    ...spec,
    implicitRollback: false,
    rollback: 'either-side',
    parameterlessSetLocalDescription: false,
    createsOfferAnywhere: true,
    unknownUfrag: 'accepted',
    closeFiresStateChange: true,
    rejectedKeepsUfrag: true,
  },
  werift: {
    ...spec,
    rollback: 'keeps-mids',
    operationsChain: false,
    createsOfferAnywhere: true,
    negotiationNeededLies: ['not-for-direction', 'not-after-rollback', 'not-again-after-answering'],
    earlyCandidates: true,
    buffersCandidates: true,
    associatesAnyTransceiver: true,
    closeFiresStateChange: true,
    stoppedBeforeNegotiated: 'forgotten',
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

/** Throws a `RangeError` for a name that is none. */
export const toVariant = (variant: EngineName | EngineVariant): EngineVariant => {
  if (typeof variant !== 'string') return variant;
  if (Object.hasOwn(engineVariants, variant)) return engineVariants[variant];
  throw new RangeError(
    `There is no engine '${String(variant)}'. There are: ${Object.keys(engineVariants).join(', ')}.`,
  );
};
