/**
 * The set of transceivers: how the application adds to it, and how descriptions associate its members with m-lines, and
 * a rollback undoes that.
 */
import type { AppliedType } from './descriptions.ts';
import { receives, reverse, sends, toDirection } from './direction.ts';
import { engineError } from './errors.ts';
import { RemoteTracks, streamIdsOf } from './remote-tracks.ts';
import type { MediaSection, SdpDocument } from './sdp.ts';
import { type TransceiverOwner, TransceiverSlots, type VirtualSender, type VirtualTransceiver } from './transceiver.ts';
import type { Direction, MediaKind, MediaSource, MediaTrack, SignalingState, TransceiverInit } from './types.ts';
import type { EngineVariant } from './variants.ts';

const isMediaKind = (kind: string): kind is MediaKind => kind === 'audio' || kind === 'video';

const mediaKind = (kind: string): MediaKind => {
  if (!isMediaKind(kind)) throw new TypeError(`Not a kind of media: ${kind}`);
  return kind;
};

export class Media {
  readonly remoteTracks = new RemoteTracks();
  readonly #owner: TransceiverOwner;
  readonly #label: string;
  readonly #variant: EngineVariant;
  readonly #senders = new WeakSet<VirtualSender>();
  #slots: readonly TransceiverSlots[] = [];
  #made = 0;

  constructor(owner: TransceiverOwner, label: string, variant: EngineVariant) {
    this.#owner = owner;
    this.#label = label;
    this.#variant = variant;
  }

  /** In the order in which they were added. */
  get slots(): readonly TransceiverSlots[] {
    return this.#slots;
  }

