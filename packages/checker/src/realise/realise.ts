/**
 * A path through a model of two sides, taken by real sessions: the sessions that ship, over virtual engines and a
 * signaling channel that do at each step what the path says. So what the model claims of a path is seen to be true of the
 * sessions, and a counterexample becomes a recording that can be replayed.
 */
import type { Endpoint } from '@detente/core';
import type { RecordedSide } from '@detente/testing';
import { type Side } from '../model/names.ts';
import { choicesFor } from './choices.ts';
import { differenceFrom, reportsOf } from './correspond.ts';
import { createStage, type Stage } from './stage.ts';
import type { ChangeChoice } from './steered-engine.ts';
import type { UnfoldedPath } from './unfold.ts';

/** What a session did. Fits `Recording` of `@detente/session`. */
export interface SideRecording {
  readonly v: 1;
  readonly id: string;
  readonly start: Endpoint;
  readonly steps: RecordedSide['trace'];
}

export type Realised =
  | {
      readonly ok: true;
      readonly recordings: Readonly<Record<Side, SideRecording>>;
      /** What the sessions broke of the named invariants. */
      readonly violation?: Error;
    }
  /** The sessions could not be brought to take it: how many steps they took at best, and what was different then. */
  | { readonly ok: false; readonly at: number; readonly difference: string };

/** So many ways to change something are tried, at most. */
const mostAttempts = 400;

/** Takes a path with real sessions, and compares them with the model after every step. */
export async function realise(path: UnfoldedPath): Promise<Realised> {
  const choices = [...choicesFor(path)];
  const chosen = choices.map(() => 0);
  let furthest: Extract<Realised, { ok: false }> = { ok: false, at: -1, difference: '' };
  for (let attempts = 0; attempts < mostAttempts; attempts++) {
    const found = await attempt(path, new Map(choices.map(([at, among], number) => [at, among[chosen[number]!]!])));
    if (found.ok) return found;
    if (found.at > furthest.at) furthest = found;
    // The last change before the difference that can be made in yet another way.
    const last = choices.findLastIndex(([at, among], number) => at <= found.at && chosen[number]! < among.length - 1);
    if (last < 0) break;
    chosen[last]! += 1;
    chosen.fill(0, last + 1);
  }
  return furthest;
}

async function attempt(
  { pair, initial, steps }: UnfoldedPath,
  changes: ReadonlyMap<number, ChangeChoice>,
): Promise<Realised> {
  const stage = createStage(pair.parameters);
  const starts = { left: startOf(stage, 'left'), right: startOf(stage, 'right') };
  await stage.settle();
  const difference = differenceFrom(pair, initial, stage);
  if (difference !== null) return { ok: false, at: 0, difference };
  for (const [at, step] of steps.entries()) {
    const failure = await stage.make(step.move, changes.get(at) ?? []);
    const reports = reportsOf(pair, steps[at - 1] ?? initial, step.move).join();
    const different = failure ?? differenceFrom(pair, step, stage) ?? unlike(reports, stage.reports.join());
    if (different !== null) return { ok: false, at, difference: `${step.label}: ${different}` };
  }
  const { violation } = stage.pair;
  const recordingOf = (side: Side): SideRecording => {
    const { session, trace } = stage.pair[side];
    return { v: 1, id: session.id, start: starts[side], steps: [...trace] };
  };
  return {
    ok: true,
    recordings: { left: recordingOf('left'), right: recordingOf('right') },
    ...(violation ? { violation } : {}),
  };
}

const unlike = (predicted: string, found: string): string | null =>
  predicted === found ? null : `the model reports ${predicted || 'nothing'}, the session ${found || 'nothing'}`;

const startOf = ({ pair }: Stage, side: Side): Endpoint => pair[side].session.snapshot().endpoint;
