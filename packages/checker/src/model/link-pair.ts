/**
 * Two links over a network that loses, duplicates, reorders and breaks, on their own: messages are numbers that say which
 * one they are, so that a wrong delivery is seen at once. Frames arrive in order unless a fault says otherwise, and
 * retransmission timers are slow: they fire when no frame is on its way, and sooner only as a fault.
 */
import type { LinkOptions } from '@detente/core/link';
import type { Emit, Fairness, Model, PackedState, Property } from '../engine/index.ts';
import { createCounters } from './counters.ts';
import { type Side, sides } from './names.ts';
import { ParameterError } from './parameters.ts';
import { frameName, type LinkRules, type LinkStep, Wire } from './wire.ts';

export interface LinkParameters {
  readonly options: LinkOptions;
  /** Messages that each side sends. */
  readonly messages: Readonly<Record<Side, number>>;
  /** What is not named does not happen. `cuts`: the connection breaks, and comes back with a resync. */
  readonly faults: Partial<Record<NetworkFault, number>>;
}

export type NetworkFault = 'losses' | 'copies' | 'swaps' | 'earlyTimers' | 'cuts' | 'resyncs';

const networkFaults: readonly NetworkFault[] = ['losses', 'copies', 'swaps', 'earlyTimers', 'cuts', 'resyncs'];

const places = { leftLink: 0, rightLink: 1, toLeft: 2, toRight: 3, counters: 4, length: 5 } as const;
const linkOf = { left: places.leftLink, right: places.rightLink } as const;
const lineTo = { left: places.toLeft, right: places.toRight } as const;
const mostInLine = 31;

/** Moves: `kind × 64 + side × 32 + place in the line`. */
const kinds = ['sends', 'gets', 'gets a copy of', 'loses', 'times out', 'resyncs', 'breaks', 'is back'] as const;
type Kind = (typeof kinds)[number];
const moveOf = (kind: Kind, side: Side, at = 0): number => kinds.indexOf(kind) * 64 + (side === 'left' ? 0 : 32) + at;
const kindOf = (move: number): Kind => kinds[Math.floor(move / 64)]!;
const sideOf = (move: number): Side => (move % 64 < 32 ? 'left' : 'right');

