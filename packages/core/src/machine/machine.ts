/**
 * The negotiation statechart: the one truth about who may do what, when.
 *
 * **Rules of this file.** Every transition of an endpoint stands here, and nowhere else. Guards and actions are named
 * objects, so that the table, the diagrams, the exports and the coverage test can be derived by reading the chart. The
 * context is finite and holds no payload. There is no `invoke`, `after`, `spawn` or `emit`: engine operations are
 * effects, and their results come back as events.
 *
 * **Theory of operation.** Negotiation is a conversation about one resource, *the floor*: the right to have an offer
 * out. Everything returns to `stable`, and `stable` decides what is next, from its flags alone, in a fixed order: first
 * the other side's offer if one is held, then what we promised, then what we owe. So no wake-up can be lost: whatever
 * happened meanwhile only set a flag, and the flags are looked at whenever nothing is in flight. The roles differ only
 * in how `stable` hands out the floor and in what a colliding offer does:
 *
 * - polite / impolite take the floor without asking. In a glare the impolite side ignores the other offer, the polite
 *   side gives way: it rolls its own offer back and still owes it. Its answer says so (`wants`), and the impolite side,
 *   if it has a further change, yields to it first.
 * - requester / arbiter: only the arbiter takes the floor; the requester asks and is granted it, in turn with the
 *   arbiter's own offers. A collision needs a grant that was used after its lease had lapsed. Then the arbiter gives way
 *   if its engine can roll back, and otherwise declines, so that the requester does if its engine can.
 * - answerer / offerer: a request makes the offerer offer.
 * - auto waits for the other side's hello, and is a requester or an arbiter from then on.
 *
 * A flag goes one way only: `owed` is set by a change and by the loss of an offer, and cleared when an offer that
 * carries it starts to be made, or when the engine says, at the end of an exchange, that nothing is left to negotiate.
 *
 * **An operation is judged by where it leaves the engine**, not by its promise: `engine.done` means that the signaling
 * state is the one that the operation leads to. A failed one is tried again while that is legal and the count of failures
 * allows; then the change is reported as failed, and only an engine that cannot get back to `stable` ends the session.
 *
 * **Left out on purpose.** Provisional answers: no browser pair needs them, Firefox has none (docs/deviations.md).
 * Implicit rollback: an explicit one is the same in every engine that has both, and shows the state in between.
 */
import { assign, setup } from 'xstate';
import type { ReportCode } from '../errors.ts';
import { spec } from '../spec.ts';
import { type Context, type MachineOptions, toContext } from './context.ts';
import type { TimerName } from './effects.ts';
import type { DeclineReason, NegotiationEvent } from './events.ts';
import { flags } from './flags.ts';
import { guards } from './guards.ts';

const effect = () => undefined;
const effectOf =
  <P>() =>
  (_: unknown, _params: P) =>
    undefined;

const report = (code: ReportCode) => ({ type: 'report', params: { code } }) as const;
const startTimer = (timer: TimerName) => ({ type: 'startTimer', params: { timer } }) as const;
const stopTimer = (timer: TimerName) => ({ type: 'stopTimer', params: { timer } }) as const;
const decline = (reason: DeclineReason) => ({ type: 'sendDecline', params: { reason } }) as const;
const offer = { type: 'sendOffer', params: { insists: false } } as const;
const insist = { type: 'sendOffer', params: { insists: true } } as const;
const answer = (wants: boolean) => ({ type: 'sendAnswer', params: { wants } }) as const;
const dropIncoming = { type: 'dropOffer', params: { which: 'incoming' } } as const;
const dropHeld = { type: 'dropOffer', params: { which: 'held' } } as const;

const to = {
  stable: '#negotiation.stable',
  creating: '#negotiation.local-offer-pending.creating',
  applyingOffer: '#negotiation.remote-offer-pending.applying-offer',
  closed: '#negotiation.closed',
} as const;

const holdIncoming = (description: string) => ({ actions: ['holdOffer', 'hold'], description }) as const;
const retryRollback = [
  {
    guard: 'mayRetry',
    target: 'rolling-back',
    reenter: true,
    actions: [report('operation-failed'), 'countFailure'],
    description: 'Tried again.',
  },
  {
    target: to.closed,
    actions: [report('rollback-failed'), 'sendBye'],
    description: 'The engine cannot get back to stable.',
  },
] as const;

