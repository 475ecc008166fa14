/**
 * What a check tells: figures about the state space, a verdict for each property, and paths through the model that show
 * it. Everything but `seconds` is the same on every run; all of it is plain JSON data.
 */
import type { Property } from './property.ts';
import type { Stop } from './search.ts';
import type { PathState, PathStep } from './steps.ts';

/**
 * A run: the steps from an initial state and, if the run goes on for ever, the cycle that it then repeats; the last step
 * of the cycle leads back to the state in which it began. A path without a cycle ends in its last state.
 */
export interface Path {
  readonly initial: PathState;
  readonly steps: readonly PathStep[];
  readonly cycle?: readonly PathStep[];
}

/**
 * - `holds`
 * - `violated`: the counterexample shows how.
 * - `never-reached`: a `sometimes` that never is.
 * - `vacuous`: no reachable state satisfies the premise, so nothing was shown.
 * - `undecided`: the search stopped before it could tell.
 */
export type Verdict = 'holds' | 'violated' | 'never-reached' | 'vacuous' | 'undecided';

/** What became of one property. */
export interface PropertyReport {
  readonly id: string;
  readonly sentence: string;
  /** `deadlock` is the property `no-deadlock`, which every model has. */
  readonly type: Property['type'] | 'deadlock';
  /** Whether the verdict is `holds`. */
  readonly holds: boolean;
  readonly verdict: Verdict;
  /** Fairness that was assumed, as `weak: delivery`. */
  readonly assuming?: readonly string[];
  /** Of a `bounded` property, the largest number of steps that count while it is pending. */
  readonly bound?: number | 'unbounded';
  /** Of a violated property. As short as possible for `always` and `no-deadlock`; with the shortest way in for cycles. */
  readonly counterexample?: Path;
  /** A shortest path to what a `sometimes` claims; for a `bounded` that holds, a path that reaches the bound. */
  readonly witness?: Path;
}

/** The outcome of a check. */
export interface Report {
  /** Whether all reachable states were explored. */
  readonly complete: boolean;
  readonly stop?: Stop;
  readonly distinctStates: number;
  /** Successors that the model emitted, those that lead to known states or back to the same one included. */
  readonly transitions: number;
  /** Steps to the farthest state that was expanded. */
  readonly depth: number;
  readonly seconds: number;
  /** Estimated bytes at the end, as by `estimateBytes`. */
  readonly bytes: number;
  /** `no-deadlock` first, then the model's own in their order. */
  readonly properties: readonly PropertyReport[];
}

/** Sums a report up in one line. */
export function formatReport(report: Report): string {
  const failed = report.properties.filter(({ holds }) => !holds).map(({ id, verdict }) => `${id}:${verdict}`);
  const fields = {
    states: report.distinctStates,
    transitions: report.transitions,
    depth: report.depth,
    sec: report.seconds.toFixed(2),
    holds: `${report.properties.length - failed.length}/${report.properties.length}`,
    ...(failed.length > 0 && { failed: failed.join(',') }),
    ...(report.stop && { stopped: report.stop.reason }),
  };
  return Object.entries(fields)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}

/** Writes a path as numbered lines, a cycle below its own heading. */
export function formatPath(path: Path): string {
  const line = (number: number, label: string, shown: string) => `${String(number).padStart(3)}. ${label} → ${shown}`;
  const steps = path.steps.map(({ label, shown }, at) => line(at + 1, label, shown));
  const cycle = path.cycle?.map(({ label, shown }, at) => line(path.steps.length + at + 1, label, shown)) ?? [];
  return [`  0. ${path.initial.shown}`, ...steps, ...(cycle.length > 0 ? ['for ever:', ...cycle] : [])].join('\n');
}