export function createLinkPair({ options, messages, faults }: LinkParameters, rules?: LinkRules): Model {
  for (const [name, count] of Object.entries({ ...messages, ...faults })) {
    if (!Number.isInteger(count) || count < 0 || count > 7) {
      throw new ParameterError(`${name} is a whole number from 0 to 7, not ${count}`);
    }
  }
  const wire = new Wire(rules);
  const counters = createCounters({
    leftSent: 7,
    rightSent: 7,
    leftDelivered: 7,
    rightDelivered: 7,
    broken: 1,
    cut: 1,
    ...Object.fromEntries(networkFaults.map((name) => [name, Math.max(1, faults[name] ?? 0)])),
  } as Record<CounterName, number>);
  type CounterName = `${Side}${'Sent' | 'Delivered'}` | 'broken' | 'cut' | NetworkFault;
  const none = Object.fromEntries(networkFaults.map((name) => [name, faults[name] ?? 0])) as Record<
    NetworkFault,
    number
  >;
  const next = new Int32Array(places.length);
  const word = (state: PackedState, name: CounterName) => counters.of(state[places.counters]!, name);
  const lengthTo = (state: PackedState, side: Side) => wire.line(state[lineTo[side]]!).length;

  /** What a step of one side's link leads to, in `next`, which holds the state before. */
  const settle = (side: Side, step: LinkStep): void => {
    const other = lineTo[side === 'left' ? 'right' : 'left'];
    next[linkOf[side]] = step.link;
    const isCut = counters.of(next[places.counters]!, 'cut') === 1;
    if (!isCut) next[other] = wire.append(next[other]!, step.frames);
    for (const message of step.delivered) {
      const expected = counters.of(next[places.counters]!, `${side}Delivered`) + 1;
      const isRight = message === expected;
      next[places.counters] = counters.add(next[places.counters]!, isRight ? `${side}Delivered` : 'broken', 1);
      if (!isRight) return;
    }
  };

  const emitMoves = (state: PackedState, emit: Emit): void => {
    const take = (move: number, ...steps: readonly (() => void)[]): void => {
      for (let at = 0; at < places.length; at++) next[at] = state[at]!;
      for (const step of steps) step();
      emit(move, next);
    };
    const spend = (name: NetworkFault) => () => {
      next[places.counters] = counters.add(next[places.counters]!, name, -1);
    };
    const drop = (side: Side, at: number) => () => {
      next[lineTo[side]] = wire.without(next[lineTo[side]]!, at);
    };
    const event = (side: Side, make: () => LinkStep) => () => settle(side, make());
    const isCut = word(state, 'cut') === 1;
    const isCalm = lengthTo(state, 'left') + lengthTo(state, 'right') === 0;
    for (const side of sides) {
      const link = state[linkOf[side]]!;
      const sent = word(state, `${side}Sent`);
      if (sent < messages[side]) {
        take(
          moveOf('sends', side),
          event(side, () => wire.step(link, { type: 'send', message: sent + 1 })),
          () => (next[places.counters] = counters.add(next[places.counters]!, `${side}Sent`, 1)),
        );
      }
      wire.line(state[lineTo[side]]!).forEach((frame, at) => {
        const arrives = event(side, () => wire.receive(link, frame));
        if (at === 0) take(moveOf('gets', side), drop(side, 0), arrives);
        else if (word(state, 'swaps') > 0) take(moveOf('gets', side, at), spend('swaps'), drop(side, at), arrives);
        if (at === 0 && word(state, 'copies') > 0) take(moveOf('gets a copy of', side), spend('copies'), arrives);
        if (word(state, 'losses') > 0) take(moveOf('loses', side, at), spend('losses'), drop(side, at));
      });
      const expires = event(side, () => wire.step(link, { type: 'timer' }));
      if (wire.waitsForTimer(link)) {
        if (isCalm) take(moveOf('times out', side), expires);
        else if (word(state, 'earlyTimers') > 0) take(moveOf('times out', side), spend('earlyTimers'), expires);
      }
      const resyncs = event(side, () => wire.step(link, { type: 'resync' }));
      if (!isCut && word(state, 'resyncs') > 0) take(moveOf('resyncs', side), spend('resyncs'), resyncs);
      if (isCut) take(moveOf('is back', side), reconnect, resyncs);
    }
    if (!isCut && word(state, 'cuts') > 0) take(moveOf('breaks', 'left'), spend('cuts'), cut);
  };
  const cut = (): void => {
    next[places.toLeft] = next[places.toRight] = 0;
    next[places.counters] = counters.add(next[places.counters]!, 'cut', 1);
  };
  const reconnect = (): void => {
    next[places.counters] = counters.add(next[places.counters]!, 'cut', -1);
  };

  const links = (state: PackedState) => sides.map((side) => wire.links.valueOf(state[linkOf[side]]!));
  const hasFailed = (state: PackedState) => links(state).some(({ failed }) => failed !== null);
  const isDelivered = (state: PackedState) =>
    word(state, 'leftSent') === word(state, 'rightDelivered') &&
    word(state, 'rightSent') === word(state, 'leftDelivered');
  const isOverfull = (state: PackedState) => sides.some((side) => lengthTo(state, side) > mostInLine);
  const properties: readonly Property[] = [
    {
      type: 'always',
      id: 'exactly-once',
      sentence: 'what is delivered is what was sent, once each and in order',
      holds: (state) => word(state, 'broken') === 0,
    },
    {
      type: 'always',
      id: 'S8',
      sentence: 'what is kept to be sent again, or because it came early, is bounded',
      holds: (state) =>
        !isOverfull(state) &&
        links(state).every(
          ({ unacked, early, options: { capacity } }) => unacked.length <= capacity && early.length < capacity,
        ),
    },
    {
      type: 'always',
      id: 'never-fails',
      sentence: 'a link does not give up on a network whose faults are few',
      holds: (state) => !hasFailed(state),
    },
    {
      type: 'leads-to',
      id: 'delivers',
      sentence: 'everything that is sent is delivered',
      premise: (state) => !isDelivered(state),
      conclusion: isDelivered,
      fairness,
    },
    ...dangers(faults, word, links, (state, side) =>
      wire.line(state[lineTo[side]]!).map((frame) => wire.frames.valueOf(frame)),
    ),
  ];

  return {
    words: places.length,
    properties,
    init: (emit) => {
      const [one, other] = [wire.create(options), wire.create(options)];
      emit(
        Int32Array.of(
          one,
          other,
          0,
          0,
          counters.pack({ leftSent: 0, rightSent: 0, leftDelivered: 0, rightDelivered: 0, broken: 0, cut: 0, ...none }),
        ),
      );
    },
    next: (state, emit) => {
      if (word(state, 'broken') === 0 && !isOverfull(state)) emitMoves(state, emit);
    },
    mayRest: (state) => word(state, 'broken') === 1 || isDelivered(state) || hasFailed(state),
    describe: (move, state) => {
      const [kind, side] = [kindOf(move), sideOf(move)];
      if (kind === 'breaks') return 'the connection breaks';
      if (kind === 'is back') return `the connection is back, and ${side} resyncs`;
      if (kind === 'sends' || kind === 'times out' || kind === 'resyncs') return `${side} ${kind}`;
      const frame = wire.frames.valueOf(wire.line(state[lineTo[side]]!)[move % 32]!);
      return kind === 'loses' ? `${frameName(frame)} to ${side} is lost` : `${side} ${kind} ${frameName(frame)}`;
    },
    show: (state) =>
      sides
        .map((side) => {
          const { acked, unacked, received, early } = wire.links.valueOf(state[linkOf[side]]!);
          return `${side} sent ${acked + unacked.length} acked ${acked} received ${received}${early.length > 0 ? ' +early' : ''}`;
        })
        .join(' | '),
  };
}

