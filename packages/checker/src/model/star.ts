/**
 * One server with several clients, each with a session of its own: when the server has accepted a change of one client, it
 * has a change for every other. The sessions know nothing of each other, so each leg is a pair as it is checked alone; what
 * is new is that exchanges beget exchanges. Clients are alike, so states that differ only in who is who count once.
 */
import {
  claimOf,
  type Emit,
  type Fairness,
  type Model,
  type PackedState,
  type Property,
  type StatePredicate,
} from '../engine/index.ts';
import { changesMask, fields, faultMask } from './budget.ts';
import { createPair } from './create-pair.ts';
import { facts } from './facts.ts';
import { type Kind, kindOf, kinds, moveOf, sideOf } from './moves.ts';
import { type Side, sides } from './names.ts';
import { ParameterError, type PairParameters } from './parameters.ts';
import { places } from './places.ts';
import { questions } from './properties.ts';

export interface StarParameters {
  /** From 2 to 4. */
  readonly clients: number;
  /** A client on the left, the server on the right; changes of the left side are those of all clients together. */
  readonly leg: PairParameters;
  /** Count states once that differ only in who is who; then nothing is claimed about runs. */
  readonly symmetric: boolean;
}

/** Words of a leg in a star: both nodes and the queues. The budget is shared, and stands at the end. */
const legWords = 3;
const movesOfLeg = 64;

export function createStar({ clients, leg: parameters, symmetric }: StarParameters): Model {
  if (!Number.isInteger(clients) || clients < 2 || clients > 4) {
    throw new ParameterError(`clients is a whole number from 2 to 4, not ${clients}`);
  }
  if (parameters.budget.rightChanges || parameters.budget.leftChanges === 'endless' || parameters.budget.restarts) {
    throw new ParameterError('in a star the changes of the server are those of its clients, and these are counted');
  }
  const pair = createPair(parameters);
  const { automaton } = pair;
  const words = clients * legWords + 1;
  const budgetPlace = words - 1;
  const next = new Int32Array(words);
  const legs = Array.from({ length: clients }, (_, at) => at);

  const legOf = (state: PackedState, at: number, budget = state[budgetPlace]!): Int32Array =>
    Int32Array.of(state[at * legWords]!, state[at * legWords + 1]!, state[at * legWords + 2]!, budget);
  const setLeg = (state: Int32Array, at: number, leg: PackedState): void => {
    for (let word = 0; word < legWords; word++) state[at * legWords + word] = leg[word]!;
  };

  /** The server has a change on a leg. */
  const announce = (state: Int32Array, at: number): void => {
    const oneChange = state[budgetPlace]! | (1 << fields.rightChanges.shift);
    pair.next(legOf(state, at, oneChange), (move, after) => {
      if (move === moveOf('right', kinds.change)) setLeg(state, at, after);
    });
  };

  const accepts = (leg: PackedState, move: number): boolean =>
    sideOf(move) === 'right' &&
    kindOf(move) === kinds.done &&
    automaton.nodes.valueOf(leg[places.right]!).engine.work?.operation === 'createAnswer';

  const emitMoves = (state: PackedState, emit: Emit): void => {
    for (const at of legs) {
      const leg = legOf(state, at);
      const found: (readonly [number, Int32Array])[] = [];
      pair.next(leg, (move, after) => found.push([move, after.slice()]));
      for (const [move, after] of found) {
        next.set(state);
        setLeg(next, at, after);
        next[budgetPlace] = after[places.budget]!;
        if (accepts(leg, move)) for (const other of legs) if (other !== at) announce(next, other);
        emit(at * movesOfLeg + move, next);
      }
    }
  };

  const ask = questions(pair);
  const everyLeg =
    (question: StatePredicate): StatePredicate =>
    (state) =>
      legs.every((at) => question(legOf(state, at)));
  const isOver = everyLeg((leg) => ask.isAtRest(leg) || ask.isClosed(leg));
  const mayChange = (state: PackedState) => (state[budgetPlace]! & changesMask) !== 0;
  const mayFail = (state: PackedState) => (state[budgetPlace]! & faultMask) !== 0;
  const safety = pair.properties.flatMap((property): Property[] =>
    property.type === 'always' ? [{ ...property, where: undefined, holds: everyLeg(claimOf(property)) }] : [],
  );
  const dangers: readonly Property[] = [
    {
      type: 'sometimes',
      id: 'reached: two clients at once',
      sentence: 'the danger is reached: two clients want the floor at the same time',
      holds: (state) => legs.filter((at) => (ask.of('left', legOf(state, at)) & facts.owes) !== 0).length > 1,
    },
    {
      type: 'sometimes',
      id: 'reached: announced to who asks',
      sentence: 'the danger is reached: the server has a change for a client that waits for the floor',
      holds: (state) =>
        legs.some((at) => {
          const leg = legOf(state, at);
          return (ask.of('left', leg) & facts.asks) !== 0 && (ask.of('right', leg) & facts.owes) !== 0;
        }),
    },
  ];
  const liveness: readonly Property[] = [
    {
      type: 'leads-to',
      id: 'L2',
      sentence: 'once changes and faults stop, every session comes to rest or fails loudly',
      premise: (state) => !mayChange(state) && !isOver(state),
      conclusion: isOver,
      fairness: legs.flatMap((at) => sides.flatMap((side) => fairnessOf(at, side))),
    },
    {
      type: 'bounded',
      id: 'L4',
      sentence:
        'once changes and faults stop, the number of exchanges that follow is bounded: no change comes back as an echo',
      pending: (state) => !mayChange(state) && !mayFail(state),
      counts: (move, from) => {
        const own = move % movesOfLeg;
        const leg = legOf(from, Math.floor(move / movesOfLeg));
        return own < 32 && kindOf(own) === kinds.done && (ask.of(sideOf(own), leg) & facts.appliesAnswer) !== 0;
      },
    },
  ];

  return {
    words,
    properties: [...safety, ...(symmetric ? [] : liveness), ...dangers],
    init: (emit) =>
      pair.init((leg) => {
        for (const at of legs) setLeg(next, at, leg);
        next[budgetPlace] = leg[places.budget]!;
        emit(next);
      }),
    next: emitMoves,
    mayRest: (state) => legs.every((at) => pair.mayRest(legOf(state, at))),
    describe: (move, state) => {
      const at = Math.floor(move / movesOfLeg);
      const words = pair.describe(move % movesOfLeg, legOf(state, at));
      return words.replace(/^left/, `client ${at + 1}`).replace(/^right/, `server, for client ${at + 1},`);
    },
    show: (state) => legs.map((at) => pair.show(legOf(state, at))).join(' || '),
    ...(symmetric ? { canonicalise: (state) => sortLegs(state, clients) } : {}),
  };
}

