/**
 * Candidates of m-lines that have no transport of their own. Firefox gathers some for each m-line whenever it adds one or
 * restarts ICE, though all are bundled, and takes the other side's for ports of the one transport that there is. So two
 * Firefoxes may settle on a port that is about to be closed, where whatever is sent is lost.
 */
import type { Candidate } from '@detente/core';
import type { PeerConnectionLike } from './peer-connection-like.ts';

/**
 * The candidate is for an m-line that goes along with another one's transport. While an offer waits for its answer, the
 * answer is taken to accept the bundle, as it has to be. Spec: RFC 9143 §10, RFC 9429 §5.3.1
 */
export const isForBundled = (pc: PeerConnectionLike, { sdpMid, sdpMLineIndex }: Candidate): boolean => {
  const sdp = decidingSdp(pc);
  const mids = [...sdp.matchAll(/^a=mid:(\S+)/gm)].map(([, mid]) => mid);
  const [, ...bundled] = /^a=group:BUNDLE (.*)$/m.exec(sdp)?.[1]?.trim().split(' ') ?? [];
  return bundled.includes(sdpMid ?? mids[sdpMLineIndex ?? -1] ?? '');
};

/** The answer, if it is ours; else what the other side said last, be it the answer or an offer that has none yet. */
const decidingSdp = ({ signalingState, localDescription, remoteDescription }: PeerConnectionLike): string =>
  (signalingState === 'stable' && localDescription?.type === 'answer' ? localDescription : remoteDescription)?.sdp ??
  '';
