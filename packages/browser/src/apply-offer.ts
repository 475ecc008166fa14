/**
 * Setting a remote offer. Firefox 153 takes itself for the DTLS client whenever it answers an offer that restarts ICE,
 * though the DTLS association goes on with the roles that it has: libwebrtc refuses such an answer, and between two
 * Firefoxes data channels stop. Told which role the other side keeps, it keeps its own.
 *
 * An engine that has rolled back an offer of its own may take any new ICE credentials for a mistake (Firefox 153: "indicates
 * ICE restart but offer did not request ICE restart"), until it has made an offer that restarts ICE itself. To make one is
 * enough; it need not be set.
 */
import { type Description, restartsIce } from '@detente/core';
import type { PeerConnectionLike } from './peer-connection-like.ts';

export const applyOffer = async (pc: PeerConnectionLike, { type, sdp }: Description): Promise<void> => {
  const restarts = restartsIce(pc.remoteDescription?.sdp ?? '', sdp);
  const offer = { type, sdp: restarts ? withDtlsRole(sdp, remoteDtlsRole(pc)) : sdp };
  try {
    await pc.setRemoteDescription(offer);
  } catch (cause) {
    if (!restarts || pc.signalingState !== 'stable') throw cause;
    await pc.createOffer({ iceRestart: true });
    await pc.setRemoteDescription(offer);
  }
};

type DtlsRole = 'active' | 'passive';

/** What the other side is in the DTLS association that goes on, as the last answer has it. Spec: RFC 8842 §5.5 */
const remoteDtlsRole = ({ localDescription, remoteDescription }: PeerConnectionLike): DtlsRole | undefined => {
  if (remoteDescription?.type === 'answer') return dtlsRole(remoteDescription.sdp);
  if (localDescription?.type !== 'answer') return undefined;
  const ours = dtlsRole(localDescription.sdp);
  return ours && (ours === 'active' ? 'passive' : 'active');
};

/** Of the first m-line that is not rejected, with which the others are bundled. */
const dtlsRole = (sdp = ''): DtlsRole | undefined => {
  const sections = sdp.split(/^m=/m).filter((section) => !/^\S+ 0 /.test(section));
  return /^a=setup:(active|passive)/m.exec(sections.join(''))?.[1] as DtlsRole | undefined;
};

const withDtlsRole = (sdp: string, role: DtlsRole | undefined): string =>
  role === undefined ? sdp : sdp.replace(/^a=setup:actpass/gm, `a=setup:${role}`);
