/**
 * Who is in control of ICE: whoever made the first offer, for good. werift takes control with every offer that it makes
 * before a pair of candidates is nominated, as after a restart, and yields it with every answer, so that both sides or
 * none are in control. Which numbers werift gives its data channels hangs on it, too.
 */
import type { RTCPeerConnection } from 'werift';

/** Runs an operation that sets a local description. Spec: RFC 8445 §6.1.1, RFC 9429 §5.7.3 */
export const keepingIceRole = async <T>(pc: RTCPeerConnection, operation: () => Promise<T>): Promise<T> => {
  if (pc.currentLocalDescription === null) return operation();
  const roles = pc.iceTransports.map(({ connection }) => ({ connection, isControlling: connection.iceControlling }));
  const restore = () => {
    for (const { connection, isControlling } of roles) connection.iceControlling = isControlling;
  };
  // The role follows in the same breath as the state; what is put right before anything else runs, nobody has seen.
  const watching = pc.signalingStateChange.subscribe(() => queueMicrotask(restore));
  try {
    return await operation();
  } finally {
    watching.unSubscribe();
  }
};
