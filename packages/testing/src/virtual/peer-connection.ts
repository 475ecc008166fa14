/**
 * The virtual engine's public face: an `RTCPeerConnection` that negotiates as the specifications say, or as a named
 * engine does, carries no media, and takes no time but what its schedule gives it. This file is about when things happen:
 * the order of operations, and of the events around them. Spec: w3c.github.io/webrtc-pc/, RFC 9429.
 */
import { type VirtualDataChannel, createVirtualDataChannel } from './data-channel.ts';
import type { AppliedType, VirtualSessionDescription } from './descriptions.ts';
import { engineError } from './errors.ts';
import { type Listener, VirtualEventTarget } from './events.ts';
import { Ice, type VirtualIceCandidate } from './ice.ts';
import { type CreatedDescription, Jsep } from './jsep.ts';
import { Media } from './media.ts';
import { NegotiationNeededFlag, type WayToStable, countNeeds } from './negotiation-needed.ts';
import { OperationsChain } from './operations-chain.ts';
import { type EngineWork, type Schedule, promptSchedule } from './schedule.ts';
import type { VirtualStream, VirtualTrack } from './tracks.ts';
import type { VirtualReceiver, VirtualSender, VirtualTransceiver } from './transceiver.ts';
import type {
  CandidateInit,
  DescriptionInit,
  IceGatheringState,
  LocalDescriptionInit,
  MediaSource,
  MediaTrack,
  OfferOptions,
  Side,
  SignalingState,
  TransceiverInit,
} from './types.ts';
import { type EngineName, type EngineVariant, toVariant } from './variants.ts';

export interface VirtualPeerConnectionOptions {
  /** Names this end in work, ufrags and ids; two ends that talk to each other need different ones. Default `peer`. */
  readonly label?: string;
  /** Default: everything succeeds at once. */
  readonly schedule?: Schedule;
  /** Default `spec`. */
  readonly variant?: EngineName | EngineVariant;
  /** Candidates gathered for each ICE generation, before the end-of-candidates indication. Default 1. */
  readonly candidatesPerGeneration?: number;
}

interface PeerConnectionEvent<T extends string> {
  readonly type: T;
  readonly target: VirtualPeerConnection;
}

/** An empty `candidate.candidate` ends one generation; a `candidate` of `null` ends gathering. */
export interface IceCandidateEvent extends PeerConnectionEvent<'icecandidate'> {
  readonly candidate: VirtualIceCandidate | null;
}

export interface TrackEvent extends PeerConnectionEvent<'track'> {
  readonly track: VirtualTrack;
  readonly streams: readonly VirtualStream[];
  readonly receiver: VirtualReceiver;
  readonly transceiver: VirtualTransceiver;
}

export interface PeerConnectionEvents {
  readonly negotiationneeded: PeerConnectionEvent<'negotiationneeded'>;
  readonly signalingstatechange: PeerConnectionEvent<'signalingstatechange'>;
  readonly icegatheringstatechange: PeerConnectionEvent<'icegatheringstatechange'>;
  readonly icecandidate: IceCandidateEvent;
  readonly track: TrackEvent;
}

type Handler<T extends keyof PeerConnectionEvents> = Listener<PeerConnectionEvents[T]> | null;
type WithoutPeer<Work> = Work extends EngineWork ? Omit<Work, 'peer'> : never;
type Operation = Extract<EngineWork, { readonly kind: 'operation' }>;

/**
 * **Ordering**: an operation takes effect inside the schedule's `settle` call, which fires `signalingstatechange`, then
 * `track`, then settles the promise. **Errors**: as the specification names them (`error.name`).
 */
export class VirtualPeerConnection extends VirtualEventTarget<PeerConnectionEvents> {
  onnegotiationneeded: Handler<'negotiationneeded'> = null;
  onsignalingstatechange: Handler<'signalingstatechange'> = null;
  onicegatheringstatechange: Handler<'icegatheringstatechange'> = null;
  onicecandidate: Handler<'icecandidate'> = null;
  ontrack: Handler<'track'> = null;

