/** Five lines around an existing werift peer connection. */
import { createSession, type NegotiationSession, type SessionOptions } from '@detente/session';
import type { RTCPeerConnection } from 'werift';
import { createWeriftPort } from './port.ts';

/**
 * A session that negotiates the peer connection. `trigger` is `'manual'` unless said otherwise, since werift does not
 * tell of every change: call `session.negotiate()` after changing tracks, transceivers or data channels.
 *
 * **Errors**: throws `NegotiationError`: `role-needs-rollback` for the role `polite`, which werift cannot play;
 * `unknown-engine`, `engine-closed`, `second-session`, `invalid-option`; each says what to do.
 *
 * ```ts
 * const session = negotiate(pc, { role: 'requester', send: (message) => socket.send(JSON.stringify(message)) });
 * socket.on('message', (data) => session.receive(JSON.parse(String(data))));
 * pc.addTransceiver(track, { direction: 'sendonly' });
 * session.negotiate();
 * ```
 */
export const negotiate = (pc: RTCPeerConnection, options: SessionOptions): NegotiationSession =>
  createSession(createWeriftPort(pc), { ...options, trigger: options.trigger ?? 'manual' });
