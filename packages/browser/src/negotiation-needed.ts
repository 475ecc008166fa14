/**
 * The W3C's check whether negotiation is needed, as far as the public API shows what it looks at. Asked at `stable`,
 * where the local and remote descriptions are the current ones.
 * Spec: w3c.github.io/webrtc-pc/#dfn-check-if-negotiation-is-needed
 */
import { intersection, type MediaSection, mediaSections, mirrored, sends } from './media-sections.ts';
import type { PeerConnectionLike, TransceiverLike } from './peer-connection-like.ts';

/**
 * `asked`: the m-lines of the last offer of ours that was answered; with none it is the check of the W3C to the letter.
 *
 * Does not see a data channel that is the first, `restartIce()`, and new streams of a sender that sends, by `setStreams()`
 * or by an `addTrack()` that takes a sender without a track: no engine shows these but by its event.
 */
export const isNegotiationNeeded = (pc: PeerConnectionLike, asked: readonly MediaSection[]): boolean => {
  const local = mediaSections(pc.localDescription);
  const remote = mediaSections(pc.remoteDescription);
  const weOffered = pc.localDescription?.type === 'offer';
  const transceivers = pc.getTransceivers();
  return (
    transceivers.some((transceiver) => {
      const of = (sections: readonly MediaSection[]) => sectionOf(transceiver, sections);
      return isOwed(transceiver, { ours: of(local), theirs: of(remote), asked: of(asked), weOffered });
    }) || local.some((ours, index) => isOrphan(ours, remote[index], transceivers))
  );
};

const sectionOf = ({ mid }: TransceiverLike, sections: readonly MediaSection[]): MediaSection | undefined =>
  mid === null ? undefined : sections.find((section) => section.mid === mid);

interface Negotiated {
  readonly ours: MediaSection | undefined;
  readonly theirs: MediaSection | undefined;
  readonly asked: MediaSection | undefined;
  readonly weOffered: boolean;
}

const isOwed = (
  { direction, currentDirection }: TransceiverLike,
  { ours, theirs, asked, weOffered }: Negotiated,
): boolean => {
  if (currentDirection === 'stopped') return ours !== undefined && !ours.rejected && theirs?.rejected !== true;
  if (direction === 'stopped' || ours === undefined || theirs === undefined) return true;
  const offered = mirrored(theirs.direction);
  if (sends(direction) && !ours.namesStreams) {
    // Departs from the W3C: what the other side has just turned down is not offered once more after its next offer.
    // Firefox names streams in an answer only where it sends, so two such sides would offer in turns for ever.
    return weOffered || sends(offered) || asked?.direction !== direction;
  }
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