  readonly label: string;
  readonly variant: EngineVariant;
  readonly #schedule: Schedule;
  readonly #chain: OperationsChain;
  readonly #media: Media;
  readonly #ice: Ice;
  readonly #jsep: Jsep;
  readonly #flag: NegotiationNeededFlag;

  constructor(options: VirtualPeerConnectionOptions = {}) {
    super();
    const { label = 'peer', schedule = promptSchedule, variant = 'spec', candidatesPerGeneration = 1 } = options;
    this.label = label;
    this.variant = toVariant(variant);
    this.#schedule = schedule;
    this.#chain = new OperationsChain({
      serial: this.variant.operationsChain,
      onEmpty: () => this.#flag.chainEmptied(),
    });
    this.#media = new Media(
      {
        closed: () => this.#isClosed,
        changed: (what) => (what === 'direction' ? this.#flag.directionChanged() : this.#flag.update()),
      },
      label,
      this.variant,
    );
    this.#ice = new Ice(
      {
        descriptions: () => this.#jsep.descriptions,
        gatherLater: (work) => this.#later({ kind: 'gathering', name: 'icecandidate' }, work),
        fireCandidate: (candidate) => this.dispatch({ type: 'icecandidate', target: this, candidate }),
        fireGatheringState: () => this.dispatch({ type: 'icegatheringstatechange', target: this }),
      },
      { label, variant: this.variant, candidatesPerGeneration },
    );
    this.#jsep = new Jsep(label, this.variant, this.#media, this.#ice);
    this.#flag = new NegotiationNeededFlag(
      {
        signalingState: () => this.signalingState,
        operationsPending: () => this.#chain.length > 0,
        needed: () => this.negotiationNeeded,
        queueTask: (task) => this.#later({ kind: 'task', name: 'negotiationneeded' }, task),
        fire: () => this.dispatch({ type: 'negotiationneeded', target: this }),
      },
      this.variant.negotiationNeededLies,
    );
    for (const method of this.variant.missingMethods) Object.defineProperty(this, method, { value: undefined });
  }

  get signalingState(): SignalingState {
    return this.#jsep.signalingState;
  }

  get iceGatheringState(): IceGatheringState {
    return this.#ice.gatheringState;
  }

  get currentLocalDescription(): VirtualSessionDescription | null {
    return this.#jsep.descriptions.currentLocal?.description ?? null;
  }

  get currentRemoteDescription(): VirtualSessionDescription | null {
    return this.#jsep.descriptions.currentRemote?.description ?? null;
  }

  get pendingLocalDescription(): VirtualSessionDescription | null {
    return this.#jsep.descriptions.pendingLocal?.description ?? null;
  }

  get pendingRemoteDescription(): VirtualSessionDescription | null {
    return this.#jsep.descriptions.pendingRemote?.description ?? null;
  }

  get localDescription(): VirtualSessionDescription | null {
    return this.pendingLocalDescription ?? this.currentLocalDescription;
  }

  get remoteDescription(): VirtualSessionDescription | null {
    return this.pendingRemoteDescription ?? this.currentRemoteDescription;
  }

  /** Not W3C, for oracles: what the check says now, whatever the flag and the events say. */
  get negotiationNeeded(): boolean {
    return this.unnegotiated > 0;
  }

  /** Not W3C, for oracles: how many transceivers and other things need negotiation. */
  get unnegotiated(): number {
    const { descriptions, hasDataChannels } = this.#jsep;
    const { slots } = this.#media;
    const owesIceRestart = this.#ice.owesRestart;
    return countNeeds({ descriptions, slots, hasDataChannels, owesIceRestart, variant: this.variant });
  }

  /** Not W3C, for oracles: the other side's candidates that were added, each with the ufrag that it was added under. */
  get remoteCandidates(): readonly VirtualIceCandidate[] {
    return this.#ice.remoteCandidates;
  }

  getTransceivers(): VirtualTransceiver[] {
    return this.#media.slots.map(({ transceiver }) => transceiver);
  }

  getSenders(): VirtualSender[] {
    return this.#media.slots.filter(({ stopped }) => !stopped).map(({ transceiver }) => transceiver.sender);
  }

  getReceivers(): VirtualReceiver[] {
    return this.#media.slots.filter(({ stopped }) => !stopped).map(({ transceiver }) => transceiver.receiver);
  }

  addTrack(track: MediaTrack, ...streams: readonly MediaSource[]): VirtualSender {
    return this.#media.addTrack(track, streams);
  }

  removeTrack(sender: VirtualSender): void {
    this.#media.removeTrack(sender);
  }

  addTransceiver(trackOrKind: MediaTrack | string, init: TransceiverInit = {}): VirtualTransceiver {
    return this.#media.addTransceiver(trackOrKind, init);
  }

  createDataChannel(label: string): VirtualDataChannel {
    if (this.#isClosed) throw engineError('InvalidStateError', 'The connection is closed.');
    const isFirst = !this.#jsep.hasDataChannels;
    this.#jsep.hasDataChannels = true;
    if (isFirst) this.#flag.update();
    return createVirtualDataChannel(label);
  }

  restartIce(): void {
    this.#ice.restart();
    this.#flag.update();
  }

  createOffer(options: OfferOptions = {}): Promise<VirtualSessionDescription> {
    return this.#chain.chain(async () => (await this.#createOffer(options)).description);
  }

  createAnswer(): Promise<VirtualSessionDescription> {
    return this.#chain.chain(async () => (await this.#createAnswer()).description);
  }

  /** Spec: w3c.github.io/webrtc-pc/#dom-peerconnection-setlocaldescription */
  setLocalDescription(description: LocalDescriptionInit = {}): Promise<void> {
    if (description.type === undefined && !this.variant.parameterlessSetLocalDescription) {
      return Promise.reject(new TypeError('Expected a description with a type'));
    }
    return this.#chain.chain(() => this.#setLocal(description));
  }

  /** Spec: w3c.github.io/webrtc-pc/#dom-peerconnection-setremotedescription */
  setRemoteDescription(description: DescriptionInit): Promise<void> {
    return this.#chain.chain(() => this.#setRemote(description));
  }

  /** Spec: w3c.github.io/webrtc-pc/#dom-peerconnection-addicecandidate */
  addIceCandidate(candidate: CandidateInit | null = null): Promise<void> {
    const init = candidate ?? {};
    const hasPlace = typeof init.sdpMid === 'string' || typeof init.sdpMLineIndex === 'number';
    if (!hasPlace && (init.candidate ?? '') !== '') {
      return Promise.reject(new TypeError('A candidate needs an sdpMid or an sdpMLineIndex'));
    }
    return this.#chain.chain(() =>
      this.#perform({ kind: 'operation', name: 'addIceCandidate' }, () => this.#ice.addRemoteCandidate(init)),
    );
  }

  /** Spec: w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-close */
  close(): void {
    if (this.#isClosed) return;
    this.#jsep.signalingState = 'closed';
    this.#media.stopAll();
    this.#chain.close(this.variant.closeLeavesPromises);
    if (this.variant.closeFiresStateChange) this.dispatch({ type: 'signalingstatechange', target: this });
  }

  get #isClosed(): boolean {
    return this.signalingState === 'closed';
  }

  async #createOffer(options: OfferOptions): Promise<CreatedDescription> {
    this.#jsep.assertCanCreateOffer();
    return this.#perform({ kind: 'operation', name: 'createOffer' }, () => this.#jsep.createOffer(options));
  }

  async #createAnswer(): Promise<CreatedDescription> {
    this.#jsep.assertCanCreateAnswer();
    return this.#perform({ kind: 'operation', name: 'createAnswer' }, () => this.#jsep.createAnswer());
  }

  async #setLocal(description: LocalDescriptionInit): Promise<void> {
    const { type = this.#impliedType(), sdp = '' } = description;
    if (type === 'rollback') return this.#rollBack('local', 'explicit');
    const last = type === 'offer' ? this.#jsep.lastOffer : this.#jsep.lastAnswer;
    if (sdp !== '' && sdp !== last?.description.sdp) {
      throw engineError('InvalidModificationError', `The sdp is not that of the last ${type} created here.`);
    }
    const make = () => (type === 'offer' ? this.#createOffer({}) : this.#createAnswer());
    const created = last === null || sdp === '' ? await make() : last;
    return this.#perform({ kind: 'operation', name: 'setLocalDescription', type }, () =>
      this.#announcing('local answer', () => this.#jsep.applyLocal(type, created)),
    );
  }

  async #setRemote({ type, sdp = '' }: DescriptionInit): Promise<void> {
    if (type === 'rollback') return this.#rollBack('remote', 'explicit');
    if (type === 'offer' && this.signalingState === 'have-local-offer' && this.variant.implicitRollback) {
      this.#jsep.assertTakesRemoteOffer(sdp);
      await this.#rollBack('local', 'implicit');
    }
    return this.#perform({ kind: 'operation', name: 'setRemoteDescription', type }, () => {
      this.#announcing('remote answer', () => this.#jsep.applyRemote(type, sdp));
      this.#ice.addEarlyCandidates();
    });
  }

  #rollBack(side: Side, how: 'explicit' | 'implicit'): Promise<void> {
    return this.#perform({ kind: 'operation', name: 'rollback' }, () =>
      this.#announcing('rollback', () =>
        this.#jsep.rollBack(side, () => {
          if (how === 'explicit') this.#flag.rollbackCompletes();
        }),
      ),
    );
  }

  #impliedType(): AppliedType {
    const offers: readonly SignalingState[] = ['stable', 'have-local-offer', 'have-remote-pranswer'];
    return offers.includes(this.signalingState) ? 'offer' : 'answer';
  }

  /** Spec: w3c.github.io/webrtc-pc/#set-description, the steps after the description was applied. */
  #announcing(wayToStable: WayToStable, apply: () => void): void {
    const before = this.signalingState;
    apply();
    if (this.signalingState !== before) {
      if (this.signalingState === 'stable') this.#flag.becameStable(wayToStable);
      this.dispatch({ type: 'signalingstatechange', target: this });
    }
    for (const { transceiver, remoteStreams } of this.#media.remoteTracks.flush()) {
      const { receiver } = transceiver;
      const streams = [...remoteStreams];
      this.dispatch({ type: 'track', target: this, track: receiver.track, streams, receiver, transceiver });
    }
    if (!this.#isClosed) this.#ice.localDescriptionsChanged();
  }

  /** Hands an operation to the schedule; `complete` is what it does when it ends well. */
  #perform<T>(work: WithoutPeer<Operation>, complete: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let settled = false;
      this.#schedule.run({ ...work, peer: this.label }, (outcome = { type: 'done' }) => {
        if (settled || this.#isClosed) return;
        settled = true;
        if (outcome.type === 'failed' && !outcome.applied) {
          reject(outcome.error);
          return;
        }
        try {
          const result = complete();
          if (outcome.type === 'failed') reject(outcome.error);
          else resolve(result);
        } catch (error) {
          reject(error as Error);
        }
      });
    });
  }

  /** Hands work that cannot fail to the schedule. */
  #later(work: WithoutPeer<Exclude<EngineWork, Operation>>, run: () => void): void {
    let done = false;
    this.#schedule.run({ ...work, peer: this.label }, () => {
      if (done || this.#isClosed) return;
      done = true;
      run();
    });
  }
}
