/** Runs that can be recorded, read again and replayed offline: the endpoint is pure, so its inputs are the whole story. */
import { type Endpoint, type Input, type Output, type StatePath, endpointStep } from '@detente/core';

/** One step of the endpoint. */
export interface Trace {
  /** Milliseconds on the session's clock. */
  readonly atMs: number;
  readonly input: Input;
  readonly from: StatePath;
  readonly to: StatePath;
  readonly outputs: readonly Output[];
}

/** Shape: `{ v: 1, id: 'c0ffee…', start: { machine: …, registers: … }, steps: [{ atMs: 12, input: …, … }] }`. */
export interface Recording {
  readonly v: 1;
  readonly id: string;
  readonly start: Endpoint;
  readonly steps: readonly Trace[];
}

export type Replay =
  | { readonly ok: true; readonly endpoint: Endpoint }
  /** The step with this index, counting from 0, came out otherwise than recorded. */
  | { readonly ok: false; readonly at: number; readonly recorded: Trace; readonly replayed: Trace };

/** Takes the recorded inputs again and compares every step. Pure, never throws on a well-formed recording. */
export const replay = ({ start, steps }: Recording): Replay => {
  let endpoint = start;
  for (const [at, recorded] of steps.entries()) {
    const [next, outputs] = endpointStep(endpoint, recorded.input);
    const replayed = { ...recorded, from: endpoint.machine.path, to: next.machine.path, outputs };
    if (JSON.stringify(replayed) !== JSON.stringify(recorded)) return { ok: false, at, recorded, replayed };
    endpoint = next;
  }
  return { ok: true, endpoint };
};
