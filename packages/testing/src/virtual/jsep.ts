/**
 * The engine at a standstill: what each operation does to signaling state, descriptions, transceivers and ICE at the
 * moment when it takes effect. When that is, and who hears of it, is up to the connection. Everything here is
 * synchronous; an operation that fails throws what its promise is to reject with, and has changed nothing.
 * Spec: RFC 9429 §5, w3c.github.io/webrtc-pc/#set-description
 */
import { BundleCollision } from './bundle-collision.ts';
import { type CreatedSections, type DescriptionSource, answerSections, offerSections } from './create-description.ts';
import {
  type AppliedDescription,
  type AppliedType,
  type Descriptions,
  VirtualSessionDescription,
  noDescriptions,
  sectionWithMid,
  withDescription,
  withoutPending,
} from './descriptions.ts';
import { engineError } from './errors.ts';
import type { Ice } from './ice.ts';
import { answerMismatch, offerMismatch } from './m-lines.ts';
import type { Media } from './media.ts';
import { type SdpDocument, parseSdp, writeSdp } from './sdp.ts';
import { signalingStateAfter } from './signaling.ts';
import type { OfferOptions, Side, SignalingState } from './types.ts';
import type { EngineVariant } from './variants.ts';

/** A description that createOffer or createAnswer made, and for which transceiver each new mid was made. */
export type CreatedDescription = AppliedDescription & Pick<CreatedSections, 'makers'>;

const wrongState = (action: string, state: SignalingState): Error =>
  engineError('InvalidStateError', `Failed to ${action}: Called in wrong state: ${state}`);

const parseRemote = (type: AppliedType, sdp: string): SdpDocument => {
  const parsed = parseSdp(sdp);
  if (parsed.type === 'parsed') return parsed.document;
  throw engineError('OperationError', `Failed to parse remote ${type}: line ${parsed.line}: ${parsed.reason}`);
};

export class Jsep {
  readonly #label: string;
  readonly #variant: EngineVariant;
  readonly #media: Media;
  readonly #ice: Ice;
  readonly #collision: BundleCollision | null;
  #descriptionsMade = 0;
  signalingState: SignalingState = 'stable';
  descriptions: Descriptions = noDescriptions;
  hasDataChannels = false;
  lastOffer: CreatedDescription | null = null;
  lastAnswer: CreatedDescription | null = null;

  constructor(label: string, variant: EngineVariant, media: Media, ice: Ice) {
    this.#label = label;
    this.#variant = variant;
    this.#media = media;
    this.#ice = ice;
    this.#collision = variant.bundleCollision ? new BundleCollision() : null;
  }

  /** Spec: w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-createoffer */
  createOffer({ iceRestart = false }: OfferOptions): CreatedDescription {
    this.assertCanCreateOffer();
    const ufrag = this.#ice.offerUfrag(iceRestart);
    this.lastOffer = this.#describe('offer', 'actpass', offerSections(this.#source(ufrag)));
    this.#collision?.offerCreated(this.lastOffer.document, this.descriptions);
    return this.lastOffer;
  }

  /** Spec: w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-createanswer */
  createAnswer(): CreatedDescription {
    this.assertCanCreateAnswer();
    this.lastAnswer = this.#describe('answer', 'active', answerSections(this.#source(this.#ice.answerUfrag())));
    return this.lastAnswer;
  }

