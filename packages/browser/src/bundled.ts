/**
 * Candidates of m-lines that have no transport of their own. Firefox gathers some for each m-line whenever it adds one or
 * restarts ICE, though all are bundled, and takes the other side's for ports of the one transport that there is. So two
 * Firefoxes may settle on a port that is about to be closed, where whatever is sent is lost.
 */
import type { Candidate } from '@detente/core';
import type { PeerConnectionLike } from './peer-connection-like.ts';

export interface Bundle {
  /** An exchange begins. */
  begun(): void;
  /** Whether a candidate is for a transport that there is. */
  owns(candidate: Candidate): boolean;
}

/**
 * A bundle has the transport of its first m-line, or of the one that was the first until another took a place before it:
 * libwebrtc goes on to name that one. While an offer waits for its answer, the answer is taken to accept the bundle, as
 * it has to be. What is not bundled has a transport of its own. Spec: RFC 9143 §10, RFC 9429 §5.3.1
 */
export const createBundle = (pc: PeerConnectionLike): Bundle => {
  let leader: string | undefined;
  return {
    begun() {
      const mids = bundledIn(decidingSdp(pc));
      if (leader === undefined || !mids.includes(leader)) leader = mids[0];
    },
    owns({ sdpMid, sdpMLineIndex }) {
      const sdp = decidingSdp(pc);
      const mid = sdpMid ?? [...sdp.matchAll(/^a=mid:(\S+)/gm)][sdpMLineIndex ?? -1]?.[1] ?? '';
      const [first, ...others] = bundledIn(sdp);
      return mid === first || mid === leader || !others.includes(mid);
    },
  };
};

const bundledIn = (sdp: string): readonly string[] => /^a=group:BUNDLE (.*)$/m.exec(sdp)?.[1]?.trim().split(' ') ?? [];

/** The answer, if it is ours; else what the other side said last, be it the answer or an offer that has none yet. */
const decidingSdp = ({ signalingState, localDescription, remoteDescription }: PeerConnectionLike): string =>
  (signalingState === 'stable' && localDescription?.type === 'answer' ? localDescription : remoteDescription)?.sdp ??
  '';
