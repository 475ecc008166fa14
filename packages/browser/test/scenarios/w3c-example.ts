/**
 * The W3C's example, the opponent that every figure is taken against: three flags around an engine that rolls back by
 * itself. Spec: w3c.github.io/webrtc-pc/#perfect-negotiation-example
 */

interface Signal {
  readonly description?: RTCSessionDescriptionInit;
  readonly candidate?: RTCIceCandidateInit | null;
}

/** Returns what takes the other side's messages. */
export const negotiateAsW3c = (
  pc: RTCPeerConnection,
  polite: boolean,
  send: (message: object) => void,
): ((message: object) => Promise<void>) => {
  let makingOffer = false;
  let ignoringOffer = false;
  let answerPending = false;

  pc.addEventListener('negotiationneeded', () => {
    makingOffer = true;
    void pc
      .setLocalDescription()
      .then(() => send({ description: pc.localDescription }))
      .catch(() => undefined)
      .finally(() => {
        makingOffer = false;
      });
  });
  pc.addEventListener('icecandidate', ({ candidate }) => send({ candidate }));

  return async (message) => {
    const { description, candidate } = message as Signal;
    if (description) {
      const isReady = !makingOffer && (pc.signalingState === 'stable' || answerPending);
      ignoringOffer = description.type === 'offer' && !isReady && !polite;
      if (ignoringOffer) return;
      answerPending = description.type === 'answer';
      await pc.setRemoteDescription(description);
      answerPending = false;
      if (description.type === 'answer') return;
      await pc.setLocalDescription();
      send({ description: pc.localDescription });
    } else {
      await pc.addIceCandidate(candidate ?? undefined).catch((cause: unknown) => {
        if (!ignoringOffer) throw cause;
      });
    }
  };
};
