/**
 * The hub: what a server needs around many sessions. One timer for all of them, one announcement for a change of one
 * that concerns the others, and a bound on how many offers are being created at once.
 */
import type { NegotiationState } from '@detente/core';
import { NegotiationError } from './errors.ts';
import type { SessionOptions } from './options.ts';
import type { PeerConnectionPort } from './port.ts';
import { type NegotiationSession, createSession } from './session.ts';
import { createSharedTimers } from './shared-timers.ts';
import { createSlots } from './slots.ts';
import { type Timers, platformTimers } from './timers.ts';

export interface HubOptions<Pc> {
  /** Puts one message on the signaling channel of one client. May throw or reject: that is loss. */
  readonly send: (id: string, message: object) => unknown;
  /** The adapter: `createWeriftPort`, `createBrowserPort`, … */
  readonly toPort: (pc: Pc) => PeerConnectionPort;
  /** What all sessions have in common. Default: `{ role: 'arbiter', trigger: 'manual' }`. */
  readonly defaults?: Partial<HubSessionOptions> | undefined;
  /** How many offers may be being created at once. Default 16. */
  readonly concurrentOffers?: number | undefined;
  readonly timers?: Timers | undefined;
}

export type HubSessionOptions = Omit<SessionOptions, 'send' | 'timers' | 'offerSlots'>;

export interface HubStats {
  readonly sessions: number;
  readonly states: Readonly<Record<NegotiationState, number>>;
  readonly offersBeingCreated: number;
  readonly offersWaiting: number;
}

export interface Hub<Pc> {
  /** Starts a session with a client. Throws `NegotiationError` when there is one with that id, or an option is wrong. */
  add(id: string, pc: Pc, options?: Partial<HubSessionOptions>): NegotiationSession;
  session(id: string): NegotiationSession | undefined;
  /** One message of one client. Never throws; a client that is not there (any more) is ignored, which returns `false`. */
  receive(id: string, message: unknown): boolean;
  /** There is a change to negotiate with everyone but `exceptId`. Calls in one tick are one change. */
  announce(exceptId?: string): void;
  /** Closes the session with a client; its peer connection stays as it is. Returns whether there was one. */
  remove(id: string): boolean;
  stats(): HubStats;
}

/** Throws `NegotiationError` (`invalid-option`) when `concurrentOffers` is no whole number of at least 1. */
export const createHub = <Pc>(options: HubOptions<Pc>): Hub<Pc> => {
  const { send, toPort, defaults, concurrentOffers = 16 } = options;
  if (!Number.isInteger(concurrentOffers) || concurrentOffers < 1) {
    throw new NegotiationError(
      'invalid-option',
      "The option 'concurrentOffers' must be a whole number of at least 1.",
      {
        recoverable: false,
      },
    );
  }
  const timers = createSharedTimers(options.timers ?? platformTimers);
  const offerSlots = createSlots(concurrentOffers);
  const sessions = new Map<string, NegotiationSession>();

  return {
    add(id, pc, own) {
      if (sessions.has(id)) {
        throw new NegotiationError('invalid-option', `There is a session with '${id}' already; remove it first.`, {
          recoverable: false,
        });
      }
      const session = createSession(toPort(pc), {
        role: 'arbiter',
        trigger: 'manual',
        ...defaults,
        ...own,
        send: (message) => send(id, message),
        timers,
        offerSlots,
      });
      sessions.set(id, session);
      session.on('state', (state) => {
        if (state === 'closed' && sessions.get(id) === session) sessions.delete(id);
      });
      return session;
    },
    session: (id) => sessions.get(id),
    receive(id, message) {
      const session = sessions.get(id);
      session?.receive(message);
      return session !== undefined;
    },
    announce(exceptId) {
      for (const [id, session] of sessions) {
        // One that is closing tells its listeners before it is gone, and they may announce.
        if (id !== exceptId && session.state !== 'closed') session.negotiate();
      }
    },
    remove(id) {
      const session = sessions.get(id);
      sessions.delete(id);
      session?.close();
      return session !== undefined;
    },
    stats() {
      const states = {
        stable: 0,
        'local-offer-pending': 0,
        'remote-offer-pending': 0,
        'pending-renegotiation': 0,
        closed: 0,
      };
      for (const { state } of sessions.values()) states[state] += 1;
      return {
        sessions: sessions.size,
        states,
        offersBeingCreated: offerSlots.inUse,
        offersWaiting: offerSlots.waiting,
      };
    },
  };
};
