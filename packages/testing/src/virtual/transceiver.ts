/**
 * Transceivers with their senders and receivers. What the specification calls internal slots is one plain record, which
 * the engine changes; the application sees it through an object of the W3C's shape.
 */
import { sends } from './direction.ts';
import { engineError } from './errors.ts';
import { type VirtualStream, type VirtualTrack, createVirtualTrack } from './tracks.ts';
import type { Direction, MediaKind, MediaSource, MediaTrack } from './types.ts';

/** What a transceiver needs of the connection that it belongs to. */
export interface TransceiverOwner {
  readonly closed: () => boolean;
  /** The application changed something that may have to be negotiated. */
  changed(what: 'direction' | 'other'): void;
}

/** Internal slots. Spec: w3c.github.io/webrtc-pc/#dfn-create-an-rtcrtptransceiver and the interfaces of its parts. */
export class TransceiverSlots {
  readonly kind: MediaKind;
  readonly transceiver: VirtualTransceiver;
  /** `null` while not associated with an m-line. */
  mid: string | null = null;
  direction: Direction;
  currentDirection: Direction | null = null;
  firedDirection: Direction | null = null;
  stopping = false;
  stopped = false;
  track: MediaTrack | null = null;
  /** [[AssociatedMediaStreamIds]] */
  streamIds: readonly string[] = [];
  /** Whether its sender was ever negotiated to send. */
  hasSent = false;
  remoteStreams: readonly VirtualStream[] = [];
  /** Added by addTrack, so that a remote offer's m-line may be associated with it. Spec: RFC 9429 §5.10 */
  viaAddTrack = false;
  /** Given a track by addTrack, whoever made it, so that no rollback removes it. */
  trackAttached = false;
  /** Made by the remote offer that is pending. */
  madeByPendingOffer = false;
  /** What a rollback returns to. */
  lastStable: { readonly mid: string | null; readonly remoteStreams: readonly VirtualStream[] } = {
    mid: null,
    remoteStreams: [],
  };

  constructor(owner: TransceiverOwner, kind: MediaKind, direction: Direction, receiverTrackId: string) {
    this.kind = kind;
    this.direction = direction;
    this.transceiver = new VirtualTransceiver(this, owner, receiverTrackId);
  }

  /** Spec: w3c.github.io/webrtc-pc/#dfn-stop-sending-and-receiving */
  stopSendingAndReceiving(): void {
    this.stopping = true;
    this.direction = 'inactive';
    this.transceiver.receiver.track.stop();
  }

  /** Spec: w3c.github.io/webrtc-pc/#dfn-stop-the-rtcrtptransceiver */
  stop(): void {
    if (!this.stopping) this.stopSendingAndReceiving();
    this.stopped = true;
    this.currentDirection = null;
  }

  /** An answer decided what flows. */
  negotiated(direction: Direction): void {
    this.currentDirection = direction;
    this.hasSent ||= sends(direction);
  }
}

/** Spec: w3c.github.io/webrtc-pc/#dom-rtcrtpsender */
export class VirtualSender {
  readonly #slots: TransceiverSlots;
  readonly #owner: TransceiverOwner;

  constructor(slots: TransceiverSlots, owner: TransceiverOwner) {
    this.#slots = slots;
    this.#owner = owner;
  }

  get track(): MediaTrack | null {
    return this.#slots.track;
  }

  /** Needs no negotiation. Rejects with InvalidStateError when stopped or closed, TypeError for another kind. */
  async replaceTrack(track: MediaTrack | null): Promise<void> {
    if (this.#owner.closed() || this.#slots.stopping) throw engineError('InvalidStateError', 'The sender is stopped.');
    if (track !== null && track.kind !== this.#slots.kind)
      throw new TypeError(`The sender is for ${this.#slots.kind}.`);
    this.#slots.track = track;
  }

  setStreams(...streams: readonly MediaSource[]): void {
    if (this.#owner.closed()) throw engineError('InvalidStateError', 'The connection is closed.');
    this.#slots.streamIds = [...new Set(streams.map((stream) => stream.id))];
    this.#owner.changed('other');
  }
}

/** Spec: w3c.github.io/webrtc-pc/#dom-rtcrtpreceiver */
export interface VirtualReceiver {
  readonly track: VirtualTrack;
}

/** Spec: w3c.github.io/webrtc-pc/#dom-rtcrtptransceiver */
export class VirtualTransceiver {
  readonly sender: VirtualSender;
  readonly receiver: VirtualReceiver;
  readonly #slots: TransceiverSlots;
  readonly #owner: TransceiverOwner;

  constructor(slots: TransceiverSlots, owner: TransceiverOwner, receiverTrackId: string) {
    this.#slots = slots;
    this.#owner = owner;
    this.sender = new VirtualSender(slots, owner);
    this.receiver = { track: createVirtualTrack({ kind: slots.kind, id: receiverTrackId }) };
  }

  get mid(): string | null {
    return this.#slots.mid;
  }

  get direction(): Direction | 'stopped' {
    return this.#slots.stopping ? 'stopped' : this.#slots.direction;
  }

  set direction(direction: Direction) {
    if (this.#owner.closed() || this.#slots.stopping) {
      throw engineError('InvalidStateError', 'The transceiver is stopped.');
    }
    if (direction === this.#slots.direction) return;
    this.#slots.direction = direction;
    this.#owner.changed('direction');
  }

  get currentDirection(): Direction | 'stopped' | null {
    return this.#slots.stopped ? 'stopped' : this.#slots.currentDirection;
  }

  /** Stops sending at once; the m-line is rejected by the next offer. */
  stop(): void {
    if (this.#owner.closed()) throw engineError('InvalidStateError', 'The connection is closed.');
    if (this.#slots.stopping) return;
    this.#slots.stopSendingAndReceiving();
    this.#owner.changed('other');
  }
}
