/**
 * Negotiation by hand: what an engine does with nobody's help, so that its own faults can be told from ours. Candidates go
 * over the WebSocket by themselves, and never before the description that they belong to.
 */
import { type Description, iceUfrags } from '@detente/core';

export type HandStep =
  /** With as many m-lines of each kind as `like` has: those that the other side has asked for to send on. */
  | { readonly do: 'offer'; readonly like?: string; readonly iceRestart?: boolean }
  | { readonly do: 'answer' | 'rollback' }
  /** `insist`: helps an engine over which a rollback has left the belief that nobody may restart ICE. */
  | { readonly do: 'apply'; readonly description: Description; readonly insist?: boolean };

interface Message {
  readonly candidate: RTCIceCandidateInit;
}

export interface Hand {
  /** Resolves with the description that was made, if any. */
  perform(step: HandStep): Promise<Description | null>;
  receive(message: object): void;
}

export const createHand = (pc: RTCPeerConnection, send: (message: object) => void): Hand => {
  const early: RTCIceCandidateInit[] = [];
  const receive = (candidate: RTCIceCandidateInit) => {
    const known = iceUfrags(pc.remoteDescription?.sdp ?? '');
    const ufrag = candidate.usernameFragment ?? / ufrag (\S+)/.exec(candidate.candidate ?? '')?.[1] ?? known[0];
    if (ufrag === undefined || !known.includes(ufrag)) early.push(candidate);
    else void pc.addIceCandidate(candidate).catch(() => undefined);
  };
  pc.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) send({ candidate });
  });
  return {
    receive: (message) => receive((message as Message).candidate),
    async perform(step) {
      switch (step.do) {
        case 'offer':
          makeRoom(pc, step.like ?? '');
          await pc.setLocalDescription(await pc.createOffer(step.iceRestart ? { iceRestart: true } : {}));
          return described(pc);
        case 'answer':
          await pc.setLocalDescription(await pc.createAnswer());
          return described(pc);
        case 'rollback':
          await pc.setLocalDescription({ type: 'rollback', sdp: '' });
          return null;
        case 'apply':
          await pc.setRemoteDescription(step.description).catch(async (error: unknown) => {
            if (step.insist !== true || pc.signalingState !== 'stable') throw error;
            await pc.createOffer({ iceRestart: true });
            await pc.setRemoteDescription(step.description);
          });
          early.splice(0).forEach(receive);
          return null;
      }
    },
  };
};

/** An engine may spend a mid on each offer that is made, so room is made first. */
const makeRoom = (pc: RTCPeerConnection, like: string): void => {
  for (const kind of ['audio', 'video'] as const) {
    const live = pc.getTransceivers().filter((each) => each.receiver.track.kind === kind && !isStopped(each));
    for (let have = live.length; have < countLines(like, kind); have += 1)
      pc.addTransceiver(kind, { direction: 'recvonly' });
  }
};

/** Some engines say so in properties of their own. */
const isStopped = (transceiver: RTCRtpTransceiver): boolean => {
  const { stopped, stopping } = transceiver as { readonly stopped?: boolean; readonly stopping?: boolean };
  return transceiver.direction === 'stopped' || stopped === true || stopping === true;
};

const countLines = (sdp: string, kind: string): number =>
  sdp
    .split(/^m=/m)
    .filter((line) => line.startsWith(`${kind} `) && (!/^\S+ 0 /.test(line) || /^a=bundle-only/m.test(line))).length;

const described = (pc: RTCPeerConnection): Description => {
  const { type, sdp } = pc.localDescription as Description;
  return { type, sdp };
};
