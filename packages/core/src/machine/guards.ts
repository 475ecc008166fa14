/** The machine's guards: predicates over the context and the event, and nothing else. */
import { needsRollback } from '../roles.ts';
import type { Context } from './context.ts';
import type { EngineRest, NegotiationEvent } from './events.ts';

export interface GuardArgs {
  readonly context: Context;
  readonly event: NegotiationEvent;
}

export const isPeer = ({ role }: Context) => role === 'polite' || role === 'impolite';
export const handsOutFloor = ({ role }: Context) => role === 'arbiter' || role === 'offerer';
export const asksForFloor = ({ role }: Context) => role === 'requester' || role === 'answerer';
/** Who may keep the other side from the floor takes turns with it. */
export const alternates = ({ role, whileAsking }: Context) => role === 'arbiter' || whileAsking === 'decline';

const givesWay = ({ role, rollback }: Context) => needsRollback(role) || (role === 'arbiter' && rollback);

const isRefusal = (event: NegotiationEvent) =>
  event.type === 'remote.decline' && event.current && event.reason === 'refused';
const leaves = (event: NegotiationEvent, state: EngineRest) => event.type === 'engine.failed' && event.state === state;
const owesAfter = (context: Context, event: NegotiationEvent) =>
  event.type === 'engine.done' && event.needed && context.owed;

export const guards = {
  // stable: what is next
  holdsOffer: ({ context }: GuardArgs) => context.held,
  nothingToAnnounce: ({ context }: GuardArgs) => context.announced && !context.owed,
  grantsFloor: ({ context }: GuardArgs) =>
    context.role === 'arbiter' && context.awaited && !(context.owed && context.ourTurn),
  mustAsk: ({ context }: GuardArgs) => asksForFloor(context) && context.owed && !context.announced,
  waitsForFloor: ({ context }: GuardArgs) => (asksForFloor(context) || context.role === 'auto') && context.owed,
  yieldsTurn: ({ context }: GuardArgs) => isPeer(context) && context.owed && context.awaited,
  takesFloor: ({ context }: GuardArgs) => context.owed || (context.role === 'offerer' && context.awaited),
  // glare
  givesWay: ({ context }: GuardArgs) => givesWay(context),
  ignoresOffer: ({ context }: GuardArgs) => context.role === 'impolite',
  declinesOffer: ({ context }: GuardArgs) => handsOutFloor(context),
  winsOverHeldOffer: ({ context }: GuardArgs) => context.held && context.role === 'impolite',
  keepsFloorOverHeldOffer: ({ context }: GuardArgs) => context.held && handsOutFloor(context) && !givesWay(context),
  lostFloor: ({ context }: GuardArgs) => context.held && context.rollback,
  // the other side's messages
  declinesWhileAsking: ({ context, event }: GuardArgs) =>
    event.type === 'remote.offer' &&
    !event.insists &&
    context.role === 'requester' &&
    context.whileAsking === 'decline' &&
    context.ourTurn,
  isRequester: ({ context }: GuardArgs) => context.role === 'requester',
  isAnswerer: ({ context }: GuardArgs) => context.role === 'answerer',
  isUndecided: ({ context }: GuardArgs) => context.role === 'auto',
  isHandedRequests: ({ context }: GuardArgs) => handsOutFloor(context),
  grantsOurs: ({ context, event }: GuardArgs) =>
    event.type === 'remote.grant' && event.current && context.role === 'requester',
  answersOverHeldOffer: ({ context, event }: GuardArgs) =>
    event.type === 'remote.answer' && event.current && context.held,
  answersOurs: ({ event }: GuardArgs) => event.type === 'remote.answer' && event.current,
  declinesOurs: ({ event }: GuardArgs) => event.type === 'remote.decline' && event.current,
  declinesAndCanRollBack: ({ context, event }: GuardArgs) =>
    event.type === 'remote.decline' && event.current && context.rollback,
  isTakenForGood: ({ context, event }: GuardArgs) =>
    event.type === 'remote.decline' && event.current && event.reason === 'taken' && !context.rollback,
  isRefused: ({ event }: GuardArgs) => isRefusal(event),
  isRefusedAndCanRollBack: ({ context, event }: GuardArgs) => isRefusal(event) && context.rollback,
  isRefusedForGood: ({ context, event }: GuardArgs) => isRefusal(event) && context.failures === 2,
  isStuckWithRefusal: ({ context, event }: GuardArgs) =>
    isRefusal(event) && context.failures === 2 && !context.rollback,
  // the engine
  failsBehindHeldOffer: ({ context, event }: GuardArgs) => context.held && leaves(event, 'stable'),
  mayRetry: ({ context }: GuardArgs) => context.failures < 2,
  canRollBack: ({ context }: GuardArgs) => context.rollback,
  leavesStable: ({ event }: GuardArgs) => leaves(event, 'stable'),
  leavesRemoteOffer: ({ event }: GuardArgs) => leaves(event, 'have-remote-offer'),
  leavesAnotherThanLocalOffer: ({ event }: GuardArgs) => !leaves(event, 'have-local-offer'),
  leavesAnotherThanRemoteOffer: ({ event }: GuardArgs) => !leaves(event, 'have-remote-offer'),
  stillOwes: ({ context, event }: GuardArgs) => owesAfter(context, event),
  askedInVain: ({ context, event }: GuardArgs) =>
    owesAfter(context, event) && context.role === 'answerer' && context.announced,
  askedInVainForGood: ({ context, event }: GuardArgs) =>
    owesAfter(context, event) && context.role === 'answerer' && context.announced && context.failures === 2,
  // candidates
  isForCurrent: ({ event }: GuardArgs) => event.type === 'remote.candidate' && event.of === 'current',
  isForComing: ({ event }: GuardArgs) => event.type === 'remote.candidate' && event.of === 'coming',
} as const satisfies Record<string, (args: GuardArgs) => boolean>;

export type GuardName = keyof typeof guards;
