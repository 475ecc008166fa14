export { type VirtualClock, createVirtualClock, microtasksDone } from './clock.ts';
export { type Agreement, type NegotiatedEnd, agreement, receivedTracks } from './virtual/agreement.ts';
export type { VirtualDataChannel } from './virtual/data-channel.ts';
export type { VirtualSessionDescription } from './virtual/descriptions.ts';
export { type EngineErrorName, engineError } from './virtual/errors.ts';
export type { VirtualIceCandidate } from './virtual/ice.ts';
export {
  type IceCandidateEvent,
  type PeerConnectionEvents,
  type TrackEvent,
  VirtualPeerConnection,
  type VirtualPeerConnectionOptions,
} from './virtual/peer-connection.ts';
export {
  type EngineWork,
  type ManualSchedule,
  type Outcome,
  type PendingWork,
  type Plan,
  type Schedule,
  type Settle,
  createClockSchedule,
  createManualSchedule,
  promptSchedule,
} from './virtual/schedule.ts';
export {
  type MediaSection,
  type Msid,
  type SdpDocument,
  type SdpParseResult,
  parseSdp,
  writeSdp,
} from './virtual/sdp.ts';
export { type VirtualStream, type VirtualTrack, createVirtualStream, createVirtualTrack } from './virtual/tracks.ts';
export type { VirtualReceiver, VirtualSender, VirtualTransceiver } from './virtual/transceiver.ts';
export type {
  CandidateInit,
  DescriptionInit,
  Direction,
  IceGatheringState,
  LocalDescriptionInit,
  MediaKind,
  MediaSource,
  MediaTrack,
  OfferOptions,
  SdpType,
  SignalingState,
  TransceiverInit,
} from './virtual/types.ts';
export { type EngineName, type EngineVariant, type NegotiationNeededLie, engineVariants } from './virtual/variants.ts';
