/**
 * The W3C's check whether negotiation is needed, as far as the public API shows what it looks at. Asked at `stable`,
 * where the local and remote descriptions are the current ones.
 * Spec: w3c.github.io/webrtc-pc/#dfn-check-if-negotiation-is-needed
 */
import { intersection, type MediaSection, mediaSections, mirrored, sends } from './media-sections.ts';
import type { PeerConnectionLike, TransceiverLike } from './peer-connection-like.ts';

/**
 * Does not see a data channel that is the first, `restartIce()`, and `setStreams()` on a sender that sends: no engine
 * shows these but by its event.
 */
export const isNegotiationNeeded = (pc: PeerConnectionLike): boolean => {
  const local = mediaSections(pc.localDescription);
  const remote = mediaSections(pc.remoteDescription);
  const weOffered = pc.localDescription?.type === 'offer';
  const transceivers = pc.getTransceivers();
  const find = (sections: readonly MediaSection[], { mid }: TransceiverLike) =>
    mid === null ? undefined : sections.find((section) => section.mid === mid);
  return (
    transceivers.some((each) => isOwed(each, find(local, each), find(remote, each), weOffered)) ||
    local.some((ours, index) => isOrphan(ours, remote[index], transceivers))
  );
};

const isOwed = (
  { direction, currentDirection }: TransceiverLike,
  ours: MediaSection | undefined,
  theirs: MediaSection | undefined,
  weOffered: boolean,
): boolean => {
  if (currentDirection === 'stopped') return ours !== undefined && !ours.rejected && theirs?.rejected !== true;
  if (direction === 'stopped' || ours === undefined || theirs === undefined) return true;
  if (sends(direction) && !ours.namesStreams) return true;
  const offered = mirrored(theirs.direction);
  return weOffered
    ? ours.direction !== direction && offered !== direction
    : ours.direction !== intersection(direction, offered);
};

/** react-native-webrtc takes a stopped transceiver off its m-line before that is negotiated. */
const isOrphan = (
  ours: MediaSection,
  theirs: MediaSection | undefined,
  transceivers: readonly TransceiverLike[],
): boolean =>
  ours.kind !== 'application' &&
  !ours.rejected &&
  theirs?.rejected !== true &&
  transceivers.every(({ mid }) => mid !== ours.mid);
