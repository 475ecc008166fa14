/**
 * `PeerConnectionPort` on werift 0.25: the operations one to one, with what werift does differently from the
 * specifications put right from outside, by its public API alone (association, bundle-only, ice-generation,
 * ice-restart, ice-role, negotiation-needed, sctp).
 */
import type { Candidate, Description } from '@detente/core';
import { type Bundle, createBundle, type MediaNeeds, type PeerConnectionPort } from '@detente/session';
import type { RTCIceCandidate, RTCPeerConnection } from 'werift';
import { assertUsable } from './assert-usable.ts';
import { setRemoteOffer, settingMids } from './association.ts';
import { withBundledPorts } from './bundle-only.ts';
import { withoutGenerations } from './ice-generation.ts';
import {
  checkConnectivity,
  checksDone,
  followIceRestart,
  forgetEarlyRestart,
  remoteRestartsIce,
} from './ice-restart.ts';
import { keepingIceRole } from './ice-role.ts';
import { countKinds, receives, type Sdp, sends, unnegotiated } from './media-sections.ts';
import { negotiationNeeded } from './negotiation-needed.ts';
import { prepareSctp, startSctp } from './sctp.ts';

/**
 * The port of a werift peer connection. It does not own the connection and never closes it.
 *
 * **Errors**: throws `NegotiationError`: `unknown-engine`, `engine-closed`. The operations reject with whatever werift
 * rejects with.
 */
export const createWeriftPort = (pc: RTCPeerConnection): PeerConnectionPort => {
  assertUsable(pc);
  return createPort(pc, createBundle(pc));
};

const createPort = (pc: RTCPeerConnection, bundle: Bundle): PeerConnectionPort => ({
  // werift keeps the mids of an offer that is rolled back, and loses its media.
  capabilities: { rollback: false },
  engine: pc,
  get signalingState() {
    return pc.signalingState;
  },
  get localDescription() {
    return toDescription(pc.localDescription);
  },

  async createOffer({ iceRestart, receive }) {
    bundle.begun();
    if (receive !== undefined) addReceivers(pc, receive);
    const restarts = iceRestart && pc.currentLocalDescription !== null;
    if (restarts) await checksDone(pc);
    forgetEarlyRestart(pc);
    prepareSctp(pc);
    await settingMids(pc, () =>
      keepingIceRole(pc, async () => pc.setLocalDescription(await pc.createOffer({ iceRestart: restarts }))),
    );
    return descriptionSet(pc);
  },

  async applyOffer({ sdp }) {
    refuseWhatIsNoSdp(sdp);
    bundle.begun();
    const offer = { type: 'offer', sdp: withoutGenerations(withBundledPorts(sdp)) } as const;
    if (remoteRestartsIce(pc, offer)) {
      await checksDone(pc);
      followIceRestart(pc);
    }
    forgetEarlyRestart(pc);
    await setRemoteOffer(pc, offer);
  },

  async createAnswer() {
    const restarting = remoteRestartsIce(pc, pc.remoteDescription);
    await keepingIceRole(pc, async () => pc.setLocalDescription(await pc.createAnswer()));
    if (restarting) checkConnectivity(pc);
    startSctp(pc);
    return descriptionSet(pc);
  },

  async applyAnswer({ type, sdp }) {
    refuseWhatIsNoSdp(sdp);
    const answer = { type, sdp: withoutGenerations(sdp) };
    const restarting = remoteRestartsIce(pc, answer);
    await pc.setRemoteDescription(answer);
    if (restarting) checkConnectivity(pc);
    startSctp(pc);
  },

  rollback: () =>
    settingMids(pc, () =>
      pc.signalingState === 'have-remote-offer'
        ? pc.setRemoteDescription({ type: 'rollback' })
        : pc.setLocalDescription({ type: 'rollback' }),
    ),

  async addCandidate(given) {
    if (!bundle.owns(given)) return;
    const { candidate, sdpMid = null, sdpMLineIndex = null, usernameFragment = null } = given;
    await pc.addIceCandidate({ candidate: withoutGenerations(candidate), sdpMid, sdpMLineIndex, usernameFragment });
  },

  negotiationNeeded: () => negotiationNeeded(pc),

  mayWantIceRestart: () => pc.needRestart,

  mediaNeeds: () => countKinds(unnegotiated(pc).filter(({ direction }) => sends(direction))),

  subscribe({ changed, candidate, closed }) {
    const subscriptions = [
      pc.onNegotiationneeded.subscribe(changed),
      pc.onIceCandidate.subscribe((gathered) => candidate(toCandidate(gathered))),
      pc.signalingStateChange.subscribe((state) => {
        if (state === 'closed') closed();
      }),
    ];
    return () => subscriptions.forEach(({ unSubscribe }) => unSubscribe());
  },
});

/** werift takes any text for a description. */
const refuseWhatIsNoSdp = (sdp: string): void => {
  if (!/^v=0\r?\n/.test(sdp)) throw new Error('The description is no SDP: it does not begin with v=0.');
};

/** An answerer can only send on m-lines that the offer brings, so each of its waiting senders gets one of its own. */
const addReceivers = (pc: RTCPeerConnection, receive: MediaNeeds): void => {
  const waiting = countKinds(unnegotiated(pc).filter(({ direction }) => receives(direction)));
  for (const kind of ['audio', 'video'] as const) {
    for (let count = waiting[kind]; count < receive[kind]; count++) {
      pc.addTransceiver(kind, { direction: 'recvonly' });
    }
  }
};

const toDescription = (description: Sdp | null): Description | null =>
  description?.type === 'offer' || description?.type === 'answer'
    ? { type: description.type, sdp: description.sdp }
    : null;

/** The description that was just set, complete with the candidates that werift gathers before it resolves. */
const descriptionSet = (pc: RTCPeerConnection): Description => {
  const description = toDescription(pc.localDescription);
  if (description === null) throw new Error('The peer connection holds no local description.');
  return description;
};

const toCandidate = (gathered: RTCIceCandidate | undefined): Candidate | null =>
  gathered === undefined
    ? null
    : {
        candidate: gathered.candidate,
        sdpMid: gathered.sdpMid,
        sdpMLineIndex: gathered.sdpMLineIndex,
        usernameFragment: gathered.usernameFragment,
      };
