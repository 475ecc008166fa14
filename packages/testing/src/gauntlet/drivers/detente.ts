/** Our own sessions, with nothing but defaults. */
import type { Role } from '@detente/core';
import { createSession } from '@detente/session';
import { createVirtualPort } from '../../virtual-port.ts';
import type { GauntletRole, NegotiatorDriver } from '../driver.ts';

const driver = (name: string, roleOf: (role: GauntletRole) => Role): NegotiatorDriver => ({
  name,
  create(pc, role, send, host) {
    const session = createSession(createVirtualPort(pc), { role: roleOf(role), send, timers: host.timers });
    session.on('restarted', () => host.restarted());
    session.on('error', ({ recoverable, message }) => {
      if (!recoverable) host.failed(message);
    });
    return {
      receive: (message) => session.receive(message),
      reconnected: () => session.resync(),
      close: () => session.close(),
    };
  },
});

export const detentePolite = driver('détente, polite / impolite', (role) => role);
export const detenteAskFirst = driver('détente, ask first', (role) => (role === 'polite' ? 'requester' : 'arbiter'));
export const detenteAuto = driver('détente, auto', () => 'auto');
