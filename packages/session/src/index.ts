/** The public entry point of `@detente/session`. */
export { type Bundle, createBundle, type Descriptions } from './bundle.ts';
export { InvariantViolation, NegotiationError, type NegotiationErrorCode } from './errors.ts';
export { type Hub, type HubOptions, type HubSessionOptions, type HubStats, createHub } from './hub.ts';
export { type SessionOptions, type Timeouts, defaultTimeouts } from './options.ts';
export type { MediaNeeds, OfferOptions, PeerConnectionPort, PortCapabilities, PortListener } from './port.ts';
export { type Recorder, record } from './record.ts';
export { type NegotiationSession, type SessionEvents, createSession } from './session.ts';
export { createSharedTimers } from './shared-timers.ts';
export { type Slots, createSlots } from './slots.ts';
export type { SessionSnapshot } from './snapshot.ts';
export { type Timers, platformTimers } from './timers.ts';
export { type Recording, type Replay, type Trace, replay } from './trace.ts';
export type { Stall } from './waits.ts';
