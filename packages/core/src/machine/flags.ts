/** What a transition does to the context: each flag change by name, as a pure function. */
import type { Context } from './context.ts';
import { type GuardArgs, alternates, asksForFloor, handsOutFloor, isPeer } from './guards.ts';

export const flags = {
  owe: () => ({ owed: true }),
  carry: ({ context }: GuardArgs) => ({ owed: false, awaited: context.awaited && context.role !== 'offerer' }),
  settle: () => ({ owed: false, failures: 0 }),
  hold: () => ({ held: true }),
  unhold: () => ({ held: false }),
  announce: ({ context }: GuardArgs) => ({ announced: isPeer(context) || asksForFloor(context) }),
  announceFailure: ({ context }: GuardArgs) => ({ announced: context.announced || context.role === 'offerer' }),
  retract: () => ({ announced: false }),
  await: () => ({ awaited: true }),
  stopAwaiting: () => ({ awaited: false }),
  awaitIfWanted: ({ context, event }: GuardArgs) => ({
    awaited: event.type === 'remote.answer' && event.wants && (isPeer(context) || handsOutFloor(context)),
  }),
  awaitIfBusy: ({ context, event }: GuardArgs) => ({
    awaited: context.awaited || (event.type === 'remote.decline' && event.reason === 'busy' && handsOutFloor(context)),
  }),
  handOver: () => ({ awaited: false, ourTurn: true }),
  takeTurn: ({ context }: GuardArgs) => ({ ourTurn: !alternates(context) }),
  regainTurn: ({ context }: GuardArgs) => ({ ourTurn: context.ourTurn || context.role === 'requester' }),
  countFailure: ({ context }: GuardArgs) => ({ failures: context.failures === 0 ? 1 : 2 }),
  forgetFailures: () => ({ failures: 0 }),
  decideRole: ({ event }: GuardArgs) => ({
    role: event.type === 'remote.hello' && event.arbiter ? 'arbiter' : 'requester',
  }),
} as const satisfies Record<string, (args: GuardArgs) => Partial<Context>>;

export type FlagName = keyof typeof flags;
