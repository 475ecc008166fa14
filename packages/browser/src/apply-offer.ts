/**
 * Setting a remote offer. An engine that has rolled back an offer of its own may take any new ICE credentials for a
 * mistake (Firefox 153: "indicates ICE restart but offer did not request ICE restart"), until it has made an offer that
 * restarts ICE itself. To make one is enough; it need not be set.
 */
import { type Description, iceUfrags } from '@detente/core';
import type { PeerConnectionLike } from './peer-connection-like.ts';

export const applyOffer = async (pc: PeerConnectionLike, { type, sdp }: Description): Promise<void> => {
  const known = iceUfrags(pc.remoteDescription?.sdp ?? '');
  const restartsIce = known.length > 0 && !iceUfrags(sdp).some((ufrag) => known.includes(ufrag));
  try {
    await pc.setRemoteDescription({ type, sdp });
  } catch (cause) {
    if (!restartsIce || pc.signalingState !== 'stable') throw cause;
    await pc.createOffer({ iceRestart: true });
    await pc.setRemoteDescription({ type, sdp });
  }
};
