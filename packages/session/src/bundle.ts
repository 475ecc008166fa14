/**
 * Candidates of m-lines that have no transport of their own. Firefox gathers some for each m-line whenever it adds one or
 * restarts ICE, though all are bundled. Firefox and werift take those of the other side for ports of the one transport that
 * there is, and may settle on a port that is about to be closed, where whatever is sent is lost.
 */
import { mids, type Candidate } from '@detente/core';

/** What of an engine tells which m-lines are bundled. */
export interface Descriptions {
  readonly signalingState: string;
  readonly localDescription: { readonly type: string | null; readonly sdp?: string } | null;
  readonly remoteDescription: { readonly sdp?: string } | null;
}

/** The m-lines that share one transport, by the descriptions that an engine holds. For adapters. */
export interface Bundle {
  /** An exchange begins: an offer is about to be made or applied. */
  begun(): void;
  /** Whether a candidate of the other side is for a transport that there is; the engine is to have no other. */
  owns(candidate: Candidate): boolean;
}

/**
 * A bundle has the transport of its first m-line, or of the one that was the first until another took a place before it:
 * libwebrtc goes on to name that one. While an offer waits for its answer, the answer is taken to accept the bundle, as
 * it has to be. What is not bundled has a transport of its own. Spec: RFC 9143 §10, RFC 9429 §5.3.1
 */
export const createBundle = (pc: Descriptions): Bundle => {
  let leader: string | undefined;
  return {
    begun() {
      const bundled = bundledIn(decidingSdp(pc));
      if (leader === undefined || !bundled.includes(leader)) leader = bundled[0];
    },
    owns({ sdpMid, sdpMLineIndex }) {
      const sdp = decidingSdp(pc);
      const mid = sdpMid ?? mids(sdp)[sdpMLineIndex ?? -1] ?? '';
      const [first, ...others] = bundledIn(sdp);
      return mid === first || mid === leader || !others.includes(mid);
    },
  };
};

const bundledIn = (sdp: string): readonly string[] => /^a=group:BUNDLE (.*)$/m.exec(sdp)?.[1]?.trim().split(' ') ?? [];

/** The answer, if it is ours; else what the other side said last, be it the answer or an offer that has none yet. */
const decidingSdp = ({ signalingState, localDescription, remoteDescription }: Descriptions): string =>
  (signalingState === 'stable' && localDescription?.type === 'answer' ? localDescription : remoteDescription)?.sdp ??
  '';
