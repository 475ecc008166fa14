/**
 * The ask-first flow of the Go SFU from which it comes (inlivedev/sfu), taken literally. Nobody trusts the engine's event:
 * the application says when there is something to negotiate. The client asks before it offers;
 * the server says no while its own offer is out, remembers that it did, and calls back. A client that waits answers the
 * server's offers with an empty description, "not ready", of which the server can make nothing. The grant has no lease, and
 * a change of the server during the client's turn sets a flag that nothing looks at.
 */
import type { CandidateInit, DescriptionInit } from '../../virtual/types.ts';
import type { NegotiatorDriver, NegotiatorHost } from '../driver.ts';
import type { VirtualPeerConnection } from '../../virtual/peer-connection.ts';

type Message =
  | { readonly type: 'is_allow_renegotiation' }
  | { readonly type: 'allow_renegotiation'; readonly data: boolean }
  | { readonly type: 'offer' | 'answer'; readonly data: DescriptionInit }
  | { readonly type: 'candidate'; readonly data: CandidateInit | null };

type Send = (message: Message) => void;

const offerBatchMs = 100;

const clientSide = (pc: VirtualPeerConnection, send: Send) => {
  let pending = false;
  const offer = async () => {
    pending = false;
    await pc.setLocalDescription(await pc.createOffer());
    send({ type: 'offer', data: pc.localDescription as DescriptionInit });
  };
  const negotiate = () => send({ type: 'is_allow_renegotiation' });
  const take = async (message: Message) => {
    switch (message.type) {
      case 'allow_renegotiation':
        if (message.data) return offer();
        pending = true;
        return;
      case 'offer':
        if (pending) return send({ type: 'answer', data: { type: 'answer', sdp: '' } });
        await pc.setRemoteDescription(message.data);
        await pc.setLocalDescription(await pc.createAnswer());
        return send({ type: 'answer', data: pc.localDescription as DescriptionInit });
      case 'answer':
        return pc.setRemoteDescription(message.data);
      case 'candidate':
        return pc.addIceCandidate(message.data);
      case 'is_allow_renegotiation':
        return;
    }
  };
  return { negotiate, take };
};

const serverSide = (pc: VirtualPeerConnection, send: Send, { timers, failed }: NegotiatorHost) => {
  let isClients = false;
  let isOurs = false;
  let clientWaits = false;
  const offer = async () => {
    if (isClients) return;
    isOurs = true;
    await pc.setLocalDescription(await pc.createOffer());
    send({ type: 'offer', data: pc.localDescription as DescriptionInit });
  };
  const negotiate = () => {
    timers.set(offerBatchMs, () => void offer().catch((error: unknown) => failed(String(error))));
  };
  const take = async (message: Message) => {
    switch (message.type) {
      case 'is_allow_renegotiation':
        if (isOurs) clientWaits = true;
        else isClients = true;
        return send({ type: 'allow_renegotiation', data: !isOurs });
      case 'offer':
        await pc.setRemoteDescription(message.data);
        await pc.setLocalDescription(await pc.createAnswer());
        isClients = false;
        return send({ type: 'answer', data: pc.localDescription as DescriptionInit });
      case 'answer':
        if (message.data.sdp === '') return;
        await pc.setRemoteDescription(message.data);
        isOurs = false;
        if (!clientWaits) return;
        clientWaits = false;
        isClients = true;
        return send({ type: 'allow_renegotiation', data: true });
      case 'candidate':
        return pc.addIceCandidate(message.data);
      case 'allow_renegotiation':
        return;
    }
  };
  return { negotiate, take };
};

export const originalAskFirst: NegotiatorDriver = {
  name: 'original ask-first',
  create(pc, role, send, host) {
    const { negotiate, take } = role === 'polite' ? clientSide(pc, send) : serverSide(pc, send, host);
    pc.onicecandidate = ({ candidate }) => {
      try {
        send({ type: 'candidate', data: candidate });
      } catch {
        // Lost, as when a socket is closed.
      }
    };
    // Errors of candidates are logged there; any other stops the handler, and is logged as well.
    return { negotiate, receive: (message) => take(message as Message).catch(() => undefined) };
  },
};
