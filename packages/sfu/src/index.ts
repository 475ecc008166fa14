/** The public entry point of `@detente/sfu`. */
export { type RemoteTrack, type SfuClient, type SfuClientOptions, joinSfu } from './client.ts';
export { type Kind, createPeerConnection } from './engine.ts';
export { SfuError, type SfuErrorCode } from './errors.ts';
export {
  type Negotiator,
  type NegotiatorContext,
  type NegotiatorFactory,
  type NegotiatorHub,
  type NegotiatorHubFactory,
  arbiters,
  requester,
} from './negotiator.ts';
export { type Sfu, type SfuOptions, type SfuStats, createSfu } from './sfu.ts';
