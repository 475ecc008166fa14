/** Five lines around an existing `RTCPeerConnection`. */
import { createSession, type NegotiationSession, type SessionOptions } from '@detente/session';
import type { PeerConnectionLike } from './peer-connection-like.ts';
import { type BrowserPortOptions, createBrowserPort } from './port.ts';

export interface NegotiateOptions extends SessionOptions, BrowserPortOptions {}

/**
 * A session that negotiates the peer connection, one at a time, until it is closed. Code that uses the connection stays
 * as it is, but must not set descriptions or candidates itself any more.
 *
 * **Errors**: throws `NegotiationError`: `unknown-engine`, `engine-closed`, `second-session`, `role-needs-rollback`,
 * `invalid-option`; each says what to do.
 *
 * ```ts
 * const session = negotiate(pc, { role: 'auto', send: (message) => socket.send(JSON.stringify(message)) });
 * socket.onmessage = ({ data }) => session.receive(JSON.parse(data));
 * pc.addTrack(track, stream);
 * ```
 */
export const negotiate = (pc: PeerConnectionLike, { rollback, ...options }: NegotiateOptions): NegotiationSession =>
  createSession(createBrowserPort(pc, { rollback }), options);
