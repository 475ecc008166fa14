/**
 * When an engine says that negotiation is needed: the check, the flag, and the queued task that fires the event; and how
 * engines are known to get it wrong.
 */
import { type Descriptions, sectionWithMid, sectionsOf } from './descriptions.ts';
import { intersect, reverse, sends } from './direction.ts';
import { streamIdsOf } from './remote-tracks.ts';
import type { TransceiverSlots } from './transceiver.ts';
import type { SignalingState } from './types.ts';
import type { EngineVariant, NegotiationNeededLie } from './variants.ts';

/** What the check looks at. */
export interface NegotiationView {
  readonly descriptions: Descriptions;
  readonly slots: readonly TransceiverSlots[];
  readonly hasDataChannels: boolean;
  /** [[LocalIceCredentialsToReplace]] is not empty. */
  readonly owesIceRestart: boolean;
  readonly variant: EngineVariant;
}

const sameMembers = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((member) => right.includes(member));

/** Spec: w3c.github.io/webrtc-pc/#dfn-check-if-negotiation-is-needed, step 5. */
const transceiverNeedsNegotiation = (
  slots: TransceiverSlots,
  { descriptions: { currentLocal, currentRemote }, variant }: NegotiationView,
): boolean => {
  const local = sectionWithMid(currentLocal, slots.mid);
  const remote = sectionWithMid(currentRemote, slots.mid);
  // Only an engine that keeps mids over a rollback gets here with an m-line that is somebody else's by now.
  if (local !== undefined && local.kind !== slots.kind) return false;
  if (slots.stopped) return local !== undefined && !local.rejected && remote?.rejected !== true;
  if (slots.stopping) return slots.mid !== null || variant.stoppedBeforeNegotiated === 'asks-for-ever';
  if (local === undefined || currentLocal === null || remote === undefined) return true;
  if (sends(slots.direction)) {
    const needsMsid = !variant.negotiationNeededLies.includes('not-for-streamless-sending');
    if (needsMsid && local.msids.length === 0) return true;
    if (!sameMembers(streamIdsOf(local), slots.streamIds)) return true;
  }
  const offered = reverse(remote.direction);
  return currentLocal.description.type === 'offer'
    ? local.direction !== slots.direction && offered !== slots.direction
    : local.direction !== intersect(slots.direction, offered);
};

/** How many things need negotiation. Spec: w3c.github.io/webrtc-pc/#dfn-check-if-negotiation-is-needed */
export const countNeeds = (view: NegotiationView): number => {
  const { currentLocal, currentRemote } = view.descriptions;
  const hasDataSection =
    sectionsOf(currentLocal).some(({ kind, rejected }) => kind === 'application' && !rejected) &&
    sectionsOf(currentRemote).some(({ kind, rejected }) => kind === 'application' && !rejected);
  const others = [
    view.owesIceRestart,
    view.hasDataChannels && !hasDataSection,
    currentLocal === null && view.variant.negotiationNeededLies.includes('before-first-exchange'),
  ];
  const transceivers = view.slots.filter((slots) => transceiverNeedsNegotiation(slots, view));
  return others.filter(Boolean).length + transceivers.length;
};

/** What brought the engine back to `stable`. */
export type WayToStable = 'local answer' | 'remote answer' | 'rollback';

/** What the flag needs of the connection that it belongs to. */
export interface NegotiationNeededHost {
  readonly signalingState: () => SignalingState;
  readonly operationsPending: () => boolean;
  readonly needed: () => boolean;
  /** Queues a task, which does not run once the connection is closed. */
  queueTask(task: () => void): void;
  fire(): void;
}

/** Spec: w3c.github.io/webrtc-pc/#dfn-update-the-negotiation-needed-flag */
export class NegotiationNeededFlag {
  readonly #host: NegotiationNeededHost;
  readonly #lies: ReadonlySet<NegotiationNeededLie>;
  #isSet = false;
  #updateOnEmptyChain = false;

  constructor(host: NegotiationNeededHost, lies: readonly NegotiationNeededLie[]) {
    this.#host = host;
    this.#lies = new Set(lies);
  }

  update(): void {
    if (this.#lies.has('never')) return;
    if (this.#defersToEmptyChain()) return;
    this.#host.queueTask(() => {
      if (this.#defersToEmptyChain()) return;
      // The step to `stable` updates the flag.
      if (this.#host.signalingState() !== 'stable') return;
      if (this.#host.needed()) this.#set();
      else this.#clear();
    });
  }

  chainEmptied(): void {
    if (!this.#updateOnEmptyChain) return;
    this.#updateOnEmptyChain = false;
    this.update();
  }

  directionChanged(): void {
    if (!this.#lies.has('not-for-direction')) this.update();
  }

  /** A description brought the engine back to `stable`. */
  becameStable(how: WayToStable): void {
    // It was announced already: see `rollbackCompletes`.
    if (how === 'rollback' && this.#lies.has('before-rollback-completes')) return;
    if (how !== 'local answer' || !this.#lies.has('not-again-after-answering')) this.#clear();
    if (how !== 'rollback' || !this.#lies.has('not-after-rollback')) this.update();
  }

  /** An explicit rollback has done all but change the state. */
  rollbackCompletes(): void {
    if (!this.#lies.has('before-rollback-completes')) return;
    this.#clear();
    if (this.#host.needed()) this.#set();
  }

  #clear(): void {
    if (!this.#lies.has('only-once')) this.#isSet = false;
  }

  #set(): void {
    if (this.#isSet) return;
    this.#isSet = true;
    this.#host.fire();
    if (this.#lies.has('twice')) this.#host.queueTask(() => this.#host.fire());
  }

  #defersToEmptyChain(): boolean {
    this.#updateOnEmptyChain ||= this.#host.operationsPending();
    return this.#host.operationsPending();
  }
}
