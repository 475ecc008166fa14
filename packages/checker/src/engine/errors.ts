/** The ways in which a model or its use can be wrong. What the checker finds out about a sound model is never an error. */

/** What is wrong. */
export type CheckerErrorCode =
  'bad-model' | 'bad-limits' | 'not-deterministic' | 'move-out-of-range' | 'symmetry-hides-cycles' | 'worker-failed';

/** Thrown for a model that cannot be checked as it stands; the message says what to change. */
export class CheckerError extends Error {
  readonly code: CheckerErrorCode;

  constructor(code: CheckerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CheckerError';
    this.code = code;
  }
}