const fairness: readonly Fairness[] = sides.flatMap((side) => [
  { name: `${side} gets its frames`, strength: 'weak', includes: (move) => move === moveOf('gets', side) },
  { name: `${side}'s timers fire`, strength: 'weak', includes: (move) => move === moveOf('times out', side) },
  {
    name: 'the connection comes back',
    strength: 'weak',
    includes: (move) => kindOf(move) === 'is back' && sideOf(move) === side,
  },
]);

type Word = (state: PackedState, name: 'cut') => number;

function dangers(
  faults: LinkParameters['faults'],
  word: Word,
  links: (
    state: PackedState,
  ) => readonly { readonly early: readonly unknown[]; readonly received: number; readonly attempts: number }[],
  frames: (state: PackedState, side: Side) => readonly { readonly seq?: number; readonly resync?: true }[],
): readonly Property[] {
  const reached = (id: string, isMeant: boolean, holds: (state: PackedState) => boolean): readonly Property[] =>
    isMeant ? [{ type: 'sometimes', id: `reached: ${id}`, sentence: `the danger is reached: ${id}`, holds }] : [];
  return [
    ...reached('a message comes early', (faults.swaps ?? 0) + (faults.losses ?? 0) > 0, (state) =>
      links(state).some(({ early }) => early.length > 0),
    ),
    ...reached('a delivered message comes again', (faults.copies ?? 0) > 0, (state) =>
      sides.some((side, at) =>
        frames(state, side).some(({ seq }) => seq !== undefined && seq <= links(state)[at]!.received),
      ),
    ),
    ...reached('a lost message is sent again', (faults.losses ?? 0) > 0, (state) =>
      links(state).some(({ attempts }) => attempts > 0),
    ),
    ...reached('the connection breaks', (faults.cuts ?? 0) > 0, (state) => word(state, 'cut') === 1),
    ...reached('both sides resync at once', (faults.resyncs ?? 0) > 0, (state) =>
      sides.every((side) => frames(state, side).some(({ resync }) => resync === true)),
    ),
  ];
}
