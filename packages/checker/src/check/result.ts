/** What is told of one model: plain JSON data, in the shape that `detente check --json` prints. */
import { formatPath, type Path, type Report } from '../engine/index.ts';
import type { ModelEntry, Tier } from './entry.ts';

export interface PropertyResult {
  readonly id: string;
  readonly sentence: string;
  readonly holds: boolean;
  readonly verdict: Report['properties'][number]['verdict'];
  readonly assuming?: readonly string[];
  /** Of L3 and L4: the exact number. */
  readonly bound?: number | 'unbounded';
  /** Lines of text: the initial state, then numbered steps. */
  readonly counterexample?: string;
}

/** Shape: `{ model: 'polite-impolite.rollback-both.endless.follow-left', distinctStates: 9658, properties: […], … }`. */
export interface ModelResult {
  readonly model: string;
  readonly tier: Tier;
  readonly roles: readonly string[];
  readonly bound: Readonly<Record<string, unknown>>;
  readonly assumptions: readonly string[];
  readonly distinctStates: number;
  readonly transitions: number;
  readonly depth: number;
  readonly seconds: number;
  readonly properties: readonly PropertyResult[];
  /** It was stopped half way: how far it came, and what to lower. */
  readonly stopped?: string;
}

export const holds = ({ properties }: ModelResult): boolean => properties.every((property) => property.holds);

export function toResult({ name, tier, roles, bound, assumptions }: ModelEntry, report: Report): ModelResult {
  const { distinctStates, transitions, depth, seconds, properties, stop } = report;
  return {
    model: name,
    tier,
    roles,
    bound,
    assumptions,
    distinctStates,
    transitions,
    depth,
    seconds,
    properties: properties.map(({ id, sentence, holds: held, verdict, assuming, bound: found, counterexample }) => ({
      id,
      sentence,
      holds: held,
      verdict,
      ...(assuming ? { assuming } : {}),
      ...(found === undefined ? {} : { bound: found }),
      ...(counterexample ? { counterexample: toText(counterexample) } : {}),
    })),
    ...(stop ? { stopped: stop.message } : {}),
  };
}

const toText = (path: Path): string => formatPath(path);
