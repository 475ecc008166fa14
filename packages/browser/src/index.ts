/** The public entry point of `@detente/browser`. */
export { type NegotiateOptions, negotiate } from './negotiate.ts';
export type {
  CandidateLike,
  DescriptionLike,
  DescriptionToSet,
  PeerConnectionLike,
  TransceiverLike,
} from './peer-connection-like.ts';
export { type BrowserPortOptions, createBrowserPort } from './port.ts';
