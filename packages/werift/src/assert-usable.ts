/** What is no peer connection of werift's, or one that is over, is refused before anything is begun on it. */
import { NegotiationError } from '@detente/session';
import type { RTCPeerConnection } from 'werift';

const events = ['onNegotiationneeded', 'onIceCandidate', 'signalingStateChange'] as const;

/** Throws `NegotiationError` (`unknown-engine`, `engine-closed`) with what to do instead. */
export const assertUsable = (pc: RTCPeerConnection): void => {
  const missing = typeof pc === 'object' && pc !== null ? events.filter((name) => pc[name] === undefined) : events;
  if (missing.length > 0) {
    throw new NegotiationError(
      'unknown-engine',
      `This is no RTCPeerConnection of werift's: it lacks ${missing.join(', ')}. For that of a browser use @detente/browser.`,
      { recoverable: false },
    );
  }
  if (pc.signalingState === 'closed') {
    throw new NegotiationError(
      'engine-closed',
      'The RTCPeerConnection is closed: make a new one and negotiate on that.',
      { recoverable: false },
    );
  }
};
