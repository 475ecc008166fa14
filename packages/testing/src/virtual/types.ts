/**
 * The W3C dictionaries and unions that the virtual engine takes and returns, spelled out here because this package
 * compiles without DOM types.
 */

/** Spec: w3c.github.io/webrtc-pc/#dom-rtcsdptype */
export type SdpType = 'offer' | 'pranswer' | 'answer' | 'rollback';

/** Spec: w3c.github.io/webrtc-pc/#dom-rtcsignalingstate */
export type SignalingState =
  'stable' | 'have-local-offer' | 'have-remote-offer' | 'have-local-pranswer' | 'have-remote-pranswer' | 'closed';

/** Spec: w3c.github.io/webrtc-pc/#dom-rtcicegatheringstate */
export type IceGatheringState = 'new' | 'gathering' | 'complete';

/** Spec: w3c.github.io/webrtc-pc/#dom-rtcrtptransceiverdirection, without `stopped`. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export type MediaKind = 'audio' | 'video';

/** Which end made a description, seen from here. */
export type Side = 'local' | 'remote';

/** Shape: `{ type: 'offer', sdp: 'v=0\r\n…' }`; a rollback has no `sdp`. */
export interface DescriptionInit {
  readonly type: SdpType;
  readonly sdp?: string | undefined;
}

/** Spec: w3c.github.io/webrtc-pc/#dom-rtclocalsessiondescriptioninit */
export interface LocalDescriptionInit {
  readonly type?: SdpType | undefined;
  readonly sdp?: string | undefined;
}

/** Spec: w3c.github.io/webrtc-pc/#dom-rtcicecandidateinit */
export interface CandidateInit {
  readonly candidate?: string | undefined;
  readonly sdpMid?: string | null | undefined;
  readonly sdpMLineIndex?: number | null | undefined;
  readonly usernameFragment?: string | null | undefined;
}

export interface OfferOptions {
  readonly iceRestart?: boolean | undefined;
}

/** What the engine needs of a track; a `MediaStreamTrack` fits. */
export interface MediaTrack {
  readonly id: string;
  readonly kind: string;
}

/** What the engine needs of a stream; a `MediaStream` fits. */
export interface MediaSource {
  readonly id: string;
}

/** Spec: w3c.github.io/webrtc-pc/#dom-rtcrtptransceiverinit */
export interface TransceiverInit {
  readonly direction?: Direction | undefined;
  readonly streams?: readonly MediaSource[] | undefined;
}
