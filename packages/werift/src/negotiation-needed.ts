/**
 * Whether something local still has to be negotiated, by the algorithm of the W3C rather than by werift's event, which
 * is missing for direction changes and after a rollback.
 */
import type { MediaDescription, RTCPeerConnection, RTCRtpTransceiver } from 'werift';
import { mediaSections, type MediaSections, receives, sectionOf, sends } from './media-sections.ts';

/** Spec: w3c.github.io/webrtc-pc/#dfn-check-if-negotiation-is-needed */
export const negotiationNeeded = (pc: RTCPeerConnection): boolean => {
  const local = mediaSections(pc.currentLocalDescription);
  const remote = mediaSections(pc.currentRemoteDescription);
  const weOffered = pc.currentLocalDescription?.type === 'offer';
  const lacksDataChannel = pc.sctpTransport !== undefined && !local.some(({ kind }) => `${kind}` === 'application');
  const needsRestart = pc.needRestart && pc.currentLocalDescription !== null;
  return (
    needsRestart || lacksDataChannel || pc.getTransceivers().some((each) => isOwed(each, local, remote, weOffered))
  );
};

const isOwed = (
  transceiver: RTCRtpTransceiver,
  local: MediaSections,
  remote: MediaSections,
  weOffered: boolean,
): boolean => {
  const ours = sectionOf(transceiver, local);
  const theirs = sectionOf(transceiver, remote);
  if (transceiver.stopped) return ours !== undefined && ours.port !== 0 && theirs?.port !== 0;
  if (transceiver.stopping || ours === undefined) return true;
  if (sends(transceiver.direction) && !namesStreamsOf(transceiver, ours)) return true;

  const allowed = mirrored(theirs?.direction);
  return weOffered
    ? transceiver.direction !== ours.direction && transceiver.direction !== allowed
    : ours.direction !== intersection(transceiver.direction, allowed);
};

/** werift writes no msid at all for a sender without streams, so the two sets are compared as they are. */
const namesStreamsOf = ({ sender }: RTCRtpTransceiver, { msids }: MediaDescription): boolean => {
  const named = new Set(msids.map((msid) => msid.split(' ')[0]));
  return named.size === sender.streamIds.length && sender.streamIds.every((id) => named.has(id));
};

const direction = (send: boolean, receive: boolean): string =>
  send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive';

/** The other side's direction from our point of view. */
const mirrored = (theirs: string | undefined): string => direction(receives(theirs), sends(theirs));

const intersection = (left: string, right: string): string =>
  direction(sends(left) && sends(right), receives(left) && receives(right));
