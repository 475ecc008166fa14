/**
 * Negotiation by hand: what an engine does with nobody's help, so that its own faults can be told from ours. Candidates go
 * over the WebSocket by themselves, and never before the description that they belong to.
 */
import type { Description } from '@detente/core';

export type HandStep =
  { readonly do: 'offer' | 'answer' | 'rollback' } | { readonly do: 'apply'; readonly description: Description };

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
  let isReady = false;
  const add = (candidate: RTCIceCandidateInit) => void pc.addIceCandidate(candidate).catch(() => undefined);
  pc.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) send({ candidate });
  });
  return {
    receive(message) {
      const { candidate } = message as Message;
      if (isReady) add(candidate);
      else early.push(candidate);
    },
    async perform(step) {
      switch (step.do) {
        case 'offer':
          await pc.setLocalDescription(await pc.createOffer());
          return described(pc);
        case 'answer':
          await pc.setLocalDescription(await pc.createAnswer());
          return described(pc);
        case 'rollback':
          await pc.setLocalDescription({ type: 'rollback', sdp: '' });
          return null;
        case 'apply':
          await pc.setRemoteDescription(step.description);
          isReady = true;
          early.splice(0).forEach(add);
          return null;
      }
    },
  };
};

const described = (pc: RTCPeerConnection): Description => {
  const { type, sdp } = pc.localDescription as Description;
  return { type, sdp };
};
