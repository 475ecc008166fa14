/** A model as the checks know it, whatever it is a model of. */
import type { Model, ModelSource } from '../engine/index.ts';

export type Tier = 'ci' | 'deep';

export interface ModelEntry {
  /** Unique. Shape: `requester-arbiter.rollback-none.declines.failures-1`. */
  readonly name: string;
  /** `ci`: at every commit; `deep`: from time to time. */
  readonly tier: Tier;
  readonly roles: readonly string[];
  /** How far it goes, as plain data. */
  readonly bound: Readonly<Record<string, unknown>>;
  readonly assumptions: readonly string[];
  /** Models with the same key share what they have worked out, if they are made one after the other. */
  readonly sharing?: string;
  /** `previous`: the model made before, if it has the same key. */
  readonly create: (previous?: Model) => Model;
  /** For worker threads. Absent: one thread is enough. */
  readonly source?: () => ModelSource;
}