  /** Spec: w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-addtrack */
  addTrack(track: MediaTrack, streams: readonly MediaSource[]): VirtualSender {
    const kind = mediaKind(track.kind);
    this.#assertOpen();
    if (this.#slots.some((slots) => !slots.stopped && slots.track === track)) {
      throw engineError('InvalidAccessError', 'A sender for the track exists already.');
    }
    const reusable = this.#slots.find(
      (slots) => slots.track === null && slots.kind === kind && !slots.stopping && !slots.hasSent,
    );
    const slots = reusable ?? this.#create(kind, 'sendrecv');
    if (reusable === undefined) slots.viaAddTrack = true;
    else slots.direction = toDirection(true, receives(slots.direction));
    slots.track = track;
    slots.streamIds = [...new Set(streams.map((stream) => stream.id))];
    slots.trackAttached = true;
    this.#owner.changed('other');
    return slots.transceiver.sender;
  }

  /** Spec: w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-removetrack */
  removeTrack(sender: VirtualSender): void {
    this.#assertOpen();
    if (!this.#senders.has(sender)) throw engineError('InvalidAccessError', 'The sender is not of this connection.');
    const slots = this.#slots.find(({ transceiver }) => transceiver.sender === sender);
    if (slots === undefined || slots.stopping || slots.track === null) return;
    slots.track = null;
    if (sends(slots.direction)) slots.direction = toDirection(false, receives(slots.direction));
    this.#owner.changed('other');
  }

  /** Spec: w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-addtransceiver */
  addTransceiver(trackOrKind: MediaTrack | string, init: TransceiverInit): VirtualTransceiver {
    const track = typeof trackOrKind === 'string' ? null : trackOrKind;
    const kind = mediaKind(typeof trackOrKind === 'string' ? trackOrKind : trackOrKind.kind);
    this.#assertOpen();
    const slots = this.#create(kind, init.direction ?? 'sendrecv');
    slots.track = track;
    slots.streamIds = [...new Set((init.streams ?? []).map((stream) => stream.id))];
    this.#owner.changed('other');
    return slots.transceiver;
  }

  /** An offer is about to leave `stable`: remember what its rollback returns to. */
  rememberStable(): void {
    for (const slots of this.#slots) slots.lastStable = { mid: slots.mid, remoteStreams: slots.remoteStreams };
  }

  /** Spec: w3c.github.io/webrtc-pc/#apply-local-description. `makers` tells which transceiver each mid was made for. */
  applyLocal(type: AppliedType, document: SdpDocument, makers: ReadonlyMap<string, TransceiverSlots>): void {
    for (const section of document.sections) {
      const slots = this.#associated(section) ?? makers.get(section.mid);
      if (slots === undefined) continue;
      slots.mid = section.mid;
      if (slots.stopped || type === 'offer') continue;
      const ends = receives(slots.firedDirection) && !receives(section.direction);
      if (ends) this.remoteTracks.process(slots, section.direction, []);
      slots.firedDirection = section.direction;
      slots.negotiated(section.direction);
    }
  }

  /** Spec: w3c.github.io/webrtc-pc/#apply-remote-description */
  applyRemote(type: AppliedType, document: SdpDocument): void {
    for (const section of document.sections) {
      const { kind } = section;
      if (kind === 'application') continue;
      const slots = this.#associated(section) ?? this.#associate(section, kind);
      if (slots === undefined) continue;
      slots.mid = section.mid;
      const direction = section.rejected ? 'inactive' : reverse(section.direction);
      this.remoteTracks.process(slots, direction, receives(direction) ? streamIdsOf(section) : []);
      if (type !== 'offer') slots.negotiated(direction);
      if (section.rejected && !slots.stopped) slots.stop();
    }
  }

  /** An answer was set: what the exchange stopped leaves the set, and nothing is left to roll back. */
  completeExchange(isRejected: (mid: string) => boolean): void {
    const forgets = this.#variant.stoppedBeforeNegotiated === 'forgotten';
    for (const slots of this.#slots) {
      slots.madeByPendingOffer = false;
      if (forgets && slots.stopping && slots.mid === null) slots.stop();
    }
    this.#slots = this.#slots.filter(({ stopped, mid }) => !stopped || (mid !== null && !isRejected(mid)));
  }

  /** Spec: w3c.github.io/webrtc-pc/#set-rollback-per-transceiver */
  rollBack(state: SignalingState): void {
    for (const slots of this.#slots) {
      if (this.#variant.rollback !== 'keeps-mids') slots.mid = slots.lastStable.mid;
      if (state === 'have-remote-offer') {
        const streamIds = slots.lastStable.remoteStreams.map(({ id }) => id);
        this.remoteTracks.process(slots, slots.currentDirection, streamIds);
      }
      if (slots.madeByPendingOffer && !slots.trackAttached) slots.stop();
      // Whoever made it, it is now no more than a track that was added.
      else if (slots.madeByPendingOffer) slots.viaAddTrack = true;
    }
    this.#slots = this.#slots.filter((slots) => !slots.madeByPendingOffer || slots.trackAttached);
    for (const slots of this.#slots) slots.madeByPendingOffer = false;
  }

  stopAll(): void {
    for (const slots of this.#slots) if (!slots.stopped) slots.stop();
  }

  #associated(section: MediaSection): TransceiverSlots | undefined {
    return this.#slots.find(({ mid, kind }) => mid === section.mid && kind === section.kind);
  }

  /** Finds or makes a transceiver for an m-line that a remote offer introduces. Spec: RFC 9429 §5.10 */
  #associate(section: MediaSection, kind: MediaKind): TransceiverSlots | undefined {
    if (section.rejected) return undefined;
    const { associatesAnyTransceiver } = this.#variant;
    const waiting = this.#slots.find(
      (slots) =>
        slots.kind === kind &&
        slots.mid === null &&
        !slots.stopping &&
        (associatesAnyTransceiver || (slots.viaAddTrack && receives(section.direction))),
    );
    if (waiting !== undefined) return waiting;
    const slots = this.#create(kind, 'recvonly');
    slots.madeByPendingOffer = true;
    return slots;
  }

  #create(kind: MediaKind, direction: Direction): TransceiverSlots {
    this.#made += 1;
    const slots = new TransceiverSlots(this.#owner, kind, direction, `${this.#label}-receiver-${this.#made}`);
    this.#slots = [...this.#slots, slots];
    this.#senders.add(slots.transceiver.sender);
    return slots;
  }

  #assertOpen(): void {
    if (this.#owner.closed()) throw engineError('InvalidStateError', 'The connection is closed.');
  }
}
