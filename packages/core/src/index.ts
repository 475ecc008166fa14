/** The public entry point of `@detente/core`. */
export {
  type Candidate,
  type Description,
  type SignalingState,
  iceUfrags,
  liveUfrags,
  mids,
  restartsIce,
  ufragOf,
} from './description.ts';
export {
  createEndpoint,
  type CandidateOf,
  type Endpoint,
  type EndpointLimits,
  type EndpointOptions,
  type Input,
  type Numbered,
  type Output,
  type Registers,
} from './endpoint/endpoint.ts';
export { endpointStep } from './endpoint/endpoint-step.ts';
export { type ReportCode, isRecoverable, reportCodes, reportMessage } from './errors.ts';
export type { Context, MachineOptions, WhileAsking } from './machine/context.ts';
export type { Effect, Operation, TimerName } from './machine/effects.ts';
export {
  type CandidateOwner,
  type DeclineReason,
  type EngineRest,
  type NegotiationEvent,
  allEvents,
  eventName,
} from './machine/events.ts';
export { type Role, counterpart, needsRollback, roles } from './roles.ts';
export { spec } from './spec.ts';
export {
  type MachineState,
  type NegotiationState,
  type StatePath,
  type Step,
  initialState,
  internState,
  isSettled,
  step,
  toNegotiationState,
} from './step.ts';
export {
  type Envelope,
  type EnvelopeResult,
  type Message,
  type MessageKind,
  type ParseResult,
  parseEnvelope,
  wireVersion,
} from './wire/message.ts';
export { createInliveClientCodec, createInliveServerCodec } from './wire/inlive.ts';
export { w3cCodec } from './wire/w3c.ts';
export type { Codec } from './wire/codec.ts';
export { allMachineOptions, reachableStates } from './reachable.ts';
export { type IgnoredRule, ignoredRules, whyIgnored } from './machine/ignored.ts';
export { ownerOf } from './endpoint/candidates.ts';
export { classify } from './endpoint/classify.ts';
export { chart } from './machine/chart.ts';
export type { Chart, Deed, Move, State } from './machine/chart-types.ts';
export { type FlagName, flags } from './machine/flags.ts';
export { type GuardArgs, type GuardName, guards } from './machine/guards.ts';
