/** Our own sessions, with nothing but defaults beside the role, the manners and the wire. */
import type { Role } from '@detente/core';
import { type SessionOptions, createSession } from '@detente/session';
import { createVirtualPort } from '../../virtual-port.ts';
import type { GauntletRole, NegotiatorDriver } from '../driver.ts';

const driver = (
  name: string,
  roleOf: (role: GauntletRole) => Role,
  options: Pick<SessionOptions, 'whileAsking' | 'wire'> = {},
): NegotiatorDriver => ({
  name,
  create(pc, role, send, { id, timers, restarted, failed }) {
    const session = createSession(createVirtualPort(pc), { role: roleOf(role), send, id, timers, ...options });
    session.on('restarted', () => restarted());
    session.on('error', ({ recoverable, message }) => {
      if (!recoverable) failed(message);
    });
    return {
      receive: (message) => session.receive(message),
      reconnected: () => session.resync(),
      close: () => session.close(),
    };
  },
});

const asRequester = (role: GauntletRole): Role => (role === 'polite' ? 'requester' : 'arbiter');
const asAnswerer = (role: GauntletRole): Role => (role === 'polite' ? 'answerer' : 'offerer');

export const detentePolite = driver('détente, polite / impolite', (role) => role);
export const detenteAskFirst = driver('détente, ask first', asRequester);
export const detenteDeclining = driver('détente, ask first, declining', asRequester, { whileAsking: 'decline' });
export const detenteAnswerer = driver('détente, answerer / offerer', asAnswerer);
export const detenteAuto = driver('détente, auto', () => 'auto');
/** The W3C's wire carries no ids, and assumes a channel that loses, repeats and reorders nothing. */
export const detenteOnW3cWire = driver("détente on the W3C's wire", (role) => role, { wire: 'w3c' });