export const negotiationMachine = setup({
  types: {
    context: {} as Context,
    events: {} as NegotiationEvent,
    input: {} as MachineOptions,
    meta: {} as { spec?: string },
  },
  guards,
  actions: {
    // effects: they do nothing here; a step returns them
    createOffer: effect,
    applyOffer: effect,
    createAnswer: effect,
    applyAnswer: effect,
    rollback: effect,
    addCandidate: effect,
    holdCandidate: effect,
    dropCandidate: effect,
    holdOffer: effect,
    dropOffer: effectOf<{ which: 'incoming' | 'held' }>(),
    sendOffer: effectOf<{ insists: boolean }>(),
    sendAnswer: effectOf<{ wants: boolean }>(),
    sendRequest: effect,
    sendGrant: effect,
    sendRelease: effect,
    sendDecline: effectOf<{ reason: DeclineReason }>(),
    sendBye: effect,
    startTimer: effectOf<{ timer: TimerName }>(),
    stopTimer: effectOf<{ timer: TimerName }>(),
    report: effectOf<{ code: ReportCode }>(),
    // flags
    owe: assign(flags.owe),
    carry: assign(flags.carry),
    settle: assign(flags.settle),
    hold: assign(flags.hold),
    unhold: assign(flags.unhold),
    announce: assign(flags.announce),
    announceFailure: assign(flags.announceFailure),
    retract: assign(flags.retract),
    await: assign(flags.await),
    stopAwaiting: assign(flags.stopAwaiting),
    awaitIfWanted: assign(flags.awaitIfWanted),
    awaitIfBusy: assign(flags.awaitIfBusy),
    handOver: assign(flags.handOver),
    takeTurn: assign(flags.takeTurn),
    regainTurn: assign(flags.regainTurn),
    countFailure: assign(flags.countFailure),
    forgetFailures: assign(flags.forgetFailures),
    decideRole: assign(flags.decideRole),
  },
}).createMachine({
  id: 'negotiation',
  context: ({ input }) => toContext(input ?? { role: 'impolite' }),
  initial: 'stable',
  on: {
    'app.change': [
      {
        guard: 'isAnswerer',
        actions: ['owe', 'forgetFailures'],
        description: 'Owed until an answer carries it; offers that came before it have not failed it.',
      },
      { actions: 'owe', description: 'A change is owed until an offer carries it.' },
    ],
    'app.restart-ice': { actions: 'owe', description: 'New ICE credentials are a change like any other.' },
    'app.close': { target: '.closed', actions: 'sendBye', description: 'We close, and say so.' },
    'remote.bye': { target: '.closed', actions: report('remote-closed'), description: 'The other side closed.' },
    'remote.unfit': {
      target: '.closed',
      actions: [report('role-mismatch'), 'sendBye'],
      description: 'Roles that do not fit would wait for each other or loop.',
    },
    'engine.closed': {
      target: '.closed',
      actions: [report('engine-closed'), 'sendBye'],
      description: 'Nothing can be negotiated on a closed engine.',
      meta: { spec: spec.close },
    },
    'engine.hung': {
      target: '.closed',
      actions: [report('engine-hung'), 'sendBye'],
      description: 'An operation that may still be in flight must not be overtaken by another.',
    },
    'link.failed': { target: '.closed', actions: report('link-failed'), description: 'Nobody is left to agree with.' },
    'remote.candidate': [
      { guard: 'isForCurrent', actions: 'addCandidate', description: 'The engine has its description.' },
      { guard: 'isForComing', actions: 'holdCandidate', description: 'It waits for its description.' },
      { actions: 'dropCandidate', description: 'Its description will never be applied.' },
    ],
    'remote.request': [
      { guard: 'isHandedRequests', actions: 'await', description: 'Remembered until the floor is free.' },
      { actions: report('unexpected-request') },
    ],
    'remote.release': { actions: 'stopAwaiting', description: 'The other side owes nothing any more.' },
    'remote.hello': {
      guard: 'isUndecided',
      actions: 'decideRole',
      description: 'Both ids are known: one side is the arbiter.',
    },
    'remote.offer': { target: to.applyingOffer, actions: ['holdOffer', 'hold'], description: 'Nothing is in its way.' },
    'remote.answer': { actions: report('stale-answer'), meta: { spec: spec.offerAnswer } },
    'remote.grant': { actions: report('stale-grant') },
    'remote.decline': { actions: report('stale-decline') },
  },
  states: {
    stable: {
      description: 'Nothing is in flight.',
      always: [
        { guard: 'holdsOffer', target: to.applyingOffer, description: 'The other side waits for an answer.' },
        {
          guard: 'nothingToAnnounce',
          actions: ['retract', 'sendRelease'],
          description: 'What we announced turned out to be carried, or failed.',
        },
        {
          guard: 'grantsFloor',
          target: 'remote-offer-pending.awaiting-offer',
          description: 'The other side asked, and it is not our turn.',
        },
        {
          guard: 'mustAsk',
          target: 'pending-renegotiation.asking',
          actions: ['announce', 'sendRequest'],
          description: 'Who does not hand out the floor asks for it.',
        },
        { guard: 'waitsForFloor', target: 'pending-renegotiation.asking', description: 'We asked already.' },
        {
          guard: 'yieldsTurn',
          target: 'pending-renegotiation.yielding',
          description: 'The other side lost a glare and goes first.',
        },
        { guard: 'takesFloor', target: 'local-offer-pending.creating', description: 'The floor is ours to take.' },
      ],
    },

    'local-offer-pending': {
      description: 'Our offer is being made, is out, or its answer is being applied.',
      initial: 'creating',
      states: {
        creating: {
          description: 'The engine makes our offer.',
          entry: ['carry', 'takeTurn', 'createOffer'],
          meta: { spec: spec.setLocalDescription },
          on: {
            'engine.done': [
              {
                guard: 'winsOverHeldOffer',
                target: 'awaiting-answer',
                actions: [dropHeld, 'unhold', report('offer-ignored'), 'retract', offer],
                description: 'Glare: the polite side will answer ours.',
                meta: { spec: spec.perfectNegotiation },
              },
              {
                guard: 'keepsFloorOverHeldOffer',
                target: 'awaiting-answer',
                actions: [decline('taken'), dropHeld, 'unhold', 'retract', offer],
                description: 'That offer came after its lease, and our engine cannot take ours back.',
              },
              {
                guard: 'lostFloor',
                target: 'rolling-back',
                actions: 'owe',
                description: 'Ours lost while it was being made, so it is never sent.',
                meta: { spec: spec.rollback },
              },
              {
                target: 'awaiting-answer',
                actions: ['retract', offer],
                description: 'Ours goes out.',
                meta: { spec: spec.offerAnswer },
              },
            ],
            'engine.failed': [
              {
                guard: 'leavesRemoteOffer',
                target: to.closed,
                actions: [report('engine-astray'), 'sendBye'],
                description: 'No offer of the other side was applied.',
              },
              {
                guard: 'failsBehindHeldOffer',
                target: to.stable,
                actions: [report('operation-failed'), 'owe'],
                description: "The other side's offer goes first.",
              },
              {
                guard: 'mayRetry',
                target: 'creating',
                reenter: true,
                actions: [report('operation-failed'), 'countFailure'],
                description: 'Tried again: nothing was sent yet.',
              },
              {
                guard: 'leavesStable',
                target: to.stable,
                actions: [report('change-failed'), 'forgetFailures', 'announceFailure'],
                description: 'Given up until the next change.',
              },
              {
                guard: 'canRollBack',
                target: 'rolling-back',
                actions: [report('change-failed'), 'forgetFailures', 'announceFailure'],
                description: 'Given up until the next change; half of it was done.',
              },
              {
                target: to.closed,
                actions: [report('rollback-failed'), 'sendBye'],
                description: 'Half done, and no way back.',
              },
            ],
            'remote.offer': [
              {
                guard: 'isRequester',
                actions: [report('floor-reclaimed'), 'retract', 'holdOffer', 'hold'],
                description: 'The arbiter took the floor back.',
              },
              holdIncoming('Glare: who wins is decided when ours is made, or fails.'),
            ],
          },
        },
        'awaiting-answer': {
          description: 'Our offer is out.',
          entry: startTimer('answer'),
          exit: stopTimer('answer'),
          on: {
            'remote.answer': [
              {
                guard: 'answersOverHeldOffer',
                target: 'applying-answer',
                actions: [dropHeld, 'unhold', 'awaitIfWanted'],
                description: 'The other side gave way: its offer is no more.',
              },
              { guard: 'answersOurs', target: 'applying-answer', actions: 'awaitIfWanted' },
            ],
            'remote.offer': [
              {
                guard: 'ignoresOffer',
                actions: [dropIncoming, report('offer-ignored')],
                description: 'Glare: the polite side will answer ours.',
                meta: { spec: spec.perfectNegotiation },
              },
              {
                guard: 'givesWay',
                target: 'rolling-back',
                actions: ['holdOffer', 'hold', 'owe', 'announce'],
                description: 'Glare: ours is taken back and still owed, as the other side knows.',
                meta: { spec: spec.rollback },
              },
              {
                guard: 'declinesOffer',
                actions: [decline('taken'), dropIncoming],
                description: 'An offer after its lease; our engine cannot take ours back.',
              },
              {
                actions: [report('floor-reclaimed'), 'holdOffer', 'hold'],
                description: 'The arbiter took the floor back: it will answer ours or decline it.',
              },
            ],
            'remote.decline': [
              {
                guard: 'isTakenForGood',
                target: to.closed,
                actions: [report('floor-lost'), 'sendBye'],
                description: 'Neither side can give way.',
              },
              {
                guard: 'isStuckWithRefusal',
                target: to.closed,
                actions: [report('rollback-failed'), 'sendBye'],
                description: 'Refused again and again, and no way back.',
              },
              {
                guard: 'isRefusedForGood',
                target: 'rolling-back',
                actions: [dropHeld, 'unhold', report('change-failed'), 'forgetFailures', 'announceFailure'],
                description: 'Given up until the next change. Who tried to apply ours has taken its own back.',
              },
              {
                guard: 'isRefusedAndCanRollBack',
                target: 'rolling-back',
                actions: [dropHeld, 'unhold', report('offer-declined'), 'countFailure', 'owe'],
                description: 'Taken back and made again. Who tried to apply ours has taken its own back.',
              },
              {
                guard: 'isRefused',
                actions: [dropHeld, 'unhold', report('offer-declined'), 'countFailure', insist],
                description:
                  'It cannot be taken back, so it is sent again. Who tried to apply it has taken its own back.',
              },
              {
                guard: 'declinesAndCanRollBack',
                target: 'rolling-back',
                actions: ['owe', 'awaitIfBusy'],
                description: 'The other side goes first.',
              },
              {
                guard: 'declinesOurs',
                actions: ['awaitIfBusy', insist],
                description: 'It cannot be taken back, and the other side must answer it now.',
              },
            ],
            'timer.fired': {
              actions: [report('stalled'), offer, startTimer('answer')],
              description: 'The same offer again; a repeated offer gets the same answer.',
            },
          },
        },
        'applying-answer': {
          description: 'The engine applies the answer.',
          entry: 'applyAnswer',
          meta: { spec: spec.setRemoteDescription },
          on: {
            'engine.done': [
              {
                guard: 'stillOwes',
                target: to.stable,
                actions: 'forgetFailures',
                description: 'Agreed; a change made meanwhile was not carried.',
              },
              { target: to.stable, actions: 'settle', description: 'Agreed.' },
            ],
            'engine.failed': [
              {
                guard: 'leavesAnotherThanLocalOffer',
                target: to.closed,
                actions: [report('engine-astray'), 'sendBye'],
                description: 'Only our offer can have been pending.',
              },
              {
                guard: 'mayRetry',
                target: 'creating',
                actions: [report('operation-failed'), 'countFailure'],
                description:
                  'A new offer over the one that is out: the other side has applied it, so it must not be rolled back.',
                meta: { spec: spec.stateMachine },
              },
              {
                guard: 'canRollBack',
                target: 'rolling-back',
                actions: [report('change-failed'), 'forgetFailures', 'announceFailure'],
                description: 'Given up until the next change.',
              },
              {
                target: to.closed,
                actions: [report('rollback-failed'), 'sendBye'],
                description: 'No answer is taken, and there is no way back.',
              },
            ],
            'remote.offer': holdIncoming('Not glare: the other side has answered ours, and offers again.'),
          },
        },
        'rolling-back': {
          description: 'The engine takes our offer back.',
          entry: 'rollback',
          meta: { spec: spec.rollback },
          on: {
            'engine.done': { target: to.stable, description: 'As if it had never been made.' },
            'engine.failed': retryRollback,
            'remote.offer': holdIncoming('It waits for the engine.'),
          },
        },
      },
    },

    'remote-offer-pending': {
      description: 'The other side has the floor.',
      initial: 'applying-offer',
      states: {
        'awaiting-offer': {
          description: 'We granted the floor.',
          entry: ['handOver', 'sendGrant', startTimer('lease')],
          exit: stopTimer('lease'),
          on: {
            'remote.request': { actions: 'sendGrant', description: 'It asks again, so it is told again.' },
            'remote.release': { target: to.stable, description: 'It gives the floor back.' },
            'timer.fired': {
              target: to.stable,
              actions: report('lease-lapsed'),
              description: 'A grant is a lease: the floor is taken back.',
            },
          },
        },
        'applying-offer': {
          description: "The engine applies the other side's offer.",
          entry: ['unhold', 'stopAwaiting', 'regainTurn', 'applyOffer'],
          meta: { spec: spec.setRemoteDescription },
          on: {
            'engine.done': { target: 'answering' },
            'engine.failed': [
              {
                guard: 'leavesStable',
                target: to.stable,
                actions: [report('offer-refused'), decline('refused')],
                description: 'The other side must not wait for an answer that will not come.',
              },
              {
                target: to.closed,
                actions: [report('engine-astray'), 'sendBye'],
                description: 'Nothing of ours can have been pending.',
              },
            ],
            'remote.offer': holdIncoming('A newer offer is taken after this one is answered.'),
          },
        },
        answering: {
          description: 'The engine makes our answer.',
          entry: 'createAnswer',
          meta: { spec: spec.setLocalDescription },
          on: {
            'engine.done': [
              {
                guard: 'askedInVainForGood',
                target: to.stable,
                actions: [report('change-failed'), 'settle', 'retract', answer(false)],
                description: 'Asked for again and again, and never offered.',
              },
              {
                guard: 'askedInVain',
                target: to.stable,
                actions: ['countFailure', answer(true)],
                description: 'This offer had no room for our change either.',
              },
              {
                guard: 'stillOwes',
                target: to.stable,
                actions: ['announce', answer(true)],
                description: 'Agreed, and the answer says that we still owe an offer.',
              },
              {
                target: to.stable,
                actions: ['settle', 'retract', answer(false)],
                description: 'Agreed; whatever we owed, the answer carried.',
                meta: { spec: spec.checkNegotiationNeeded },
              },
            ],
            'engine.failed': [
              {
                guard: 'leavesAnotherThanRemoteOffer',
                target: to.closed,
                actions: [report('engine-astray'), 'sendBye'],
                description: 'Only the offer that we applied can have been pending.',
              },
              {
                guard: 'mayRetry',
                target: 'answering',
                reenter: true,
                actions: [report('operation-failed'), 'countFailure'],
                description: 'Tried again: nothing was sent yet.',
              },
              {
                guard: 'canRollBack',
                target: 'rolling-back',
                actions: report('offer-refused'),
                description: 'The offer is given back.',
              },
              {
                target: to.closed,
                actions: [report('rollback-failed'), 'sendBye'],
                description: 'No answer can be made, and there is no way back.',
              },
            ],
            'remote.offer': holdIncoming('A newer offer is taken after this one is answered.'),
          },
        },
        'rolling-back': {
          description: "The engine gives the other side's offer back.",
          entry: 'rollback',
          meta: { spec: spec.rollback },
          on: {
            'engine.done': {
              target: to.stable,
              actions: decline('refused'),
              description: 'The other side must not wait for an answer that will not come.',
            },
            'engine.failed': retryRollback,
            'remote.offer': holdIncoming('It waits for the engine.'),
          },
        },
      },
    },

    'pending-renegotiation': {
      description: 'We have a change and not the floor.',
      initial: 'asking',
      states: {
        asking: {
          description: 'The request is out.',
          entry: startTimer('grant'),
          exit: stopTimer('grant'),
          on: {
            'remote.hello': {
              guard: 'isUndecided',
              target: to.stable,
              actions: 'decideRole',
              description: 'Now that our role is known, it says what to do about the change.',
            },
            'remote.grant': { guard: 'grantsOurs', target: to.creating, description: 'The floor is ours.' },
            'remote.offer': [
              {
                guard: 'declinesWhileAsking',
                actions: [decline('busy'), dropIncoming],
                description: 'Configured to go first, unless it was first the last time.',
              },
              {
                target: to.applyingOffer,
                actions: ['holdOffer', 'hold'],
                description: 'The other side had the floor already.',
              },
            ],
            'remote.release': {
              guard: 'isAnswerer',
              target: to.stable,
              actions: [report('change-failed'), 'settle', 'retract'],
              description: 'The other side cannot make the offer that we asked for.',
            },
            'timer.fired': [
              {
                guard: 'isUndecided',
                actions: [report('stalled'), startTimer('grant')],
                description: "The other side's hello has not come.",
              },
              {
                actions: [report('stalled'), 'sendRequest', startTimer('grant')],
                description: 'The same request again.',
              },
            ],
          },
        },
        yielding: {
          description: "The other side's turn, after a glare that it lost.",
          entry: startTimer('turn'),
          exit: stopTimer('turn'),
          on: {
            'remote.release': {
              target: to.stable,
              actions: 'stopAwaiting',
              description: 'It turned out to owe nothing.',
            },
            'timer.fired': {
              target: to.stable,
              actions: [report('stalled'), 'stopAwaiting'],
              description: 'It did not take its turn, so it is ours.',
            },
          },
        },
      },
    },

    closed: { type: 'final', description: 'Over: by either side, by the engine or by the link.' },
  },
});
