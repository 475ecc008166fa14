/**
 * The engine at a standstill: what each operation does to signaling state, descriptions, transceivers and ICE at the
 * moment when it takes effect. When that is, and who hears of it, is up to the connection. Everything here is
 * synchronous; an operation that fails throws what its promise is to reject with, before it has changed anything.
 * Spec: RFC 9429 §5, w3c.github.io/webrtc-pc/#set-description
 */
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
import { RollbackFaults } from './rollback-faults.ts';
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
  readonly #faults: RollbackFaults;
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
    this.#faults = new RollbackFaults(variant);
  }

  /** Spec: w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-createoffer */
  createOffer({ iceRestart = false }: OfferOptions): CreatedDescription {
    this.assertCanCreateOffer();
    const ufrag = this.#ice.offerUfrag(iceRestart);
    this.lastOffer = this.#describe('offer', 'actpass', offerSections(this.#source(ufrag)));
    this.#faults.offerCreated(this.lastOffer.document, this.descriptions);
    return this.lastOffer;
  }

  /** Spec: w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-createanswer */
  createAnswer(): CreatedDescription {
    this.assertCanCreateAnswer();
    this.lastAnswer = this.#describe('answer', 'active', answerSections(this.#source(this.#ice.answerUfrag())));
    return this.lastAnswer;
  }

  assertCanCreateOffer(): void {
    this.#faults.assertUsable();
    const allowed = this.signalingState === 'stable' || this.signalingState === 'have-local-offer';
    if (!allowed && !this.#variant.createsOfferAnywhere) throw wrongState('create offer', this.signalingState);
  }

  assertCanCreateAnswer(): void {
    this.#faults.assertUsable();
    const allowed = this.signalingState === 'have-remote-offer' || this.signalingState === 'have-local-pranswer';
    if (!allowed) throw wrongState('create answer', this.signalingState);
  }

  /** Spec: RFC 9429 §5.9 */
  applyLocal(type: AppliedType, created: CreatedDescription): void {
    const state = this.#stateAfter('local', type);
    if (type === 'offer') this.#faults.assertTakesLocalOffer(created.document);

    if (this.signalingState === 'stable') this.#media.rememberStable();
    this.#media.applyLocal(type, created.document, created.makers);
    this.#faults.localSet(type, this.descriptions);
    const description = new VirtualSessionDescription(type, created.description.sdp);
    this.#enter(state, 'local', { description, document: created.document });
  }

  /** Spec: RFC 9429 §5.10, §5.11 */
  applyRemote(type: AppliedType, sdp: string): void {
    if (type === 'offer') this.assertTakesRemoteOffer(sdp);
    const state = this.#stateAfter('remote', type);
    const document = parseRemote(type, sdp);
    if (type === 'offer') this.#faults.assertTakesRestart(document, this.descriptions);
    const mismatch =
      type === 'offer'
        ? offerMismatch(this.descriptions, document)
        : answerMismatch(this.descriptions.pendingLocal, document);
    if (mismatch !== undefined) {
      throw engineError('InvalidAccessError', `Failed to set remote ${type} sdp: ${mismatch}`);
    }

    if (this.signalingState === 'stable') this.#media.rememberStable();
    this.#faults.remoteSet(type, document);
    this.#media.applyRemote(type, document);
    this.#enter(state, 'remote', { description: new VirtualSessionDescription(type, sdp), document });
  }

  /**
   * Spec: RFC 9429 §4.1.10.2, w3c.github.io/webrtc-pc/#set-rollback-per-transceiver. `beforeStable` is called when all is
   * done but the change of state.
   */
  rollBack(side: Side, beforeStable: () => void): void {
    const { rollback } = this.#variant;
    if (rollback === 'ignored') return;
    if (rollback === 'refused') throw engineError('InvalidModificationError', 'Rollback is not supported.');
    this.#faults.assertUsable();
    const sides: readonly Side[] = rollback === 'either-side' ? ['local', 'remote'] : [side];
    if (sides.every((each) => signalingStateAfter(this.signalingState, each, 'rollback') === undefined)) {
      throw wrongState(`set ${side} rollback`, this.signalingState);
    }
    const { pendingLocal } = this.descriptions;
    if (pendingLocal !== null) this.#faults.localRollback(pendingLocal, this.descriptions);
    this.#media.rollBack(this.signalingState);
    this.descriptions = withoutPending(this.descriptions);
    beforeStable();
    this.signalingState = 'stable';
  }

  /** Throws when a remote offer cannot be set whatever is rolled back for it. */
  assertTakesRemoteOffer(sdp: string): void {
    this.#faults.assertUsable();
    const parsed = parseSdp(sdp);
    if (parsed.type === 'parsed') this.#faults.assertTakesRemoteOffer(parsed.document, this.descriptions);
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
    this.#faults.assertUsable();
    if (type === 'pranswer' && !this.#variant.pranswer) {
      throw engineError('NotSupportedError', 'pranswer is not supported.');
    }
    const state = signalingStateAfter(this.signalingState, side, type);
    if (state === undefined) throw wrongState(`set ${side} ${type} sdp`, this.signalingState);
    return state;
  }

  #source(ufrag: string): DescriptionSource {
    const { descriptions, hasDataChannels } = this;
    const { lacksData } = this.#faults;
    return { descriptions, slots: this.#media.slots, hasDataChannels, lacksData, variant: this.#variant, ufrag };
  }

  #describe(type: AppliedType, setup: string, { sections, makers }: CreatedSections): CreatedDescription {
    this.#descriptionsMade += 1;
    const document = { id: this.#label, version: this.#descriptionsMade, setup, sections };
    return { description: new VirtualSessionDescription(type, writeSdp(document)), document, makers };
  }
}
