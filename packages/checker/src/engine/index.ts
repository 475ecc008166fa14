/**
 * A general explicit-state model checker: exact, breadth-first, deterministic, in plain typed arrays. It knows nothing of
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
export { formatPath, formatReport } from './report.ts';
export type { Path, PathState, PathStep, PropertyReport, Report, Verdict } from './report.ts';
export { estimateBytes, type Limits, type Progress, type Stop } from './search.ts';
export type { PackedState } from './state.ts';
