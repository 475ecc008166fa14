/**
 * The two payloads that negotiation carries but never looks into beyond their ICE generation: descriptions and
 * candidates, in the W3C's JSON shapes, spelled out here because core compiles without DOM types.
 */

/** `RTCSignalingState` of the engine, verbatim. Spec: w3c.github.io/webrtc-pc/#dom-rtcsignalingstate */
export type SignalingState =
  'stable' | 'have-local-offer' | 'have-remote-offer' | 'have-local-pranswer' | 'have-remote-pranswer' | 'closed';

/** Shape: `{ type: 'offer', sdp: 'v=0\r\n…' }`. Spec: w3c.github.io/webrtc-pc/#dom-rtcsessiondescriptioninit */
export interface Description {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

/**
 * Shape: `{ candidate: 'candidate:1 1 udp …', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'x1Yz' }`.
 * `candidate: ''` is the end-of-candidates indication. Spec: w3c.github.io/webrtc-pc/#dom-rtcicecandidateinit
 */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid?: string | null | undefined;
  readonly sdpMLineIndex?: number | null | undefined;
  readonly usernameFragment?: string | null | undefined;
}

/** The ICE generation that a candidate names: its field or, where only its line was sent, the line's extension. */
export const ufragOf = ({ candidate, usernameFragment }: Candidate): string | undefined =>
  usernameFragment || / ufrag (\S+)/.exec(candidate)?.[1];

/** The ICE username fragments that a description names, in order, without repeats. Spec: RFC 8839 §5.4. */
export const iceUfrags = (sdp: string): readonly string[] => [
  ...new Set([...sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].map((match) => match[1] ?? '')),
];

/** Those of its m-lines that live, as a rejected one goes on naming what it had when it was rejected. */
export const liveUfrags = (sdp: string): readonly string[] => iceUfrags(withoutRejected(sdp));

/**
 * Whether the next description of a side begins a new ICE generation: its m-lines that live have none of the
 * credentials of those that lived before. Spec: RFC 8839 §4.4.1.1.1
 */
export const restartsIce = (previous: string, next: string): boolean => {
  const known = liveUfrags(previous);
  const fresh = liveUfrags(next);
  return known.length > 0 && fresh.length > 0 && !fresh.some((ufrag) => known.includes(ufrag));
};

/** Without m-lines of port 0, unless that stands for being bundled only. Spec: RFC 9143 §6 */
const withoutRejected = (sdp: string): string =>
  sdp
    .split(/^(?=m=)/m)
    .filter((section) => !/^m=\S+ 0 /.test(section) || /^a=bundle-only\s*$/m.test(section))
    .join('');

/** The mids of a description's m-lines, in order; none where it names none. Spec: RFC 8843 §15 */
export const mids = (sdp: string): readonly string[] =>
  [...sdp.matchAll(/^a=mid:(\S+)/gm)].map((match) => match[1] ?? '');
