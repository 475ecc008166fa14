/**
 * ICE as far as negotiation sees it: generations of credentials, known by their username fragment (ufrag), the candidates
 * gathered under each, and which candidates of the other side fit. All m-lines are bundled, so a description has one
 * generation. Spec: RFC 8839 §5.4, RFC 8838, RFC 9429 §5.2.1.
 */
import { type AppliedDescription, type Descriptions, sectionWithMid } from './descriptions.ts';
import { engineError } from './errors.ts';
import type { MediaSection, SdpDocument } from './sdp.ts';
import type { CandidateInit, IceGatheringState } from './types.ts';
import type { EngineVariant } from './variants.ts';

/** Spec: w3c.github.io/webrtc-pc/#dom-rtcicecandidate. `candidate: ''` is the end-of-candidates indication. */
export class VirtualIceCandidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
  readonly usernameFragment: string | null;

  constructor({ candidate = '', sdpMid = null, sdpMLineIndex = null, usernameFragment = null }: CandidateInit) {
    this.candidate = candidate;
    this.sdpMid = sdpMid;
    this.sdpMLineIndex = sdpMLineIndex;
    this.usernameFragment = usernameFragment;
  }

  toJSON(): CandidateInit {
    return { ...this };
  }
}

/** The generation that a description belongs to; empty when no m-line of it is alive. */
export const ufragOf = (document: SdpDocument | undefined): string =>
  document?.sections.find(({ rejected, ufrag }) => !rejected && ufrag !== '')?.ufrag ?? '';

const ufragsOf = (...applied: readonly (AppliedDescription | null)[]): readonly string[] =>
  applied.map((each) => ufragOf(each?.document)).filter((ufrag) => ufrag !== '');

const candidateLine = (number: number, ufrag: string): string =>
  `candidate:${number} 1 udp ${2113937151 - number} 192.0.2.${number} ${50000 + number} typ host generation 0 ufrag ${ufrag}`;

/** The m-lines that a candidate is for: the one that it names, or all. */
const sectionsFor = (
  { sdpMid, sdpMLineIndex }: CandidateInit,
  sections: readonly MediaSection[],
): readonly MediaSection[] => {
  if (typeof sdpMid === 'string') return sections.filter(({ mid }) => mid === sdpMid);
  if (typeof sdpMLineIndex === 'number') return sections.slice(sdpMLineIndex, sdpMLineIndex + 1);
  return sections;
};

export interface IceHost {
  readonly descriptions: () => Descriptions;
  /** Does the work later, never once the connection is closed. */
  gatherLater(work: () => void): void;
  fireCandidate(candidate: VirtualIceCandidate | null): void;
  fireGatheringState(): void;
}

export interface IceOptions {
  readonly label: string;
  readonly variant: EngineVariant;
  readonly candidatesPerGeneration: number;
}

interface Gathering {
  complete: boolean;
}

export class Ice {
  readonly #host: IceHost;
  readonly #label: string;
  readonly #variant: EngineVariant;
  readonly #candidatesPerGeneration: number;
  /** By ufrag, for the generations of the descriptions that hold. */
  readonly #gatherings = new Map<string, Gathering>();
  /** [[LocalIceCredentialsToReplace]] */
  #toReplace: readonly string[] = [];
  #generations = 0;
  #early: readonly CandidateInit[] = [];
  readonly #remote: VirtualIceCandidate[] = [];
  gatheringState: IceGatheringState = 'new';

  constructor(host: IceHost, { label, variant, candidatesPerGeneration }: IceOptions) {
    this.#host = host;
    // RFC 8839 §5.4: a ufrag is made of letters, digits, + and /.
    this.#label = label.replaceAll(/[^A-Za-z0-9]/g, '');
    this.#variant = variant;
    this.#candidatesPerGeneration = candidatesPerGeneration;
  }

  get owesRestart(): boolean {
    return this.#toReplace.length > 0;
  }

  /** Spec: w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-restartice */
  restart(): void {
    const { currentLocal, pendingLocal } = this.#host.descriptions();
    this.#toReplace = ufragsOf(currentLocal, pendingLocal);
  }

  /** The ufrag for the next offer: the one in use, unless a restart is due. Spec: RFC 9429 §5.2.2 */
  offerUfrag(iceRestart: boolean): string {
    const { currentLocal, pendingLocal } = this.#host.descriptions();
    const inUse = ufragOf((pendingLocal ?? currentLocal)?.document);
    if (inUse === '') return this.#firstUfrag();
    return iceRestart || this.#toReplace.includes(inUse) ? this.#newUfrag() : inUse;
  }

  /** The ufrag for the next answer: a new one when the offer restarts ICE. Spec: RFC 9429 §5.3.1, RFC 8839 §4.4.1.1 */
  answerUfrag(): string {
    const { currentLocal, currentRemote, pendingLocal, pendingRemote } = this.#host.descriptions();
    const restarts = ufragOf(pendingRemote?.document) !== ufragOf(currentRemote?.document);
    const inUse = ufragOf((restarts ? pendingLocal : currentLocal)?.document);
    return inUse === '' ? this.#firstUfrag() : inUse;
  }