  assertCanCreateOffer(): void {
    const allowed = this.signalingState === 'stable' || this.signalingState === 'have-local-offer';
    if (!allowed && !this.#variant.createsOfferAnywhere) throw wrongState('create offer', this.signalingState);
  }

  assertCanCreateAnswer(): void {
    const allowed = this.signalingState === 'have-remote-offer' || this.signalingState === 'have-local-pranswer';
    if (!allowed) throw wrongState('create answer', this.signalingState);
  }

  /** Spec: RFC 9429 §5.9 */
  applyLocal(type: AppliedType, created: CreatedDescription): void {
    const state = this.#stateAfter('local', type);
    const refusal = type === 'offer' ? this.#collision?.refusesLocal(created.document) : undefined;
    if (refusal !== undefined) throw engineError('InvalidAccessError', refusal);

    if (this.signalingState === 'stable') this.#media.rememberStable();
    this.#media.applyLocal(type, created.document, created.makers);
    const description = new VirtualSessionDescription(type, created.description.sdp);
    this.#enter(state, 'local', { description, document: created.document });
  }

  /** Spec: RFC 9429 §5.10, §5.11 */
  applyRemote(type: AppliedType, sdp: string): void {
    const state = this.#stateAfter('remote', type);
    const document = parseRemote(type, sdp);
    const mismatch =
      type === 'offer'
        ? (offerMismatch(this.descriptions, document) ?? this.#collision?.refusesRemote(document, this.descriptions))
        : answerMismatch(this.descriptions.pendingLocal, document);
    if (mismatch !== undefined)
      throw engineError('InvalidAccessError', `Failed to set remote ${type} sdp: ${mismatch}`);

    if (this.signalingState === 'stable') this.#media.rememberStable();
    if (type === 'offer') this.#collision?.remoteOfferSet(document, this.descriptions);
    else this.#collision?.localOfferAnswered();
    this.#media.applyRemote(type, document);
    this.#enter(state, 'remote', { description: new VirtualSessionDescription(type, sdp), document });
  }

  /** Whether a rollback from this side would succeed, and do something. */
  canRollBack(side: Side): boolean {
    const { rollback } = this.#variant;
    if (rollback === 'refused' || rollback === 'ignored') return false;
    const isPending = this.signalingState === 'have-local-offer' || this.signalingState === 'have-remote-offer';
    if (rollback === 'either-side') return isPending;
    return signalingStateAfter(this.signalingState, side, 'rollback') !== undefined;
  }

  /** Spec: RFC 9429 §4.1.10.2, w3c.github.io/webrtc-pc/#set-rollback-per-transceiver */
  rollBack(side: Side): void {
    const { rollback } = this.#variant;
    if (rollback === 'ignored') return;
    if (rollback === 'refused') throw engineError('InvalidModificationError', 'Rollback is not supported.');
    if (!this.canRollBack(side)) throw wrongState(`set ${side} rollback`, this.signalingState);
    this.#media.rollBack(this.signalingState, rollback === 'keeps-mids');
    this.descriptions = withoutPending(this.descriptions);
    this.signalingState = 'stable';
  }

  /** Why a remote offer cannot be set, known before anything is rolled back for it. */
  refusesRemoteOffer(sdp: string): Error | undefined {
    const parsed = parseSdp(sdp);
    const refusal =
      parsed.type === 'parsed' ? this.#collision?.refusesRemote(parsed.document, this.descriptions) : undefined;
    return refusal === undefined ? undefined : engineError('InvalidAccessError', refusal);
  }

  #enter(state: SignalingState, side: Side, applied: AppliedDescription): void {
    this.descriptions = withDescription(this.descriptions, side, applied);
    this.signalingState = state;
    if (state !== 'stable') return;
    const { currentLocal, currentRemote } = this.descriptions;
    this.#media.completeExchange((mid) =>
      [currentLocal, currentRemote].some((current) => sectionWithMid(current, mid)?.rejected),
    );
    this.#ice.exchangeCompleted();
    this.lastOffer = null;
    this.lastAnswer = null;
  }

  #stateAfter(side: Side, type: AppliedType): SignalingState {
    if (type === 'pranswer' && !this.#variant.pranswer) {
      throw engineError('NotSupportedError', 'pranswer is not supported.');
    }
    const state = signalingStateAfter(this.signalingState, side, type);
    if (state === undefined) throw wrongState(`set ${side} ${type} sdp`, this.signalingState);
    return state;
  }

  #source(ufrag: string): DescriptionSource {
    const { descriptions, hasDataChannels } = this;
    return { descriptions, slots: this.#media.slots, hasDataChannels, ufrag };
  }

  #describe(type: AppliedType, setup: string, { sections, makers }: CreatedSections): CreatedDescription {
    this.#descriptionsMade += 1;
    const document = { id: this.#label, version: this.#descriptionsMade, setup, sections };
    return { description: new VirtualSessionDescription(type, writeSdp(document)), document, makers };
  }
}
