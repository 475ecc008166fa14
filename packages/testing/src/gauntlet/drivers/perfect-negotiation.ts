/**
 * The W3C's perfect negotiation example, as its text describes it: three flags, an offer that collides is ignored by the
 * impolite side and taken by the polite one, and the errors of an ignored offer's candidates are swallowed. What it logs
 * is dropped here, as it is in applications. Spec: w3c.github.io/webrtc-pc/#perfect-negotiation-example
 */
import type { CandidateInit, DescriptionInit } from '../../virtual/types.ts';
import type { NegotiatorDriver } from '../driver.ts';

interface Signal {
  readonly description?: DescriptionInit;
  readonly candidate?: CandidateInit | null;
}

export const perfectNegotiation: NegotiatorDriver = {
  name: 'W3C example',
  create(pc, role, send) {
    let makingOffer = false;
    let ignoreOffer = false;
    let isSettingRemoteAnswerPending = false;

    pc.onnegotiationneeded = () => {
      void (async () => {
        try {
          makingOffer = true;
          await pc.setLocalDescription();
          send({ description: pc.localDescription });
        } catch {
          // Logged, in the example.
        } finally {
          makingOffer = false;
        }
      })();
    };
    pc.onicecandidate = ({ candidate }) => {
      try {
        send({ candidate });
      } catch {
        // The example does not expect this.
      }
    };

    const take = async ({ description, candidate }: Signal) => {
      if (description) {
        const isReady = !makingOffer && (pc.signalingState === 'stable' || isSettingRemoteAnswerPending);
        ignoreOffer = role === 'impolite' && description.type === 'offer' && !isReady;
        if (ignoreOffer) return;
        isSettingRemoteAnswerPending = description.type === 'answer';
        await pc.setRemoteDescription(description);
        isSettingRemoteAnswerPending = false;
        if (description.type !== 'offer') return;
        await pc.setLocalDescription();
        send({ description: pc.localDescription });
        return;
      }
      try {
        await pc.addIceCandidate(candidate ?? null);
      } catch (error) {
        if (!ignoreOffer) throw error;
      }
    };
    return {
      receive: (message) =>
        take(message as Signal).catch(() => {
          // Logged, in the example.
        }),
    };
  },
};
