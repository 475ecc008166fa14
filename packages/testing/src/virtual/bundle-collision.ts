/**
 * A fault of Chromium 156, whose rollback forgets an offer but not the header extension ids that its first kind of media
 * took. When the other side's offer brings only the other kind, and no media was negotiated before, the ids clash on the
 * one transport that both use: from then on this end can set no offer that has the kind it lost with, until the other side
 * offers that kind. Where something else had been negotiated, it is the other side's offer that fails, and after it
 * everything.
 */
import { type Descriptions, sectionsOf } from './descriptions.ts';
import type { MediaSection, SdpDocument } from './sdp.ts';

type Kind = MediaSection['kind'];

const mediaKinds = (sections: readonly MediaSection[]): readonly Kind[] =>
  sections.filter(({ kind, rejected }) => kind !== 'application' && !rejected).map(({ kind }) => kind);

export class BundleCollision {
  /** The kind that an offer of ours took the first ids for, while no media is negotiated. */
  #claimed: Kind | null = null;
  #claimIsSet = false;
  /** The kind that no offer of ours can have. */
  #broken: Kind | null = null;
  /** Why nothing works any more. */
  sessionError: string | null = null;

  offerCreated(offer: SdpDocument, { currentLocal }: Descriptions): void {
    const [first = null] = mediaKinds(offer.sections);
    if (mediaKinds(sectionsOf(currentLocal)).length === 0) this.#claimed ??= first;
  }

  /** Why the engine refuses a local offer. */
  refusesLocal(offer: SdpDocument): string | undefined {
    if (this.#broken === null || !mediaKinds(offer.sections).includes(this.#broken)) return undefined;
    return 'A BUNDLE group contains a codec collision for header extension id=1. The id must be the same across all bundled media descriptions';
  }

  localOfferSet(): void {
    this.#claimIsSet = this.#claimed !== null;
  }

  /** Our own offer was answered: its ids stand. */
  localOfferAnswered(): void {
    this.#claimed = null;
    this.#claimIsSet = false;
  }

  /** Why the engine refuses a remote offer, which is the end of it. */
  refusesRemote(offer: SdpDocument, { currentLocal }: Descriptions): string | undefined {
    const hasTransport = sectionsOf(currentLocal).some(({ rejected }) => !rejected);
    if (!hasTransport || !this.#claimIsSet || !this.#losesTo(offer)) return undefined;
    const refusal = 'RTP extension ID reassignment not supported';
    this.sessionError = `Session error code: ERROR_CONTENT. Session error description: ${refusal}`;
    return refusal;
  }

  remoteOfferAnswered(offer: SdpDocument): void {
    const offered = mediaKinds(offer.sections);
    if (this.#losesTo(offer)) this.#broken = this.#claimed;
    if (this.#broken !== null && offered.includes(this.#broken)) this.#broken = null;
    if (offered.length > 0) this.localOfferAnswered();
  }

  #losesTo(offer: SdpDocument): boolean {
    const offered = mediaKinds(offer.sections);
    return this.#claimed !== null && offered.length > 0 && !offered.includes(this.#claimed);
  }
}
