/** The check of all models, or of some: one after the other, each compared with the manifest. */
import { check, type Model, type Progress, type Report } from '../engine/index.ts';
import { entries as allEntries } from './entries.ts';
import type { ModelEntry, Tier } from './entry.ts';
import { differences, type ManifestEntry, toManifestEntry } from './manifest.ts';
import { holds, type ModelResult, toResult } from './result.ts';

export interface RunCheckOptions {
  /** `deep` includes `ci`. Default `ci`. */
  readonly tier?: Tier | undefined;
  /** The models to choose from. Default: all that are in the manifest. */
  readonly entries?: readonly ModelEntry[] | undefined;
  /** Only models whose name contains each of these words. */
  readonly models?: readonly string[] | undefined;
  /** Only one share of so many, so that several processes divide the work. Shares count from 0. */
  readonly share?: { readonly number: number; readonly of: number } | undefined;
  /** Threads for the models that are worth it. Default 1. */
  readonly threads?: number | undefined;
  /** Bytes that one model may use. Default 4 GiB. */
  readonly maxBytes?: number | undefined;
  /** What is expected. Absent: nothing is compared. */
  readonly manifest?: readonly ManifestEntry[] | undefined;
  readonly onResult?: ((result: ModelResult) => void) | undefined;
  /** Called before `onResult`, with what the result sums up. It is awaited. */
  readonly onReport?: ((report: Report, model: Model, entry: ModelEntry) => void | Promise<void>) | undefined;
  readonly onProgress?: ((model: string, progress: Progress) => void | Promise<void>) | undefined;
}

export interface CheckOutcome {
  readonly results: readonly ModelResult[];
  /** Where the results differ from the manifest, in sentences. */
  readonly differences: readonly string[];
  /** Every property holds, and nothing differs. */
  readonly ok: boolean;
}

/** Thrown for a check that cannot be made as asked; the message says what can. */
export class CheckInputError extends Error {
  override readonly name = 'CheckInputError';
}

/** Throws `CheckInputError` when no model is meant. */
export async function runCheck(options: RunCheckOptions = {}): Promise<CheckOutcome> {
  const { manifest, onReport, onResult } = options;
  const results: ModelResult[] = [];
  const differing: string[] = [];
  let previous: { readonly key: string | undefined; readonly model: Model } | undefined;
  for (const entry of selectModels(options)) {
    const shared = entry.sharing !== undefined && previous?.key === entry.sharing ? previous.model : undefined;
    const model = entry.create(shared);
    previous = { key: entry.sharing, model };
    const report = await explore(entry, model, options);
    await onReport?.(report, model, entry);
    const result = toResult(entry, report);
    results.push(result);
    if (manifest) {
      const expected = manifest.find(({ model: name }) => name === entry.name);
      differing.push(...differences(toManifestEntry(result), expected));
    }
    onResult?.(result);
  }
  return { results, differences: differing, ok: differing.length === 0 && results.every(holds) };
}

/** The models that are meant, in order. Throws `CheckInputError` when there are none. */
export function selectModels(options: RunCheckOptions): readonly ModelEntry[] {
  const { tier = 'ci', entries = allEntries, models = [], share } = options;
  const inTier = entries.filter((entry) => tier === 'deep' || entry.tier === 'ci');
  const chosen = inTier.filter(({ name }) => models.every((word) => name.includes(word)));
  if (chosen.length === 0) {
    const near = entries.some(({ name }) => models.every((word) => name.includes(word)));
    const hint = near
      ? 'it is checked by the deep check only'
      : `there are ${entries.length}, such as ${entries[0]!.name}`;
    throw new CheckInputError(`no model is called ${models.join(' ')}: ${hint}`);
  }
  return share ? chosen.filter((entry) => groupOf(entry, chosen) % share.of === share.number) : chosen;
}

/** Models that share what they have worked out stay together. */
function groupOf({ sharing, name }: ModelEntry, chosen: readonly ModelEntry[]): number {
  const groups = [...new Set(chosen.map((entry) => entry.sharing ?? entry.name))];
  return groups.indexOf(sharing ?? name);
}

async function explore(entry: ModelEntry, model: Model, options: RunCheckOptions): Promise<Report> {
  const { threads = 1, maxBytes, onProgress, manifest } = options;
  const limits = {
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(onProgress ? { onProgress: (progress: Progress) => onProgress(entry.name, progress) } : {}),
  };
  const size = manifest?.find(({ model: name }) => name === entry.name)?.distinctStates ?? 0;
  if (threads === 1 || entry.source === undefined || size < worthThreads) return check(model, limits);
  // Loaded only here, so that a page can import this module without Node's threads.
  const { checkInThreads } = await import('../engine/threads.ts');
  return checkInThreads(entry.source(), { ...limits, threads });
}

/** Below so many states a thread takes longer to start than it saves. */
const worthThreads = 500_000;
