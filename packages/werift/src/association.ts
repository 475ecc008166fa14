/**
 * Which transceiver takes which m-line of a remote offer, as RFC 9429 §5.10 has it. werift gives any new m-line to any
 * transceiver of the kind that has none yet, whatever the directions: a track that we are about to send ends up on the
 * m-line on which the other side sends, and both stay silent. Writing `transceiver.mid` is the one public way to decide.
 */
import type { RTCPeerConnection } from 'werift';
import { mediaSections, receives, type Sdp, sectionOf, sends, unnegotiated } from './media-sections.ts';

/** No description contains it, so whoever bears it is passed over. */
const nowhere = 'unassociated';

/**
 * Sets a remote offer so that each new m-line on which the other side receives takes the first of our waiting senders,
 * and any other new m-line takes a transceiver of its own.
 */
export const setRemoteOffer = async (pc: RTCPeerConnection, offer: Sdp & { type: 'offer' }): Promise<void> => {
  associate(pc, offer);
  const meanwhile = pc.onTransceiverAdded.subscribe((transceiver) => {
    transceiver.mid = nowhere;
  });
  try {
    await settingMids(pc, () => pc.setRemoteDescription(offer));
  } finally {
    meanwhile.unSubscribe();
  }
};

const associate = (pc: RTCPeerConnection, offer: Sdp): void => {
  const known = mediaSections(pc.currentRemoteDescription).map(({ rtp }) => rtp.muxId);
  const free = mediaSections(offer).filter(
    ({ port, direction, rtp }) => port !== 0 && receives(direction) && !known.includes(rtp.muxId),
  );
  for (const transceiver of unnegotiated(pc)) {
    const index = sends(transceiver.direction) ? free.findIndex(({ kind }) => kind === transceiver.kind) : -1;
    const [section] = index < 0 ? [] : free.splice(index, 1);
    transceiver.mid = section?.rtp.muxId ?? nowhere;
  }
};

/**
 * Runs an operation that sets mids. Whatever became of it, whoever is then on no m-line of any description has no mid:
 * a mid left over from an offer that came to nothing would be taken for the other side's m-line of the same name.
 */
export const settingMids = async (pc: RTCPeerConnection, operation: () => Promise<unknown>): Promise<void> => {
  try {
    await operation();
  } finally {
    const held = [pc.localDescription, pc.currentLocalDescription, pc.remoteDescription].flatMap(mediaSections);
    for (const transceiver of pc.getTransceivers()) {
      if (transceiver.mid === null || transceiver.stopped || sectionOf(transceiver, held) !== undefined) continue;
      transceiver.mid = null;
      delete transceiver.mLineIndex;
    }
  }
};
