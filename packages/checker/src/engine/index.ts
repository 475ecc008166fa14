/**
 * A general explicit-state model checker: exact, breadth-first, deterministic, in plain typed arrays. It knows nothing of
 * what it checks and imports nothing; `checkInThreads`, which needs Node, is an entry point of its own.
 *
 * @example
 * const report = await check({
 *   words: 1,
 *   properties: [{ type: 'always', id: 'small', sentence: 'the count stays below 9', holds: (state) => state[0]! < 9 }],
 *   init: (emit) => emit(Int32Array.of(0)),
 *   next: (state, emit) => emit(0, Int32Array.of((state[0]! + 1) % 10)),
 *   mayRest: () => false,
 *   describe: () => 'count',
 * });
 */
export { check, type CheckOptions } from './check.ts';
export { CheckerError, type CheckerErrorCode } from './errors.ts';
export type { Emit, Model, ModelSource } from './model.ts';
export type {
  Always,
  Bounded,
  Eventually,
  Fairness,
  LeadsTo,
  Property,
  Sometimes,
  StatePredicate,
  StepPredicate,
} from './property.ts';
export { claimOf } from './property.ts';
export { formatPath, formatReport } from './report.ts';
export type { Path, PropertyReport, Report, Verdict } from './report.ts';
export { estimateBytes, type Limits, type Progress, type Stop } from './search.ts';
export type { PackedState } from './state.ts';
export { initialStates, successors, type PathState, type PathStep } from './steps.ts';
