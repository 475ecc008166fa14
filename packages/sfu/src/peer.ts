/** The SFU's end of one client: its peer connection, what it publishes, and what is forwarded to it. */
import type { RTCPeerConnection, RTCRtpTransceiver } from 'werift';
import type { NegotiatorContext } from './negotiator.ts';
import { watchReceivers } from './receivers.ts';
import type { Member, Publication, Room } from './room.ts';
import { createSenders } from './senders.ts';

export interface Peer extends Member {
  receive(message: unknown): void;
  /** Leaves the room and closes the peer connection, whatever was going on. */
  close(): Promise<void>;
}

export interface PeerOptions {
  readonly client: string;
  readonly room: Room;
  readonly pc: RTCPeerConnection;
  readonly onError: NegotiatorContext['onError'];
}

export const createPeer = ({ client, room, pc, onError }: PeerOptions): Peer => {
  const negotiation = room.hub.add(client, pc, onError);
  const senders = createSenders(pc);
  const forwards = new Map<Publication, { readonly transceiver: RTCRtpTransceiver; readonly stop: () => void }>();

  const peer: Peer = {
    client,
    subscribe(publication) {
      const { kind, streamId, media, publisher } = publication;
      const transceiver = senders.acquire(kind, `${publisher.client}.${streamId}`);
      forwards.set(publication, { transceiver, stop: forward(media, transceiver) });
    },
    unsubscribe(publication) {
      const found = forwards.get(publication);
      if (found === undefined) return;
      forwards.delete(publication);
      found.stop();
      senders.release(found.transceiver);
    },
    negotiate: () => negotiation.negotiate(),
    receive: (message) => negotiation.receive(message),
    async close() {
      room.leave(peer);
      for (const { stop } of forwards.values()) stop();
      negotiation.close();
      await pc.close();
    },
  };

  watchReceivers(pc, (track) => {
    const publication = { ...track, publisher: peer };
    room.publish(publication);
    return () => room.unpublish(publication);
  });
  return peer;
};

/** werift's sender writes its own SSRC and payload type; numbering goes on where the m-line's last track stopped. */
const forward = (media: Publication['media'], { sender }: RTCRtpTransceiver): (() => void) => {
  let started = false;
  const { unSubscribe } = media.onReceiveRtp.subscribe((packet) => {
    if (!started) sender.replaceRTP(packet.header);
    started = true;
    // Packets that cannot be sent are lost, as any packet may be.
    sender.sendRtp(packet).catch(() => undefined);
  });
  return unSubscribe;
};
