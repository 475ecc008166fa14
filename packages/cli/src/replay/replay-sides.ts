/** The replay itself, and what is said about it. */
import { type StatePath, isSettled } from '@detente/core';
import { type Replay, replay } from '@detente/session';
import colors from 'picocolors';
import { BadInput, reasonOf } from '../bad-input.ts';
import type { RecordedSide } from './recording-file.ts';

/** Shape of one side in `detente replay --json`. */
export interface ReplayedSide {
  readonly name: string;
  readonly id: string;
  readonly role: string;
  readonly steps: number;
  /** Whether every step came out as it was recorded. */
  readonly asRecorded: boolean;
  /** Where the session is at the end; absent unless `asRecorded`. */
  readonly end?: { readonly path: StatePath; readonly settled: boolean };
  /** The first step that came out otherwise; `at` counts from 0. */
  readonly difference?: Omit<Extract<Replay, { ok: false }>, 'ok'>;
}

/** Throws `BadInput` when the recording cannot be gone through at all. */
export const replaySide = ({ name, recording }: RecordedSide): ReplayedSide => {
  const { id, start, steps } = recording;
  const side = { name, id, role: start.machine.context.role, steps: steps.length };
  const replayed = tryReplay(name, () => replay(recording));
  if (replayed.ok) {
    const { machine } = replayed.endpoint;
    return { ...side, asRecorded: true, end: { path: machine.path, settled: isSettled(machine) } };
  }
  const { ok: _, ...difference } = replayed;
  return { ...side, asRecorded: false, difference };
};

const tryReplay = (name: string, run: () => Replay): Replay => {
  try {
    return run();
  } catch (error) {
    throw new BadInput(`The recording of ${name} contradicts itself and cannot be replayed: ${reasonOf(error)}`);
  }
};

/** Lines for a terminal. */
export const describeReplay = ({ name, id, role, steps, end, difference }: ReplayedSide): readonly string[] => {
  const who = `${colors.bold(name)} ${colors.dim(`(${role}, ${id})`)}`;
  if (difference) {
    const { at, recorded, replayed } = difference;
    const line = (title: string, { from, to, outputs }: typeof recorded) =>
      `    ${title}  ${from} → ${to}, ${brief(outputs)}`;
    return [
      `${colors.red('✗')} ${who}: step ${at + 1} of ${steps} comes out otherwise than recorded`,
      `    input     ${brief(recorded.input)}`,
      line('recorded', recorded),
      line('replayed', replayed),
    ];
  }
  const rest = end?.settled === true ? 'with nothing owed' : 'not settled';
  const count = steps === 1 ? 'its 1 step comes' : `all ${steps} steps come`;
  return [`${colors.green('✓')} ${who}: ${count} out as recorded, and it ends ${end?.path}, ${rest}`];
};

/** JSON, without the text of descriptions. */
const brief = (value: unknown): string =>
  JSON.stringify(value, (key, field: unknown) => (key === 'sdp' ? `${String(field).length} characters` : field));