/** Puts the legs of a state in order, in place. */
function sortLegs(state: Int32Array, clients: number): void {
  for (let at = 1; at < clients; at++) {
    for (let other = at; other > 0 && isBefore(state, other, other - 1); other--) swap(state, other, other - 1);
  }
}

function isBefore(state: Int32Array, at: number, other: number): boolean {
  for (let word = 0; word < legWords; word++) {
    const difference = state[at * legWords + word]! - state[other * legWords + word]!;
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function swap(state: Int32Array, at: number, other: number): void {
  for (let word = 0; word < legWords; word++) {
    const kept = state[at * legWords + word]!;
    state[at * legWords + word] = state[other * legWords + word]!;
    state[other * legWords + word] = kept;
  }
}

function fairnessOf(at: number, side: Side): readonly Fairness[] {
  const among =
    (...members: readonly Kind[]) =>
    (move: number) =>
      Math.floor(move / movesOfLeg) === at && members.some((kind) => move % movesOfLeg === moveOf(side, kind));
  const who = side === 'left' ? `client ${at + 1}` : `the server, for client ${at + 1},`;
  return [
    { name: `${who} gets its messages`, strength: 'weak', includes: among(kinds.receive) },
    {
      name: `operations of ${who} end`,
      strength: 'weak',
      includes: among(kinds.done, kinds.doneUncarried, kinds.fail, kinds.failHalf),
    },
    { name: `timers of ${who} fire`, strength: 'weak', includes: among(kinds.timer) },
  ];
}
