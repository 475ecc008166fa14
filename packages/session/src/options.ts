/** What a session can be told at construction, with its defaults. Everything is checked once, here. */
import {
  type Codec,
  createInliveClientCodec,
  createInliveServerCodec,
  type EndpointLimits,
  type Role,
  w3cCodec,
  type TimerName,
  type WhileAsking,
  needsRollback,
  roles,
} from '@detente/core';
import { type LinkOptions, createLink } from '@detente/core/link';
import { NegotiationError } from './errors.ts';
import type { PortCapabilities } from './port.ts';
import type { Slots } from './slots.ts';
import { type SessionSnapshot, assertRestorable } from './snapshot.ts';
import { type Timers, platformTimers } from './timers.ts';

/** How long to wait, in ms, before `stalled` is raised (`answer`, `grant`, `turn`) or something is taken back or given up. */
export type Timeouts = Readonly<Record<TimerName | 'operation', number>>;

export interface SessionOptions {
  /** Which side of which pair this end plays; the other end plays the counterpart. */
  readonly role: Role;
  /**
   * Puts one message on the signaling channel. Plain JSON. May throw or reject: that is loss, and the link repairs it
   * after `resync()`.
   */
  readonly send: (message: object) => unknown;
  /** `'event'`: the engine's `negotiationneeded` is a change. `'manual'`: only `negotiate()` is. Default `'event'`. */
  readonly trigger?: 'event' | 'manual' | undefined;
  /** A requester's manners while it waits for the floor. Default `'answer'`. */
  readonly whileAsking?: WhileAsking | undefined;
  /** `'reliable'` for an ordered, lossless signaling channel (WebSocket), `'lossy'` for any other. Default `'reliable'`. */
  readonly link?: LinkOptions['mode'] | LinkOptions | undefined;
  readonly limits?: Partial<EndpointLimits> | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly timers?: Timers | undefined;
  /**
   * `'native'`, or the wire of others: `'w3c'` for the W3C's example (polite, impolite), `'inlive'` for the Go SFU
   * (requester, arbiter). Default `'native'`.
   */
  readonly wire?: 'native' | 'w3c' | 'inlive' | undefined;
  /** A bound on offers being created at once, shared with other sessions. Default: none. */
  readonly offerSlots?: Slots | undefined;
  /** Go on from here instead of from the start; see `NegotiationSession.snapshot`. */
  readonly restore?: SessionSnapshot | undefined;
  /** This session's id, unique among all sessions of both sides. Default: random. */
  readonly id?: string | undefined;
}

export const defaultTimeouts: Timeouts = {
  answer: 10_000,
  grant: 10_000,
  turn: 10_000,
  lease: 10_000,
  operation: 30_000,
};

export interface ResolvedOptions extends SessionOptions {
  readonly codec: Codec | null;
  readonly trigger: 'event' | 'manual';
  readonly link: LinkOptions;
  readonly timeouts: Timeouts;
  readonly timers: Timers;
  readonly id: string;
}

/** Throws `NegotiationError` (`invalid-option`, `role-needs-rollback`) with what to write instead. */
export const resolveOptions = (options: SessionOptions, { rollback }: PortCapabilities): ResolvedOptions => {
  const { role, send, trigger = 'event', whileAsking = 'answer', link = 'reliable', wire = 'native' } = options;
  oneOf('role', role, roles);
  oneOf('trigger', trigger, ['event', 'manual']);
  oneOf('wire', wire, ['native', 'w3c', 'inlive']);
  oneOf('whileAsking', whileAsking, ['answer', 'decline']);
  if (typeof send !== 'function') throw invalid('send', 'a function that puts a message on the signaling channel');
  if (needsRollback(role) && !rollback) {
    const fit = roles.filter((one) => !needsRollback(one)).join(', ');
    throw new NegotiationError(
      'role-needs-rollback',
      `The role '${role}' rolls back, which this engine cannot do. Roles that fit it: ${fit}.`,
      { recoverable: false },
    );
  }
  const timeouts = { ...defaultTimeouts, ...defined(options.timeouts) };
  for (const [name, delayMs] of Object.entries(timeouts)) {
    if (typeof delayMs !== 'number' || !(delayMs > 0)) {
      throw invalid(`timeouts.${name}`, 'a number of milliseconds above 0');
    }
  }
  const { candidates = 1 } = options.limits ?? {};
  if (!Number.isSafeInteger(candidates) || candidates < 1) {
    throw invalid('limits.candidates', 'a whole number of at least 1');
  }
  const codec = toCodec(wire, role);
  if (codec && !codec.roles.includes(role)) {
    throw invalid('role', `one of the roles that the wire '${wire}' can carry: ${codec.roles.join(', ')}`);
  }
  if (options.restore !== undefined) assertRestorable(options.restore, role);
  const { id = options.restore?.id ?? randomId() } = options;
  if (typeof id !== 'string' || id.length < 1 || id.length > 128)
    throw invalid('id', 'a string of 1 to 128 characters');
  return {
    ...options,
    codec,
    trigger,
    whileAsking,
    link: toLink(link),
    timeouts,
    timers: options.timers ?? platformTimers,
    id,
  };
};

/** The link judges its own options. */
const toLink = (link: LinkOptions['mode'] | LinkOptions): LinkOptions => {
  try {
    return createLink(typeof link === 'string' ? { mode: link } : link).options;
  } catch (error) {
    throw invalid('link', `'reliable', 'lossy' or the options of a link; ${(error as Error).message}`);
  }
};

const toCodec = (wire: 'native' | 'w3c' | 'inlive', role: Role): Codec | null => {
  switch (wire) {
    case 'native':
      return null;
    case 'w3c':
      return w3cCodec;
    case 'inlive':
      return role === 'arbiter' ? createInliveServerCodec() : createInliveClientCodec();
  }
};

const defined = <T extends object>(values: T | undefined): Partial<T> =>
  Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;

const invalid = (option: string, wanted: string) =>
  new NegotiationError('invalid-option', `The option '${option}' must be ${wanted}.`, { recoverable: false });

const oneOf = (option: string, value: unknown, permitted: readonly string[]) => {
  if (!permitted.includes(value as string)) throw invalid(option, `one of: ${permitted.join(', ')}`);
};

/** Unique, not secret: React Native brings no `crypto`, and a page that is no secure context no `randomUUID`. */
const randomId = (): string => {
  const { crypto } = globalThis as unknown as { crypto?: { randomUUID?(): string } };
  return crypto?.randomUUID?.() ?? `${Math.random()}${Math.random()}`.replaceAll('0.', '-').slice(1);
};
