/** The manifest: what every model was found to be, committed, so that any difference is seen. */
import { holds, type ModelResult } from './result.ts';

/** In the manifest only what does not vary from run to run. */
export interface ManifestEntry extends Omit<ModelResult, 'seconds' | 'properties' | 'stopped'> {
  readonly verdict: 'holds' | 'fails';
  /** By property, as `{ L3: 2 }`: the exact numbers of steps. */
  readonly bounds: Readonly<Record<string, number | 'unbounded'>>;
  /** What was claimed. */
  readonly properties: readonly string[];
}

export const toManifestEntry = (result: ModelResult): ManifestEntry => {
  const { model, tier, roles, bound, assumptions, distinctStates, transitions, depth, properties } = result;
  return {
    model,
    tier,
    roles,
    bound,
    assumptions,
    distinctStates,
    transitions,
    depth,
    verdict: holds(result) ? 'holds' : 'fails',
    bounds: Object.fromEntries(
      properties.flatMap(({ id, bound: found }) => (found === undefined ? [] : [[id, found]])),
    ),
    properties: properties.map(({ id }) => id),
  };
};

/** What is not as it was, in sentences. Empty: nothing. */
export function differences(found: ManifestEntry, expected: ManifestEntry | undefined): readonly string[] {
  if (expected === undefined) return [`${found.model} is not in the manifest`];
  return (Object.keys(found) as readonly (keyof ManifestEntry)[])
    .filter((key) => JSON.stringify(found[key]) !== JSON.stringify(expected[key]))
    .map((key) => `${found.model}: ${key} was ${JSON.stringify(expected[key])}, is ${JSON.stringify(found[key])}`);
}
