/**
 * Endpoints that are wrong in one way each: one for every property, since a property that no mutant breaks proves
 * nothing. The compiled chart is data, so most are a change to it; each gets a copy of core of its own.
 */
import type { Chart, EndpointStep, Move, StatePath } from './mutated-core.ts';
import type { PairParameters } from '../../src/model/parameters.ts';

export interface Mutant {
  readonly property: string;
  /** What it does wrong. */
  readonly wrong: string;
  readonly parameters: PairParameters;
  readonly chart?: (chart: MutableChart) => void;
  readonly wrap?: (step: EndpointStep) => EndpointStep;
  /** Steps of the shortest counterexample, and of the cycle behind it. */
  readonly steps: number;
  readonly cycle?: number;
}

export type MutableMoves = Partial<Record<string, Move[]>>;
export interface MutableChart {
  readonly common: MutableMoves;
  readonly states: Record<StatePath, { always: Move[]; readonly on: MutableMoves }>;
}
export const asMutable = (chart: Chart): MutableChart => chart as unknown as MutableChart;

const both = { left: true, right: true } as const;
const none = { left: false, right: false } as const;
const once = { leftChanges: 1, rightChanges: 1 } as const;
const endless = { leftChanges: 'endless', rightChanges: 'endless' } as const;
const polite = { role: 'polite', rollback: both } as const;
const requester = { role: 'requester', rollback: none } as const;

const awaiting = 'local-offer-pending.awaiting-answer';
const without = (moves: readonly Move[], ...deeds: readonly unknown[]): Move[] =>
  moves.map((move) => ({
    ...move,
    does: move.does.filter((deed) => !deeds.some((one) => JSON.stringify(one) === JSON.stringify(deed))),
  }));

export const mutants: readonly Mutant[] = [
  {
    property: 'S1',
    wrong: 'applies a remote offer while it makes its own',
    parameters: { ...polite, budget: once },
    chart: ({ states, common }) => {
      states['local-offer-pending.creating'].on['remote.offer'] = common['remote.offer']!;
    },
    steps: 4,
  },
  {
    property: 'S2',
    wrong: 'gives way as the impolite side, too',
    parameters: { ...polite, budget: once },
    chart: ({ states }) => {
      const moves = states[awaiting].on['remote.offer']!;
      const { guard: _, ...givesWay } = moves.find(({ guard }) => guard === 'givesWay')!;
      states[awaiting].on['remote.offer'] = [givesWay];
    },
    steps: 12,
  },
  {
    property: 'S3',
    wrong: 'takes any answer for one to the offer that is out',
    parameters: { ...polite, budget: { leftChanges: 2, timers: 1 } },
    wrap: (step) => (endpoint, input) => {
      const { local } = endpoint.registers;
      if (input.type !== 'message' || input.message.kind !== 'answer' || local === null) return step(endpoint, input);
      return step(endpoint, { type: 'message', message: { ...input.message, offer: local.id } });
    },
    steps: 12,
  },
  {
    property: 'S4',
    wrong: 'gives every candidate to the engine',
    parameters: { ...polite, budget: { ...once, candidates: 1 } },
    chart: ({ common }) => {
      common['remote.candidate'] = [{ does: ['addCandidate'] }];
    },
    steps: 7,
  },
  {
    property: 'S5',
    wrong: 'answers an offer that the other side took back when it refused ours',
    parameters: { role: 'requester', rollback: both, budget: { ...once, failures: 'endless' } },
    chart: ({ states }) => {
      const { on } = states[awaiting];
      on['remote.decline'] = without(on['remote.decline']!, { type: 'dropOffer', which: 'held' }, 'unhold');
    },
    steps: 24,
  },
  {
    property: 'S6',
    wrong: 'drops a request in silence',
    parameters: { ...requester, budget: once },
    chart: ({ common }) => {
      common['remote.request'] = [];
    },
    steps: 2,
  },
  {
    property: 'S7',
    wrong: 'gives way on an engine that cannot roll back',
    parameters: { ...requester, budget: { ...once, timers: 1 } },
    chart: ({ states }) => {
      const moves = states[awaiting].on['remote.offer']!;
      const { guard: _, ...givesWay } = moves.find(({ guard }) => guard === 'givesWay')!;
      states[awaiting].on['remote.offer'] = [givesWay];
    },
    steps: 8,
  },
  {
    property: 'S8',
    wrong: 'asks again at every change',
    parameters: { ...requester, budget: endless },
    chart: ({ states }) => {
      states['pending-renegotiation.asking'].on['app.change'] = [{ does: ['owe', 'sendRequest'] }];
    },
    steps: 9,
  },
  {
    property: 'L1-rest',
    wrong: 'takes a change that came after the offer for carried',
    parameters: { ...polite, budget: { leftChanges: 2 } },
    chart: ({ states }) => {
      const { on } = states['local-offer-pending.applying-answer'];
      on['engine.done'] = on['engine.done']!.filter(({ guard }) => guard !== 'stillOwes');
    },
    steps: 8,
  },
  {
    property: 'L1',
    wrong: 'forgets its change when it loses a glare',
    parameters: { ...polite, budget: endless, follow: 'left' },
    chart: ({ states }) => {
      const { on } = states[awaiting];
      on['remote.offer'] = on['remote.offer']!.map((move) =>
        move.guard === 'givesWay' ? without([move], 'owe')[0]! : move,
      );
    },
    steps: 12,
  },
  {
    property: 'L2',
    wrong: 'does not remember a request',
    parameters: { ...requester, budget: once },
    chart: ({ common }) => {
      common['remote.request'] = [{ does: [{ type: 'report', code: 'unexpected-request' }] }];
    },
    steps: 9,
    cycle: 2,
  },
  {
    property: 'L3',
    wrong: 'grants the floor only when it owes nothing itself',
    parameters: { ...requester, budget: endless, follow: 'left' },
    chart: ({ states }) => {
      const { always } = states.stable;
      const grants = always.filter(({ guard }) => guard === 'grantsFloor');
      states.stable.always = [...always.filter(({ guard }) => guard !== 'grantsFloor'), ...grants];
    },
    steps: 22,
    cycle: 7,
  },
  {
    property: 'L4',
    wrong: 'owes another offer after every exchange',
    parameters: { ...polite, budget: once },
    chart: ({ states }) => {
      states['local-offer-pending.applying-answer'].on['engine.done'] = [{ target: 'stable', does: ['owe'] }];
    },
    steps: 19,
    cycle: 6,
  },
  {
    property: 'quiet',
    wrong: 'objects to a request',
    parameters: { ...requester, budget: once },
    chart: ({ common }) => {
      common['remote.request'] = [{ does: [{ type: 'report', code: 'unexpected-request' }] }];
    },
    steps: 2,
  },
  {
    property: 'no-deadlock',
    wrong: 'never says that what it announced has failed',
    parameters: { ...polite, budget: { ...once, failures: 'endless' } },
    chart: ({ states }) => {
      states.stable.always = states.stable.always.map((move) =>
        move.guard === 'nothingToAnnounce' ? { ...move, does: ['retract'] } : move,
      );
    },
    steps: 11,
  },
];
