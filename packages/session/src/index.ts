/** The public entry point of `@detente/session`. */
export { InvariantViolation, NegotiationError, type NegotiationErrorCode } from './errors.ts';
export { type SessionOptions, type Timeouts, defaultTimeouts } from './options.ts';
export type { MediaNeeds, OfferOptions, PeerConnectionPort, PortCapabilities, PortListener } from './port.ts';
export { type NegotiationSession, type SessionEvents, type Stall, type Trace, createSession } from './session.ts';
export { type Timers, platformTimers } from './timers.ts';
