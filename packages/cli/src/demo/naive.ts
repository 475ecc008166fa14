/**
 * Negotiation as many applications do it, for comparison: whoever changes something offers; whoever gets an offer
 * answers it. No roles, no floor, no queue. Nothing here is made worse than it is in such applications.
 */
import type { NegotiatorContext, NegotiatorHub } from '@detente/sfu';
import type { RTCPeerConnection } from 'werift';
import { type End, engineUnrest } from './end.ts';

type NaiveMessage =
  | { readonly description: { readonly type: 'offer' | 'answer'; readonly sdp: string } }
  | { readonly candidate: Parameters<RTCPeerConnection['addIceCandidate']>[0] };

export const naive = ({ pc, send }: Pick<NegotiatorContext, 'pc' | 'send'>): End => {
  const errors: string[] = [];
  let [exchanges, glares, rollbacks] = [0, 0, 0];

  const offer = async (): Promise<void> => {
    await pc.setLocalDescription(await pc.createOffer());
    send({ description: pc.localDescription ?? undefined });
  };
  const take = async (message: NaiveMessage): Promise<void> => {
    if ('candidate' in message) return pc.addIceCandidate(message.candidate);
    const { description } = message;
    if (description.type === 'answer') {
      await pc.setRemoteDescription(description);
      exchanges++;
      return;
    }
    if (pc.signalingState === 'have-local-offer') {
      // An engine that is given an offer now rolls its own back by itself.
      glares++;
      rollbacks++;
    }
    await pc.setRemoteDescription(description);
    await pc.setLocalDescription(await pc.createAnswer());
    send({ description: pc.localDescription ?? undefined });
  };
  const noteFailure = (error: unknown): void => {
    if (pc.signalingState !== 'closed') errors.push(String(error));
  };

  pc.onIceCandidate.subscribe((candidate) => {
    if (candidate !== undefined) send({ candidate });
  });
  let changed = false;
  return {
    negotiate() {
      if (changed) return;
      changed = true;
      queueMicrotask(() => {
        changed = false;
        offer().catch(noteFailure);
      });
    },
    receive(message) {
      take(message as NaiveMessage).catch(noteFailure);
    },
    close: () => undefined,
    settled: () => Promise.resolve(),
    tally: () => ({ exchanges, glares, rollbacks, waited: 0, otherWaited: 0 }),
    report: () => ({
      ...{ exchanges, glares, rollbacks, waited: 0, otherWaited: 0 },
      errors: [...errors],
      unrest: engineUnrest(pc),
      trace: [],
      offsetMs: 0,
    }),
  };
};

/** The SFU's ends, which know nothing of each other. */
export const naiveHub = (send: (client: string, message: object) => void): NegotiatorHub<End> => {
  const ends = new Map<string, End>();
  return {
    add(client, pc) {
      const end = naive({ pc, send: (message) => send(client, message) });
      ends.set(client, end);
      return { ...end, close: () => void ends.delete(client) };
    },
    announce(exceptClient) {
      for (const [client, end] of ends) if (client !== exceptClient) end.negotiate();
    },
  };
};
