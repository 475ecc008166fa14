/**
 * The compiled statechart: generated from machine.ts by scripts/compile-chart.ts, never edited by hand. A test compares it
 * with XState's own `transition` on every reachable state and every event.
 */
import type { Chart } from './chart-types.ts';

export const chart: Chart = {
  common: {
    'app.change': [{ guard: 'isAnswerer', does: ['owe', 'forgetFailures'] }, { does: ['owe'] }],
    'app.close': [{ target: 'closed', does: ['sendBye'] }],
    'app.restart-ice': [{ does: ['owe'] }],
    'engine.closed': [{ target: 'closed', does: [{ type: 'report', code: 'engine-closed' }, 'sendBye'] }],
    'engine.hung': [{ target: 'closed', does: [{ type: 'report', code: 'engine-hung' }, 'sendBye'] }],
    'link.failed': [{ target: 'closed', does: [{ type: 'report', code: 'link-failed' }] }],
    'remote.answer': [{ does: [{ type: 'report', code: 'stale-answer' }] }],
    'remote.bye': [{ target: 'closed', does: [{ type: 'report', code: 'remote-closed' }] }],
    'remote.candidate': [
      { guard: 'isForCurrent', does: ['addCandidate'] },
      { guard: 'isForComing', does: ['holdCandidate'] },
      { does: ['dropCandidate'] },
    ],
    'remote.decline': [{ does: [{ type: 'report', code: 'stale-decline' }] }],
    'remote.grant': [{ does: [{ type: 'report', code: 'stale-grant' }] }],
    'remote.hello': [{ guard: 'isUndecided', does: ['decideRole'] }],
    'remote.offer': [{ target: 'remote-offer-pending.applying-offer', does: ['holdOffer', 'hold'] }],
    'remote.release': [{ does: ['stopAwaiting'] }],
    'remote.request': [
      { guard: 'isHandedRequests', does: ['await'] },
      { does: [{ type: 'report', code: 'unexpected-request' }] },
    ],
    'remote.unfit': [{ target: 'closed', does: [{ type: 'report', code: 'role-mismatch' }, 'sendBye'] }],
  },
  states: {
    stable: {
      entry: [],
      exit: [],
      always: [
        { guard: 'holdsOffer', target: 'remote-offer-pending.applying-offer', does: [] },
        { guard: 'nothingToAnnounce', does: ['retract', 'sendRelease'] },
        { guard: 'grantsFloor', target: 'remote-offer-pending.awaiting-offer', does: [] },
        { guard: 'mustAsk', target: 'pending-renegotiation.asking', does: ['announce', 'sendRequest'] },
        { guard: 'waitsForFloor', target: 'pending-renegotiation.asking', does: [] },
        { guard: 'yieldsTurn', target: 'pending-renegotiation.yielding', does: [] },
        { guard: 'takesFloor', target: 'local-offer-pending.creating', does: [] },
      ],
      on: {},
    },
    'local-offer-pending.creating': {
      entry: ['carry', 'takeTurn', 'createOffer'],
      exit: [],
      always: [],
      on: {
        'engine.done': [
          {
            guard: 'winsOverHeldOffer',
            target: 'local-offer-pending.awaiting-answer',
            does: [
              { type: 'dropOffer', which: 'held' },
              'unhold',
              { type: 'report', code: 'offer-ignored' },
              'retract',
              { type: 'sendOffer', insists: false },
            ],
          },
          {
            guard: 'keepsFloorOverHeldOffer',
            target: 'local-offer-pending.awaiting-answer',
            does: [
              { type: 'sendDecline', reason: 'taken' },
              { type: 'dropOffer', which: 'held' },
              'unhold',
              'retract',
              { type: 'sendOffer', insists: false },
            ],
          },
          { guard: 'lostFloor', target: 'local-offer-pending.rolling-back', does: ['owe'] },
          { target: 'local-offer-pending.awaiting-answer', does: ['retract', { type: 'sendOffer', insists: false }] },
        ],
        'engine.failed': [
          {
            guard: 'leavesRemoteOffer',
            target: 'closed',
            does: [{ type: 'report', code: 'engine-astray' }, 'sendBye'],
          },
          {
            guard: 'failsBehindHeldOffer',
            target: 'stable',
            does: [{ type: 'report', code: 'operation-failed' }, 'owe'],
          },
          {
            guard: 'mayRetry',
            target: 'local-offer-pending.creating',
            does: [{ type: 'report', code: 'operation-failed' }, 'countFailure'],
          },
          {
            guard: 'leavesStable',
            target: 'stable',
            does: [{ type: 'report', code: 'change-failed' }, 'forgetFailures', 'announceFailure'],
          },
          {
            guard: 'canRollBack',
            target: 'local-offer-pending.rolling-back',
            does: [{ type: 'report', code: 'change-failed' }, 'forgetFailures', 'announceFailure'],
          },
          { target: 'closed', does: [{ type: 'report', code: 'rollback-failed' }, 'sendBye'] },
        ],
        'remote.offer': [
          { guard: 'isRequester', does: [{ type: 'report', code: 'floor-reclaimed' }, 'retract', 'holdOffer', 'hold'] },
          { does: ['holdOffer', 'hold'] },
        ],
      },
    },
    'local-offer-pending.awaiting-answer': {
      entry: [{ type: 'startTimer', timer: 'answer' }],
      exit: [{ type: 'stopTimer', timer: 'answer' }],
      always: [],
      on: {
        'remote.answer': [
          {
            guard: 'answersOverHeldOffer',
            target: 'local-offer-pending.applying-answer',
            does: [{ type: 'dropOffer', which: 'held' }, 'unhold', 'awaitIfWanted'],
          },
          { guard: 'answersOurs', target: 'local-offer-pending.applying-answer', does: ['awaitIfWanted'] },
        ],
        'remote.decline': [
          { guard: 'isTakenForGood', target: 'closed', does: [{ type: 'report', code: 'floor-lost' }, 'sendBye'] },
          {
            guard: 'isStuckWithRefusal',
            target: 'closed',
            does: [{ type: 'report', code: 'rollback-failed' }, 'sendBye'],
          },
          {
            guard: 'isRefusedForGood',
            target: 'local-offer-pending.rolling-back',
            does: [
              { type: 'dropOffer', which: 'held' },
              'unhold',
              { type: 'report', code: 'change-failed' },
              'forgetFailures',
              'announceFailure',
            ],
          },
          {
            guard: 'isRefusedAndCanRollBack',
            target: 'local-offer-pending.rolling-back',
            does: [
              { type: 'dropOffer', which: 'held' },
              'unhold',
              { type: 'report', code: 'offer-declined' },
              'countFailure',
              'owe',
            ],
          },
          {
            guard: 'isRefused',
            does: [
              { type: 'dropOffer', which: 'held' },
              'unhold',
              { type: 'report', code: 'offer-declined' },
              'countFailure',
              { type: 'sendOffer', insists: true },
            ],
          },
          { guard: 'declinesAndCanRollBack', target: 'local-offer-pending.rolling-back', does: ['owe', 'awaitIfBusy'] },
          { guard: 'declinesOurs', does: ['awaitIfBusy', { type: 'sendOffer', insists: true }] },
        ],
        'remote.offer': [
          {
            guard: 'ignoresOffer',
            does: [
              { type: 'dropOffer', which: 'incoming' },
              { type: 'report', code: 'offer-ignored' },
            ],
          },
          {
            guard: 'givesWay',
            target: 'local-offer-pending.rolling-back',
            does: ['holdOffer', 'hold', 'owe', 'announce'],
          },
          {
            guard: 'declinesOffer',
            does: [
              { type: 'sendDecline', reason: 'taken' },
              { type: 'dropOffer', which: 'incoming' },
            ],
          },
          { does: [{ type: 'report', code: 'floor-reclaimed' }, 'holdOffer', 'hold'] },
        ],
        'timer.fired': [
          {
            does: [
              { type: 'report', code: 'stalled' },
              { type: 'sendOffer', insists: false },
              { type: 'startTimer', timer: 'answer' },
            ],
          },
        ],
      },
    },
    'local-offer-pending.applying-answer': {
      entry: ['applyAnswer'],
      exit: [],
      always: [],
      on: {
        'engine.done': [
          { guard: 'stillOwes', target: 'stable', does: ['forgetFailures'] },
          { target: 'stable', does: ['settle'] },
        ],
        'engine.failed': [
          {
            guard: 'leavesAnotherThanLocalOffer',
            target: 'closed',
            does: [{ type: 'report', code: 'engine-astray' }, 'sendBye'],
          },
          {
            guard: 'mayRetry',
            target: 'local-offer-pending.creating',
            does: [{ type: 'report', code: 'operation-failed' }, 'countFailure'],
          },
          {
            guard: 'canRollBack',
            target: 'local-offer-pending.rolling-back',
            does: [{ type: 'report', code: 'change-failed' }, 'forgetFailures', 'announceFailure'],
          },
          { target: 'closed', does: [{ type: 'report', code: 'rollback-failed' }, 'sendBye'] },
        ],
        'remote.offer': [{ does: ['holdOffer', 'hold'] }],
      },
    },
    'local-offer-pending.rolling-back': {
      entry: ['rollback'],
      exit: [],
      always: [],
      on: {
        'engine.done': [{ target: 'stable', does: [] }],
        'engine.failed': [
          {
            guard: 'mayRetry',
            target: 'local-offer-pending.rolling-back',
            does: [{ type: 'report', code: 'operation-failed' }, 'countFailure'],
          },
          { target: 'closed', does: [{ type: 'report', code: 'rollback-failed' }, 'sendBye'] },
        ],
        'remote.offer': [{ does: ['holdOffer', 'hold'] }],
      },
    },
    'remote-offer-pending.awaiting-offer': {
      entry: ['handOver', 'sendGrant', { type: 'startTimer', timer: 'lease' }],
      exit: [{ type: 'stopTimer', timer: 'lease' }],
      always: [],
      on: {
        'remote.release': [{ target: 'stable', does: [] }],
        'remote.request': [{ does: ['sendGrant'] }],
        'timer.fired': [{ target: 'stable', does: [{ type: 'report', code: 'lease-lapsed' }] }],
      },
    },
    'remote-offer-pending.applying-offer': {
      entry: ['unhold', 'stopAwaiting', 'regainTurn', 'applyOffer'],
      exit: [],
      always: [],
      on: {
        'engine.done': [{ target: 'remote-offer-pending.answering', does: [] }],
        'engine.failed': [
          {
            guard: 'leavesStable',
            target: 'stable',
            does: [
              { type: 'report', code: 'offer-refused' },
              { type: 'sendDecline', reason: 'refused' },
            ],
          },
          { target: 'closed', does: [{ type: 'report', code: 'engine-astray' }, 'sendBye'] },
        ],
        'remote.offer': [{ does: ['holdOffer', 'hold'] }],
      },
    },
    'remote-offer-pending.answering': {
      entry: ['createAnswer'],
      exit: [],
      always: [],
      on: {
        'engine.done': [
          {
            guard: 'askedInVainForGood',
            target: 'stable',
            does: [
              { type: 'report', code: 'change-failed' },
              'settle',
              'retract',
              { type: 'sendAnswer', wants: false },
            ],
          },
          { guard: 'askedInVain', target: 'stable', does: ['countFailure', { type: 'sendAnswer', wants: true }] },
          { guard: 'stillOwes', target: 'stable', does: ['announce', { type: 'sendAnswer', wants: true }] },
          { target: 'stable', does: ['settle', 'retract', { type: 'sendAnswer', wants: false }] },
        ],
        'engine.failed': [
          {
            guard: 'leavesAnotherThanRemoteOffer',
            target: 'closed',
            does: [{ type: 'report', code: 'engine-astray' }, 'sendBye'],
          },
          {
            guard: 'mayRetry',
            target: 'remote-offer-pending.answering',
            does: [{ type: 'report', code: 'operation-failed' }, 'countFailure'],
          },
          {
            guard: 'canRollBack',
            target: 'remote-offer-pending.rolling-back',
            does: [{ type: 'report', code: 'offer-refused' }],
          },
          { target: 'closed', does: [{ type: 'report', code: 'rollback-failed' }, 'sendBye'] },
        ],
        'remote.offer': [{ does: ['holdOffer', 'hold'] }],
      },
    },
    'remote-offer-pending.rolling-back': {
      entry: ['rollback'],
      exit: [],
      always: [],
      on: {
        'engine.done': [{ target: 'stable', does: [{ type: 'sendDecline', reason: 'refused' }] }],
        'engine.failed': [
          {
            guard: 'mayRetry',
            target: 'remote-offer-pending.rolling-back',
            does: [{ type: 'report', code: 'operation-failed' }, 'countFailure'],
          },
          { target: 'closed', does: [{ type: 'report', code: 'rollback-failed' }, 'sendBye'] },
        ],
        'remote.offer': [{ does: ['holdOffer', 'hold'] }],
      },
    },
    'pending-renegotiation.asking': {
      entry: [{ type: 'startTimer', timer: 'grant' }],
      exit: [{ type: 'stopTimer', timer: 'grant' }],
      always: [],
      on: {
        'remote.grant': [{ guard: 'grantsOurs', target: 'local-offer-pending.creating', does: [] }],
        'remote.hello': [{ guard: 'isUndecided', target: 'stable', does: ['decideRole'] }],
        'remote.offer': [
          {
            guard: 'declinesWhileAsking',
            does: [
              { type: 'sendDecline', reason: 'busy' },
              { type: 'dropOffer', which: 'incoming' },
            ],
          },
          { target: 'remote-offer-pending.applying-offer', does: ['holdOffer', 'hold'] },
        ],
        'remote.release': [
          {
            guard: 'isAnswerer',
            target: 'stable',
            does: [{ type: 'report', code: 'change-failed' }, 'settle', 'retract'],
          },
        ],
        'timer.fired': [
          {
            guard: 'isUndecided',
            does: [
              { type: 'report', code: 'stalled' },
              { type: 'startTimer', timer: 'grant' },
            ],
          },
          { does: [{ type: 'report', code: 'stalled' }, 'sendRequest', { type: 'startTimer', timer: 'grant' }] },
        ],
      },
    },
    'pending-renegotiation.yielding': {
      entry: [{ type: 'startTimer', timer: 'turn' }],
      exit: [{ type: 'stopTimer', timer: 'turn' }],
      always: [],
      on: {
        'remote.release': [{ target: 'stable', does: ['stopAwaiting'] }],
        'timer.fired': [{ target: 'stable', does: [{ type: 'report', code: 'stalled' }, 'stopAwaiting'] }],
      },
    },
    closed: { entry: [], exit: [], always: [], on: {} },
  },
};
