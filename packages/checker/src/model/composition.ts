/**
 * Endpoints over links over a network that loses, duplicates and reorders. Each state stands for one of the pair model, in
 * which what a link still owes is simply on its way; every step is one of the pair's, several at once, or none. So what was
 * proved with perfect queues holds over the link, and nothing that could happen with perfect queues is lost.
 */
import type { LinkOptions } from '@detente/core/link';
import { claimOf, type Emit, type Fairness, type Model, type PackedState, type Property } from '../engine/index.ts';
import { createCounters } from './counters.ts';
import { createPair } from './create-pair.ts';
import { facts } from './facts.ts';
import { ofSide } from './fairness.ts';
import { kindOf, kinds, moveOf, sideOf } from './moves.ts';
import { otherSide, type Side, sides } from './names.ts';
import type { Pair } from './pair.ts';
import { ParameterError, type PairParameters } from './parameters.ts';
import { places as pairPlaces } from './places.ts';
import { frameName, type LinkRules, type LinkStep, Wire } from './wire.ts';

export interface CompositionParameters {
  readonly pair: PairParameters;
  readonly link: LinkOptions;
  readonly faults: Readonly<Record<Fault, number>>;
}

export type Fault = 'losses' | 'copies' | 'swaps';

export interface Composition extends Model {
  readonly pair: Pair;
  /** The state of the pair model that a state stands for. */
  readonly project: (state: PackedState) => Int32Array;
}

const places = {
  left: 0,
  right: 1,
  budget: 2,
  leftLink: 3,
  rightLink: 4,
  toLeft: 5,
  toRight: 6,
  faults: 7,
  length: 8,
} as const;
const linkOf = { left: places.leftLink, right: places.rightLink } as const;
const lineTo = { left: places.toLeft, right: places.toRight } as const;

/** Moves of the pair keep their numbers; those of the network are `64 × kind + 32 × side + place in the line`. */
const networkKinds = ['gets', 'gets a copy of', 'loses', 'times out'] as const;
type NetworkKind = (typeof networkKinds)[number];
const networkMove = (kind: NetworkKind, side: Side, at = 0): number =>
  64 * (networkKinds.indexOf(kind) + 1) + (side === 'left' ? 0 : 32) + at;

