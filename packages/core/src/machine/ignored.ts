/**
 * The pairs of state and event that have no transition, with the reason. The coverage test walks every reachable state
 * and every event, and fails on a pair that neither has a transition nor stands here.
 */
import type { MachineState } from '../step.ts';
import type { NegotiationEvent } from './events.ts';
import type { StatePath } from './state-path.ts';

export interface IgnoredRule {
  readonly why: string;
  readonly ignores: (state: MachineState, event: NegotiationEvent) => boolean;
}

const operating: ReadonlySet<StatePath> = new Set<StatePath>([
  'local-offer-pending.creating',
  'local-offer-pending.applying-answer',
  'local-offer-pending.rolling-back',
  'remote-offer-pending.applying-offer',
  'remote-offer-pending.answering',
  'remote-offer-pending.rolling-back',
]);

const waiting: ReadonlySet<StatePath> = new Set<StatePath>([
  'local-offer-pending.awaiting-answer',
  'remote-offer-pending.awaiting-offer',
  'pending-renegotiation.asking',
  'pending-renegotiation.yielding',
]);

export const ignoredRules: readonly IgnoredRule[] = [
  { why: 'The session is over.', ignores: ({ path }) => path === 'closed' },
  {
    why: 'No operation is in flight, so none can have ended.',
    ignores: ({ path }, { type }) =>
      path !== 'closed' && !operating.has(path) && (type === 'engine.done' || type === 'engine.failed'),
  },
  {
    why: 'No timer runs, so none can have fired.',
    ignores: ({ path }, { type }) => path !== 'closed' && !waiting.has(path) && type === 'timer.fired',
  },
  {
    why: 'The role was chosen at construction, or decided by an earlier hello.',
    ignores: ({ path, context }, { type }) => path !== 'closed' && context.role !== 'auto' && type === 'remote.hello',
  },
];

/** Why the event means nothing in this state; `undefined` when it means something. */
export const whyIgnored = (state: MachineState, event: NegotiationEvent): string | undefined =>
  ignoredRules.find(({ ignores }) => ignores(state, event))?.why;
