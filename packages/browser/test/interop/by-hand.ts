/** Negotiation by hand: what an engine does with nobody's help, so that its own faults can be told from ours. */
import type { Description } from '@detente/core';
import { until } from '../scenarios/engine.ts';

/** A description carries all its candidates, so there is no other message. */
export type HandStep =
  { readonly do: 'offer' | 'answer' | 'rollback' } | { readonly do: 'apply'; readonly description: Description };

/** Resolves with the description that was made, if any. */
export const doByHand = async (pc: RTCPeerConnection, step: HandStep): Promise<Description | null> => {
  switch (step.do) {
    case 'offer':
      await pc.setLocalDescription(await pc.createOffer());
      return gathered(pc);
    case 'answer':
      await pc.setLocalDescription(await pc.createAnswer());
      return gathered(pc);
    case 'rollback':
      await pc.setLocalDescription({ type: 'rollback', sdp: '' });
      return null;
    case 'apply':
      await pc.setRemoteDescription(step.description);
      return null;
  }
};

const gathered = async (pc: RTCPeerConnection): Promise<Description> => {
  await until('candidates are gathered', () => pc.iceGatheringState === 'complete');
  const { type, sdp } = pc.localDescription as Description;
  return { type, sdp };
};
