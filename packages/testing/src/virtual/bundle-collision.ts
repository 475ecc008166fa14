/**
 * A fault of Chromium 156, whose rollback forgets an offer but not the header extension ids that the offer took. When
 * audio is offered here and video there, neither negotiated before, the ids clash on the one transport that both use:
 * from then on this end can set no offer that has the kind it lost with, for good, until the other side offers that kind.
 * When an exchange had been completed before, it is the other side's offer that can never be set.
 */
import type { Descriptions } from './descriptions.ts';
import type { SdpDocument } from './sdp.ts';

type Kind = SdpDocument['sections'][number]['kind'];

const mediaKinds = (document: SdpDocument | undefined): ReadonlySet<Kind> =>
  new Set(
    (document?.sections ?? [])
      .filter(({ kind, rejected }) => kind !== 'application' && !rejected)
      .map(({ kind }) => kind),
  );

const without = (kinds: ReadonlySet<Kind>, excluded: ReadonlySet<Kind>): ReadonlySet<Kind> =>
  new Set([...kinds].filter((kind) => !excluded.has(kind)));

export class BundleCollision {
  /** Kinds that an offer of ours took ids for, and that nothing has negotiated yet. */
  #claimed: ReadonlySet<Kind> = new Set();
  #broken: ReadonlySet<Kind> = new Set();

  offerCreated(offer: SdpDocument, { currentLocal }: Descriptions): void {
    this.#claimed = new Set([...this.#claimed, ...without(mediaKinds(offer), mediaKinds(currentLocal?.document))]);
  }

  /** Why the engine refuses a local offer. */
  refusesLocal(offer: SdpDocument): string | undefined {
    if (![...mediaKinds(offer)].some((kind) => this.#broken.has(kind))) return undefined;
    return 'A BUNDLE group contains a codec collision for header extension id=1. The id must be the same across all bundled media descriptions';
  }

  /** Why the engine refuses a remote offer. */
  refusesRemote(offer: SdpDocument, descriptions: Descriptions): string | undefined {
    const collides = this.#lostTo(offer, descriptions).size > 0 && descriptions.currentLocal !== null;
    return collides ? 'RTP extension ID reassignment not supported' : undefined;
  }

  remoteOfferSet(offer: SdpDocument, descriptions: Descriptions): void {
    const offered = mediaKinds(offer);
    this.#broken = without(new Set([...this.#broken, ...this.#lostTo(offer, descriptions)]), offered);
    this.#claimed = without(this.#claimed, offered);
  }

  /** Our own offer was answered: its ids stand. */
  localOfferAnswered(): void {
    this.#claimed = new Set();
  }

  /** The kinds that we claimed and that an offer of other new kinds leaves out. */
  #lostTo(offer: SdpDocument, { currentLocal }: Descriptions): ReadonlySet<Kind> {
    const offered = mediaKinds(offer);
    const bringsNew = without(offered, mediaKinds(currentLocal?.document)).size > 0;
    return bringsNew ? without(this.#claimed, offered) : new Set();
  }
}
