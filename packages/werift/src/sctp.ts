/**
 * Data channels that are negotiated when the connection is there already. werift begins the SCTP association only when
 * DTLS comes up, so that such data channels stay connecting for ever; and it accepts one that the other side begins
 * before it knows which numbers its own data channels have, and loses them.
 */
import type { RTCPeerConnection, RTCSctpTransport } from 'werift';

const waiting = ({ sctpTransport }: RTCPeerConnection): RTCSctpTransport | undefined =>
  sctpTransport === undefined || sctpTransport.sctp.started ? undefined : sctpTransport;

const isConnected = ({ dtlsTransport }: RTCSctpTransport): boolean => dtlsTransport.state === 'connected';

/** Run before an offer is made: the other side may begin as soon as it has answered. */
export const prepareSctp = (pc: RTCPeerConnection): void => {
  const transport = waiting(pc);
  if (transport === undefined) return;
  const begins = transport.dtlsTransport.iceTransport.connection.iceControlling;
  if (begins || !isConnected(transport)) transport.sctp.isServer = false;
  else void transport.start(transport.port);
};

/** Run once an answer is set. */
export const startSctp = (pc: RTCPeerConnection): void => {
  const transport = waiting(pc);
  const remotePort = /^a=sctp-port:(\d+)/m.exec(pc.currentRemoteDescription?.sdp ?? '')?.[1];
  if (transport !== undefined && remotePort !== undefined && isConnected(transport))
    void transport.start(Number(remotePort));
};
