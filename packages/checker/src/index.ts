/** The public entry point of `@detente/checker`: the check of every model. The explorer itself is `@detente/checker/engine`. */
export { assumptionsOf } from './check/assumptions.ts';
export { entries, toPairEntry } from './check/entries.ts';
export type { PairEntry } from './check/catalogue.ts';
export type { ModelEntry, Tier } from './check/entry.ts';
export { differences, type ManifestEntry, toManifestEntry } from './check/manifest.ts';
export { holds, type ModelResult, type PropertyResult } from './check/result.ts';
export { CheckInputError, type CheckOutcome, runCheck, type RunCheckOptions, selectModels } from './check/run-check.ts';