export function createComposition(
  { pair: parameters, link, faults }: CompositionParameters,
  rules?: LinkRules,
): Composition {
  if (parameters.budget.restarts)
    throw new ParameterError('a link ends with its session, so restarts cannot be composed');
  const pair = createPair({ ...parameters, reduce: false });
  const { automaton } = pair;
  const wire = new Wire(rules);
  const counters = createCounters({ ...faults, broken: 1 });
  const next = new Int32Array(places.length);
  const left = (state: PackedState, name: Fault | 'broken') => counters.of(state[places.faults]!, name);

  const undelivered = (state: PackedState, to: Side): readonly number[] => {
    if ((automaton.factsOf(state[places[to]]!) & facts.closed) !== 0) return [];
    const from = wire.links.valueOf(state[linkOf[otherSide(to)]]!);
    return from.unacked.slice(wire.links.valueOf(state[linkOf[to]]!).received - from.acked);
  };

  const known = new Int32Array(places.length).fill(-1);
  const projected = new Int32Array(pairPlaces.length);
  const project = (state: PackedState): Int32Array => {
    let isKnown = true;
    for (let at = 0; at < places.length; at++) isKnown &&= known[at] === state[at];
    if (isKnown) return projected;
    known.set(state);
    projected[pairPlaces.left] = state[places.left]!;
    projected[pairPlaces.right] = state[places.right]!;
    projected[pairPlaces.budget] = state[places.budget]!;
    const [toLeft, toRight] = sides.map((side) => automaton.queues.intern(undelivered(state, side)));
    projected[pairPlaces.queues] = (toRight! << 16) | toLeft!;
    return projected;
  };

  /** What a step of one side's link leads to, in `next`, which holds the state before. */
  const settle = (side: Side, step: LinkStep): void => {
    const before = project(next).slice();
    next[linkOf[side]] = step.link;
    next[lineTo[otherSide(side)]] = wire.append(next[lineTo[otherSide(side)]]!, step.frames);
    let state = before;
    for (const mail of step.delivered) {
      const expected = automaton.queues.valueOf(queueTo(state, side))[0];
      if (mail !== expected) {
        const isOver = (automaton.factsOf(next[places[side]]!) & facts.closed) !== 0;
        if (!isOver) next[places.faults] = counters.add(next[places.faults]!, 'broken', 1);
        return;
      }
      const move = moveOf(side, kinds.receive);
      let after = state;
      pair.next(state, (taken, successor) => {
        if (taken === move) after = successor.slice();
      });
      follow(side, state, after);
      state = after;
    }
  };

  /** Makes the move of the pair from `before` to `after`: what was sent goes into the sender's link. */
  const follow = (side: Side, before: PackedState, after: PackedState): void => {
    next[places.left] = after[pairPlaces.left]!;
    next[places.right] = after[pairPlaces.right]!;
    next[places.budget] = after[pairPlaces.budget]!;
    const had = automaton.lengthOf(queueTo(before, otherSide(side)));
    for (const mail of automaton.queues.valueOf(queueTo(after, otherSide(side))).slice(had)) {
      const sent = wire.step(next[linkOf[side]]!, { type: 'send', message: mail });
      next[linkOf[side]] = sent.link;
      next[lineTo[otherSide(side)]] = wire.append(next[lineTo[otherSide(side)]]!, sent.frames);
    }
  };

  const emitMoves = (state: PackedState, emit: Emit): void => {
    const own = project(state).slice();
    const take = (move: number, ...steps: readonly (() => void)[]): void => {
      next.set(state);
      for (const step of steps) step();
      emit(move, next);
    };
    const ofPair: (readonly [number, Int32Array])[] = [];
    pair.next(own, (move, after) => {
      if (move >= 32 || kindOf(move) !== kinds.receive) ofPair.push([move, after.slice()]);
    });
    for (const [move, after] of ofPair) take(move, () => follow(move < 32 ? sideOf(move) : 'left', own, after));

    const spend = (name: Fault) => () => {
      next[places.faults] = counters.add(next[places.faults]!, name, -1);
    };
    const isCalm = state[places.toLeft] === 0 && state[places.toRight] === 0;
    for (const side of sides) {
      const drop = (at: number) => () => {
        next[lineTo[side]] = wire.without(next[lineTo[side]]!, at);
      };
      wire.line(state[lineTo[side]]!).forEach((frame, at) => {
        const arrives = () => settle(side, wire.receive(next[linkOf[side]]!, frame));
        if (at === 0) take(networkMove('gets', side), drop(0), arrives);
        else if (left(state, 'swaps') > 0) take(networkMove('gets', side, at), spend('swaps'), drop(at), arrives);
        if (at === 0 && left(state, 'copies') > 0) take(networkMove('gets a copy of', side), spend('copies'), arrives);
        if (left(state, 'losses') > 0) take(networkMove('loses', side, at), spend('losses'), drop(at));
      });
      if (isCalm && wire.waitsForTimer(state[linkOf[side]]!)) {
        take(networkMove('times out', side), () => settle(side, wire.step(next[linkOf[side]]!, { type: 'timer' })));
      }
    }
  };

  const isCalm = (state: PackedState) =>
    state[places.toLeft] === 0 &&
    state[places.toRight] === 0 &&
    sides.every((side) => !wire.waitsForTimer(state[linkOf[side]]!));
  const madeUpFor: Property = {
    type: 'sometimes',
    id: 'reached: a lost message is sent again',
    sentence: 'the danger is reached: a lost message is sent again',
    holds: (state) => sides.some((side) => wire.links.valueOf(state[linkOf[side]]!).attempts > 0),
  };
  return {
    pair,
    project,
    words: places.length,
    properties: [
      {
        type: 'always',
        id: 'refines',
        sentence: 'what a link delivers is what is next in a perfect queue',
        holds: (state) => left(state, 'broken') === 0,
      },
      ...(faults.losses > 0 ? [madeUpFor] : []),
      ...pair.properties.map((property) => throughLinks(property, project)),
    ],
    init: (emit) =>
      pair.init((start) => {
        next.fill(0);
        next[places.leftLink] = wire.create(link);
        next[places.rightLink] = wire.create(link);
        next[places.faults] = counters.pack({ ...faults, broken: 0 });
        for (const side of sides) follow(side, emptied(start), start);
        emit(next);
      }),
    next: (state, emit) => {
      if (left(state, 'broken') === 0) emitMoves(state, emit);
    },
    mayRest: (state) => left(state, 'broken') === 1 || (isCalm(state) && pair.mayRest(project(state))),
    describe: (move, state) => {
      if (move < 64) return pair.describe(move, project(state));
      const side = move % 64 < 32 ? 'left' : 'right';
      const kind = networkKinds[Math.floor(move / 64) - 1]!;
      if (kind === 'times out') return `${side}'s link times out`;
      const name = frameName(wire.frames.valueOf(wire.line(state[lineTo[side]]!)[move % 32]!));
      return kind === 'loses' ? `${name} to ${side} is lost` : `${side} ${kind} ${name}`;
    },
    show: (state) => pair.show(project(state)),
  };
}

const queueTo = (state: PackedState, side: Side): number =>
  side === 'left' ? state[pairPlaces.queues]! & 0xffff : state[pairPlaces.queues]! >>> 16;

/** A state of the pair before anything was said. */
const emptied = (state: Int32Array): Int32Array => state.map((word, at) => (at === pairPlaces.queues ? 0 : word));

/** What is claimed of the pair, asked of the state that a composed state stands for. */
function throughLinks(property: Property, project: Composition['project']): Property {
  switch (property.type) {
    case 'always': {
      const claim = claimOf(property);
      return { ...property, where: undefined, holds: (state) => claim(project(state)) };
    }
    case 'sometimes':
      return { ...property, holds: (state) => property.holds(project(state)) };
    case 'eventually':
      return { ...property, holds: (state) => property.holds(project(state)), fairness };
    case 'leads-to':
      return {
        ...property,
        premise: (state) => property.premise(project(state)),
        conclusion: (state) => property.conclusion(project(state)),
        fairness,
      };
    case 'bounded':
      return {
        ...property,
        pending: (state) => property.pending(project(state)),
        counts: (move, from, to) => move < 64 && property.counts(move, project(from).slice(), project(to)),
      };
  }
}

const fairness: readonly Fairness[] = sides.flatMap((side) => [
  {
    name: `${side} gets its frames`,
    strength: 'weak',
    includes: (move) => move === networkMove('gets', side),
  } satisfies Fairness,
  {
    name: `${side}'s link times out`,
    strength: 'weak',
    includes: (move) => move === networkMove('times out', side),
  } satisfies Fairness,
  ...ofSide(side),
]);
