/**
 * What negotiating costs on top of the engine: a renegotiation between two werift connections in one process, asked for
 * first by a session, against the four calls made by hand.
 */
import { negotiate } from '@detente/werift';
import { RTCPeerConnection } from 'werift';
import type { Contest } from './figure.ts';

const createPc = () => new RTCPeerConnection({ iceServers: [], iceUseIpv6: false });

/** Turns a direction over, which is a change of its own each time. */
const turnOver = (pc: RTCPeerConnection): void => {
  for (const transceiver of pc.getTransceivers()) {
    transceiver.setDirection(transceiver.direction === 'sendonly' ? 'inactive' : 'sendonly');
  }
};

const byHand = async (left: RTCPeerConnection, right: RTCPeerConnection): Promise<void> => {
  await left.setLocalDescription(await left.createOffer());
  await right.setRemoteDescription(left.localDescription!);
  await right.setLocalDescription(await right.createAnswer());
  await left.setRemoteDescription(right.localDescription!);
};

export interface ExchangeContest extends Contest {
  close(): Promise<void>;
}

export const createExchangeContest = async (): Promise<ExchangeContest> => {
  const [ourLeft, ourRight, left, right] = [createPc(), createPc(), createPc(), createPc()] as const;
  const client = negotiate(ourLeft, {
    role: 'requester',
    send: (message) => queueMicrotask(() => server.receive(message)),
  });
  const server = negotiate(ourRight, {
    role: 'arbiter',
    send: (message) => queueMicrotask(() => client.receive(message)),
  });
  const ours = async () => {
    client.negotiate();
    await client.settled();
  };
  for (const pc of [ourLeft, left]) pc.addTransceiver('audio', { direction: 'sendonly' });
  await ours();
  await byHand(left, right);
  return {
    id: 'exchange',
    unit: 'exchanges/s',
    peer: 'the four calls on bare werift, without glare handling',
    perCall: 1,
    ours: () => {
      turnOver(ourLeft);
      return ours();
    },
    theirs: () => {
      turnOver(left);
      return byHand(left, right);
    },
    async close() {
      client.close();
      server.close();
      await Promise.all([ourLeft, ourRight, left, right].map((pc) => pc.close()));
    },
  };
};
