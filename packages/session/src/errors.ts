/** The errors of a session: what the caller did wrong is thrown; what the other side or the engine did is emitted. */
import type { ReportCode } from '@detente/core';

export type NegotiationErrorCode =
  | ReportCode
  /** An option makes no sense; the message says which values do. */
  | 'invalid-option'
  /** The engine cannot roll back, which the role needs; the message says which roles fit. */
  | 'role-needs-rollback'
  /** The object is no peer connection of a known shape; the message says what it lacks. */
  | 'unknown-engine'
  /** Another session negotiates on the same peer connection. */
  | 'second-session'
  /** The session is closed. */
  | 'session-closed'
  /** Something came from the other side that is no message of this wire; it was dropped. */
  | 'invalid-message'
  /** A message came from or for another session; it was dropped. */
  | 'foreign-message';

/** Shape: `{ code: 'operation-failed', recoverable: true, cause: DOMException }`. */
export class NegotiationError extends Error {
  override readonly name = 'NegotiationError';
  readonly code: NegotiationErrorCode;
  /** Whether the session goes on. */
  readonly recoverable: boolean;

  constructor(code: NegotiationErrorCode, message: string, options: { recoverable: boolean; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.recoverable = options.recoverable;
  }
}

/** Something that must be true is not: a bug in this library, never the caller's fault. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
  /** Which of the named invariants, such as `S3`. */
  readonly id: string;

  constructor(id: string, message: string) {
    super(`${id}: ${message}`);
    this.id = id;
  }
}