  /** An exchange ended; the restart is done when its description has none of the old credentials. */
  exchangeCompleted(): void {
    const ufrag = ufragOf(this.#host.descriptions().currentLocal?.document);
    if (!this.#toReplace.includes(ufrag)) this.#toReplace = [];
  }

  /** Begins to gather for a generation that is new, and stops for one that is gone. */
  localDescriptionsChanged(): void {
    const { currentLocal, pendingLocal } = this.#host.descriptions();
    const live = ufragsOf(currentLocal, pendingLocal);
    for (const ufrag of this.#gatherings.keys()) if (!live.includes(ufrag)) this.#gatherings.delete(ufrag);
    const document = (pendingLocal ?? currentLocal)?.document;
    const ufrag = ufragOf(document);
    if (document === undefined || ufrag === '' || this.#gatherings.has(ufrag)) {
      this.#updateGatheringState();
      return;
    }
    const gathering: Gathering = { complete: false };
    this.#gatherings.set(ufrag, gathering);
    this.#updateGatheringState();
    this.#gather(document, ufrag, gathering);
  }

  /** What was added of the other side's candidates, whether or not a description that holds has their ufrag. */
  get remoteCandidates(): readonly VirtualIceCandidate[] {
    return this.#remote;
  }

  /** Throws when the candidate does not fit. Spec: w3c.github.io/webrtc-pc/#dom-peerconnection-addicecandidate */
  addRemoteCandidate(init: CandidateInit): void {
    const { currentRemote, pendingRemote } = this.#host.descriptions();
    const remote = pendingRemote ?? currentRemote;
    if (remote === null) {
      if (!this.#variant.buffersCandidates) throw engineError('InvalidStateError', 'The remote description was null');
      this.#early = [...this.#early, init];
      return;
    }
    const places = sectionsFor(init, remote.document.sections);
    const namesPlace = typeof init.sdpMid === 'string' || typeof init.sdpMLineIndex === 'number';
    if (namesPlace && places.length === 0) throw engineError('OperationError', 'No m-line matches the candidate');
    if (places.every((section) => section.rejected)) return;
    const known = places.flatMap(({ mid, ufrag }) => [ufrag, sectionWithMid(currentRemote, mid)?.ufrag ?? '']);
    const usernameFragment = init.usernameFragment ?? ufragOf(remote.document);
    if (!known.includes(usernameFragment) && this.#variant.unknownUfrag === 'refused') {
      throw engineError('OperationError', `Unknown ufrag (${usernameFragment})`);
    }
    this.#remote.push(new VirtualIceCandidate({ ...init, usernameFragment }));
  }

  /** A remote description was set: what came too early is added now. Throws when one does not fit. */
  addEarlyCandidates(): void {
    const early = this.#early;
    this.#early = [];
    for (const init of early) this.addRemoteCandidate(init);
  }

  #gather(document: SdpDocument, ufrag: string, gathering: Gathering): void {
    const index = document.sections.findIndex((section) => !section.rejected);
    const place = { sdpMid: document.sections[index]?.mid ?? null, sdpMLineIndex: index, usernameFragment: ufrag };
    const emit = (number: number) => {
      if (this.#gatherings.get(ufrag) !== gathering) return;
      gathering.complete = number > this.#candidatesPerGeneration;
      const candidate = gathering.complete ? '' : candidateLine(number, ufrag);
      this.#host.fireCandidate(new VirtualIceCandidate({ candidate, ...place }));
      if (gathering.complete) this.#updateGatheringState();
      else soon(() => emit(number + 1));
    };
    const soon = (work: () => void) => (this.#variant.earlyCandidates ? work() : this.#host.gatherLater(work));
    soon(() => emit(1));
  }

  #updateGatheringState(): void {
    const gatherings = [...this.#gatherings.values()];
    const idle = gatherings.length === 0 ? 'new' : 'complete';
    const state = gatherings.every(({ complete }) => complete) ? idle : 'gathering';
    if (state === this.gatheringState) return;
    this.gatheringState = state;
    this.#host.fireGatheringState();
    if (state === 'complete') this.#host.fireCandidate(null);
  }

  /** The ufrag of a description where none is in use. */
  #firstUfrag(): string {
    const keeps = this.#variant.rollbackKeepsUfrag && this.#host.descriptions().currentLocal === null;
    return keeps && this.#generations > 0 ? this.#ufrag() : this.#newUfrag();
  }

  #newUfrag(): string {
    this.#generations += 1;
    return this.#ufrag();
  }

  #ufrag(): string {
    return `${this.#label}${String(this.#generations).padStart(4, '0')}`;
  }
}
