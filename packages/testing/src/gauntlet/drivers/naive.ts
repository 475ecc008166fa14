/** Negotiation without any rule for glare: whoever changes something offers, whoever gets an offer answers it. */
import type { CandidateInit, DescriptionInit } from '../../virtual/types.ts';
import type { NegotiatorDriver } from '../driver.ts';

interface Signal {
  readonly description?: DescriptionInit;
  readonly candidate?: CandidateInit | null;
}

export const naive: NegotiatorDriver = {
  name: 'naive',
  create(pc, _role, send, host) {
    const orFail = (work: Promise<void>) => work.catch((error: unknown) => host.failed(String(error)));
    const describe = async (make: () => ReturnType<typeof pc.createOffer>) => {
      await pc.setLocalDescription(await make());
      send({ description: pc.localDescription });
    };
    pc.onnegotiationneeded = () => void orFail(describe(() => pc.createOffer()));
    pc.onicecandidate = ({ candidate }) => void orFail((async () => send({ candidate }))());

    const take = async ({ description, candidate }: Signal) => {
      if (!description) return pc.addIceCandidate(candidate ?? null);
      await pc.setRemoteDescription(description);
      if (description.type === 'offer') await describe(() => pc.createAnswer());
    };
    return { receive: (message) => orFail(take(message as Signal)) };
  },
};
