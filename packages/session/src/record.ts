/** Recording a session, for bug reports and for `detente replay`. */
import type { NegotiationSession } from './session.ts';
import type { Recording, Trace } from './trace.ts';

export interface Recorder {
  /** What happened since the recording began. JSON; it holds descriptions and candidates, and so addresses. */
  recording(): Recording;
  /** Records no more; what was recorded stays. */
  stop(): void;
}

/**
 * Records every step of a session from now on, until it is stopped. Every step is kept: for a session that lives long,
 * stop and begin anew from time to time.
 *
 * ```ts
 * const recorder = record(session);
 * session.on('error', () => save(JSON.stringify(recorder.recording()))); // detente replay <file>
 * ```
 */
export const record = (session: NegotiationSession): Recorder => {
  const start = session.snapshot().endpoint;
  const steps: Trace[] = [];
  const stop = session.on('trace', (step) => void steps.push(step));
  return { recording: () => ({ v: 1, id: session.id, start, steps: [...steps] }), stop };
};
