/** A session's pure state as versioned JSON: for bug reports, for replay, and to go on with in another place. */
import type { Endpoint, Role, StatePath } from '@detente/core';
import { NegotiationError } from './errors.ts';
import type { NativeWireSnapshot } from './wire.ts';

/** Shape: `{ v: 1, id: 'c0ffee…', endpoint: { machine: { path: 'stable', … }, … }, wire: { … } }`. */
export interface SessionSnapshot {
  readonly v: 1;
  readonly id: string;
  readonly endpoint: Endpoint;
  /** `null` on the wires of others, which remember nothing. */
  readonly wire: NativeWireSnapshot | null;
}

/** In these states an operation is in flight on an engine that the snapshot does not hold. */
const operating: ReadonlySet<StatePath> = new Set<StatePath>([
  'local-offer-pending.creating',
  'local-offer-pending.applying-answer',
  'local-offer-pending.rolling-back',
  'remote-offer-pending.applying-offer',
  'remote-offer-pending.answering',
  'remote-offer-pending.rolling-back',
]);

/** Throws `invalid-option` when nothing can go on from there in this role. */
export const assertRestorable = (snapshot: SessionSnapshot, role: Role): void => {
  const refuse = (reason: string) => {
    throw new NegotiationError('invalid-option', `The option 'restore' cannot be used: ${reason}.`, {
      recoverable: false,
    });
  };
  const { v, id, endpoint } = Object(snapshot) as Partial<SessionSnapshot>;
  if (v !== 1) refuse(`its version is ${String(v)}, this package reads version 1`);
  if (typeof id !== 'string' || !endpoint?.machine?.context || !endpoint.registers) return refuse('it is no snapshot');
  const { path, context } = endpoint.machine;
  if (path === 'closed') refuse('the session was closed');
  if (operating.has(path)) refuse(`the engine was at work (${path}); such a snapshot is for replay alone`);
  const isDecided = role === 'auto' && (context.role === 'requester' || context.role === 'arbiter');
  if (context.role !== role && !isDecided) refuse(`its role is ${context.role}, not ${role}`);
};
