/**
 * What the rollbacks of real engines leave behind, gathered here so that the engine proper reads as the specification
 * does. Each fault is off unless the variant has it.
 */
import { BundleCollision } from './bundle-collision.ts';
import type { AppliedDescription, AppliedType, Descriptions } from './descriptions.ts';
import { engineError } from './errors.ts';
import { ufragOf } from './ice.ts';
import type { SdpDocument } from './sdp.ts';
import type { EngineVariant } from './variants.ts';

const dataMidOf = (document: SdpDocument | undefined): string | null =>
  document?.sections.find(({ kind }) => kind === 'application')?.mid ?? null;

export class RollbackFaults {
  readonly #variant: EngineVariant;
  readonly #collision: BundleCollision | null;
  /** Where the data channels were to be, when a rollback lost them. */
  #lostDataMid: string | null = null;
  #refusesIceRestart = false;

  constructor(variant: EngineVariant) {
    this.#variant = variant;
    this.#collision = variant.bundleCollision ? new BundleCollision() : null;
  }

  /** No description of this end can have data channels. */
  get lacksData(): boolean {
    return this.#lostDataMid !== null;
  }

  /** Throws when the engine is past all use. */
  assertUsable(): void {
    const error = this.#collision?.sessionError ?? null;
    if (error !== null) throw engineError('OperationError', error);
  }

  /** Throws when the engine refuses a local offer that is otherwise fine. */
  assertTakesLocalOffer(offer: SdpDocument): void {
    const refusal = this.#collision?.refusesLocal(offer);
    if (refusal !== undefined) throw engineError('InvalidAccessError', `Failed to set local offer sdp: ${refusal}`);
  }

  /** Throws when the engine refuses a remote offer that is otherwise fine. Nothing may have been rolled back for it yet. */
  assertTakesRemoteOffer(offer: SdpDocument, descriptions: Descriptions): void {
    const refusal = this.#collision?.refusesRemote(offer, descriptions);
    if (refusal !== undefined) throw engineError('InvalidAccessError', `Failed to set remote offer sdp: ${refusal}`);
  }

  /** Throws when the engine refuses the ICE restart that a remote offer brings. */
  assertTakesRestart(offer: SdpDocument, { currentRemote }: Descriptions): void {
    const [before, after] = [ufragOf(currentRemote?.document), ufragOf(offer)];
    if (!this.#refusesIceRestart || before === '' || after === '' || after === before) return;
    throw engineError(
      'InvalidAccessError',
      'Remote description indicates ICE restart but offer did not request ICE restart',
    );
  }

  offerCreated(offer: SdpDocument, descriptions: Descriptions): void {
    this.#collision?.offerCreated(offer, descriptions);
  }

  /** A local description was set; `before` is what held until then. */
  localSet(type: AppliedType, before: Descriptions): void {
    if (type === 'offer') this.#collision?.localOfferSet();
    if (type !== 'answer') return;
    if (before.pendingRemote !== null) this.#collision?.remoteOfferAnswered(before.pendingRemote.document);
    this.#refusesIceRestart = false;
  }

  /** A remote description was set. */
  remoteSet(type: AppliedType, document: SdpDocument): void {
    if (type === 'offer' && dataMidOf(document) === this.#lostDataMid) this.#lostDataMid = null;
    if (type !== 'answer') return;
    this.#collision?.localOfferAnswered();
    this.#refusesIceRestart = false;
  }

  /** A local offer is about to be rolled back. */
  localRollback(pendingLocal: AppliedDescription, { currentLocal }: Descriptions): void {
    const lost = dataMidOf(currentLocal?.document) === null ? dataMidOf(pendingLocal.document) : null;
    if (this.#variant.rollbackLosesDataSection) this.#lostDataMid ??= lost;
    const restarts = ufragOf(currentLocal?.document) !== ufragOf(pendingLocal.document);
    this.#refusesIceRestart = this.#variant.rollbackRefusesIceRestart && !restarts;
  }
}
