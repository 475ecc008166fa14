/**
 * The virtual engine as a session needs it. Like every adapter it translates and decides nothing; unlike the others it
 * can ask its engine whether negotiation is really needed.
 */
import type { Candidate, Description } from '@detente/core';
import type { MediaNeeds, PeerConnectionPort } from '@detente/session';
import { receives, sends } from './virtual/direction.ts';
import type { VirtualPeerConnection } from './virtual/peer-connection.ts';
import type { CandidateInit, Direction, MediaKind } from './virtual/types.ts';

const kinds: readonly MediaKind[] = ['audio', 'video'];

/** The port of a virtual peer connection, of any variant. It does not own the connection and never closes it. */
export const createVirtualPort = (pc: VirtualPeerConnection): PeerConnectionPort => {
  const { rollback } = pc.variant;
  return {
    // A rollback that keeps mids loses media; the others do nothing at all.
    capabilities: { rollback: rollback === 'spec' || rollback === 'either-side' },
    get signalingState() {
      return pc.signalingState;
    },
    get localDescription() {
      return toDescription(pc.localDescription);
    },
    async createOffer({ iceRestart, receive }) {
      if (receive !== undefined) makeRoom(pc, receive);
      await pc.setLocalDescription(await pc.createOffer({ iceRestart }));
      return descriptionSet(pc);
    },
    applyOffer: ({ sdp }) => pc.setRemoteDescription({ type: 'offer', sdp }),
    async createAnswer() {
      await pc.setLocalDescription(await pc.createAnswer());
      return descriptionSet(pc);
    },
    applyAnswer: ({ sdp }) => pc.setRemoteDescription({ type: 'answer', sdp }),
    rollback: () =>
      pc.signalingState === 'have-remote-offer'
        ? pc.setRemoteDescription({ type: 'rollback' })
        : pc.setLocalDescription({ type: 'rollback' }),
    addCandidate: (candidate) => pc.addIceCandidate(candidate),
    negotiationNeeded: () => pc.negotiationNeeded,
    mediaNeeds: () => countUnnegotiated(pc, sends),
    subscribe({ changed, candidate, closed }) {
      const onChange = () => changed();
      const onCandidate = (event: { readonly candidate: CandidateInit | null }) =>
        candidate(event.candidate && toCandidate(event.candidate));
      const onState = () => {
        if (pc.signalingState === 'closed') closed();
      };
      pc.addEventListener('negotiationneeded', onChange);
      pc.addEventListener('icecandidate', onCandidate);
      pc.addEventListener('signalingstatechange', onState);
      return () => {
        pc.removeEventListener('negotiationneeded', onChange);
        pc.removeEventListener('icecandidate', onCandidate);
        pc.removeEventListener('signalingstatechange', onState);
      };
    },
  };
};

/** An answerer can send only on m-lines that the offer brings. Spec: RFC 9429 §5.10 */
const makeRoom = (pc: VirtualPeerConnection, needs: MediaNeeds): void => {
  const room = countUnnegotiated(pc, receives);
  for (const kind of kinds) {
    for (let have = room[kind]; have < needs[kind]; have++) pc.addTransceiver(kind, { direction: 'recvonly' });
  }
};

const countUnnegotiated = (pc: VirtualPeerConnection, fits: (direction: Direction | null) => boolean): MediaNeeds => {
  const waiting = pc
    .getTransceivers()
    .filter(({ mid, direction }) => mid === null && direction !== 'stopped' && fits(direction));
  const of = (kind: MediaKind) => waiting.filter(({ receiver }) => receiver.track.kind === kind).length;
  return { audio: of('audio'), video: of('video') };
};

const toDescription = (description: { readonly type: string; readonly sdp: string } | null): Description | null =>
  description?.type === 'offer' || description?.type === 'answer'
    ? { type: description.type, sdp: description.sdp }
    : null;

const descriptionSet = (pc: VirtualPeerConnection): Description => {
  const description = toDescription(pc.localDescription);
  if (description === null) throw new Error('The peer connection holds no local description.');
  return description;
};

const toCandidate = ({ candidate = '', sdpMid, sdpMLineIndex, usernameFragment }: CandidateInit): Candidate => ({
  candidate,
  sdpMid,
  sdpMLineIndex,
  usernameFragment,
});
