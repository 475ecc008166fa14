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
export { type End, ends, otherEnd } from './ends.ts';
export {
  type EngineChoice,
  type RolePairName,
  type Setting,
  rolePairNames,
  rolePairs,
  settingArbitrary,
} from './fuzz/setting.ts';
export { type InterleavingsOptions, checkStory, interleavings } from './fuzz/interleavings.ts';
export { StoryFailure } from './fuzz/story-failure.ts';
export { judgePlayed } from './fuzz/judge.ts';
export { type Played, playStory } from './fuzz/play.ts';
export { type Move, type Story, type Trouble, storyArbitrary } from './fuzz/story.ts';
export type { GauntletRole, Negotiator, NegotiatorDriver, NegotiatorHost } from './gauntlet/driver.ts';
export { detenteNegotiators, negotiators } from './gauntlet/negotiators.ts';
export { type GauntletOptions, type GauntletResult, type Verdict, runGauntlet, runScenario } from './gauntlet/run.ts';
export type { Scenario } from './gauntlet/scenario.ts';
export { scenarios } from './gauntlet/scenarios.ts';
export type { FrameKind, Stage, StageEnd } from './gauntlet/stage.ts';
export { toGauntletMarkdown } from './gauntlet/table.ts';
export {
  type Acceptance,
  type BeginningOperation,
  type Invariant,
  type InvariantId,
  type Observations,
  assertInvariant,
  invariants,
} from './invariants.ts';
export {
  type Change,
  type ChangeKind,
  type CreateEngine,
  type EngineSetting,
  type PairEngine,
  changeKinds,
} from './pair/engine.ts';
export { type LightEngineOptions, createLightEngine } from './pair/light-engine.ts';
export {
  type Pair,
  type PairEnd,
  type PairOptions,
  type PairRun,
  type RecordedSide,
  type VirtualPairOptions,
  createPair,
  createPairOf,
  toTimers,
} from './pair/pair.ts';
export { type VirtualPairEngine, createVirtualEngine } from './pair/virtual-engine.ts';
export { type Circumstances, type Deeds, type Witness, createWitness } from './pair/witness.ts';
export { type Random, createRandom } from './random.ts';
export {
  type ChannelListener,
  type Fate,
  type Frame,
  type SignalingChannel,
  createSignalingChannel,
} from './signaling-channel.ts';
export { createVirtualPort } from './virtual-port.ts';
export { type Choice, type RecordedEvent, type World, createWorld, toLines } from './world.ts';
export { type ConformanceCase, runAdapterConformance } from './conformance/run.ts';
export type { ConformanceSetup } from './conformance/setup.ts';
