/** What can go wrong with an SFU or a client of one, apart from negotiation itself. */

export const sfuErrorCodes = [
  /** Something else listens on the port. */
  'port-in-use',
  /** The address cannot be listened on, or nothing responds there. */
  'unreachable',
  /** The address names no room. */
  'no-such-room',
  /** A frame is larger than is taken; it was dropped. */
  'frame-too-large',
  /** A frame is no message; it was dropped. */
  'invalid-frame',
  /** The negotiation failed for good, and the connection with it. */
  'negotiation-failed',
  /** The two sides agree, but no media can pass between them. */
  'connection-failed',
] as const;

export type SfuErrorCode = (typeof sfuErrorCodes)[number];

/** Shape: `{ code: 'port-in-use', message: 'Port 8080 of 127.0.0.1 is in use: …' }`. */
export class SfuError extends Error {
  override readonly name = 'SfuError';
  readonly code: SfuErrorCode;

  constructor(code: SfuErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
