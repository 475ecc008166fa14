/** The one transport of a connection: that its handshake survives a slow start, and that its failure is noticed. */
import { DtlsClient, type DtlsSocket, type RTCDtlsTransport, type RTCPeerConnection } from 'werift';

/** Calls back, at most once, when the other side turns out not to be who it says, or never to be reached. */
export const watchTransport = (pc: RTCPeerConnection, failed: () => void): void => {
  const watched = new WeakSet<RTCDtlsTransport>();
  pc.signalingStateChange.subscribe(() => {
    for (const transport of pc.dtlsTransports) {
      if (watched.has(transport)) continue;
      watched.add(transport);
      transport.onStateChange.subscribe((state) => {
        // The handshake is made right after this event.
        if (state === 'connecting') queueMicrotask(() => bearRepetition(transport.dtls));
        if (state === 'failed') failed();
      });
    }
  });
};

const helloVerifyRequest = 3;

/**
 * A server that takes more than half a second gets two hellos and responds to both, and werift's client dies of the
 * second response. RFC 6347 §4.2.4 has it ignore what it is not waiting for.
 */
const bearRepetition = (handshake: DtlsSocket | undefined): void => {
  if (!(handshake instanceof DtlsClient)) return;
  const handle = handshake.onHandleHandshakes;
  handshake.onHandleHandshakes = (messages) =>
    handle(messages.filter(({ msg_type }) => msg_type !== helloVerifyRequest || handshake.dtls.flight < 3));
};
