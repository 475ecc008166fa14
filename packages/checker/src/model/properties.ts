/**
 * What is claimed of two sides. The safety properties that one side can break are judged where they would be broken, in
 * the node; those that take both sides are judged here. Each danger that they speak of must be reached (`dangers.ts`), or
 * nothing was shown.
 */
import { type Acceptance, invariants, type InvariantId } from '@detente/testing/invariants';
import type { Fairness, PackedState, Property, StatePredicate, StepPredicate } from '../engine/index.ts';
import { changesMask, faultMask, packBudget, stopped, troubled } from './budget.ts';
import { dangersOf } from './dangers.ts';
import { facts } from './facts.ts';
import { ofSide } from './fairness.ts';
import { kindOf, kinds, moveOf, sideOf } from './moves.ts';
import { baseIn, nameIn, otherSide, type Side, sides } from './names.ts';
import type { Pair } from './pair.ts';
import { fullBudget, mostCandidates, type PairParameters } from './parameters.ts';
import { places } from './places.ts';

export const pairProperties = (pair: Pair): readonly Property[] => [
  ...safety(pair),
  ...atRest(pair),
  ...liveness(pair),
  ...dangersOf(pair),
];

/** Questions about a composed state, answered by the facts of its nodes. */
export function questions({ automaton, parameters }: Pair) {
  const either = (state: PackedState): number =>
    automaton.factsOf(state[places.left]!) | automaton.factsOf(state[places.right]!);
  const both = (state: PackedState): number =>
    automaton.factsOf(state[places.left]!) & automaton.factsOf(state[places.right]!);
  const { budget } = parameters;
  const isEndless = budget.leftChanges === 'endless' || budget.rightChanges === 'endless';
  return {
    either,
    both,
    of: (side: Side, state: PackedState): number => automaton.factsOf(state[places[side]]!),
    isAtRest: (state: PackedState): boolean => state[places.queues] === 0 && (both(state) & facts.atRest) !== 0,
    isClosed: (state: PackedState): boolean => (both(state) & facts.closed) !== 0,
    mayChange: (state: PackedState): boolean =>
      isEndless ? (state[places.budget]! & stopped) === 0 : (state[places.budget]! & changesMask) !== 0,
    mayFail: (state: PackedState): boolean => (state[places.budget]! & faultMask) !== 0,
  };
}

/** What the parameters say about which claims can be made. */
export function premisesOf({ role, answersCarry, whileAsking, budget }: PairParameters) {
  const isFaultless = (packBudget(fullBudget(budget)) & faultMask) === 0;
  return {
    isFaultless,
    /** An answerer whose engine finds no room in an offer is told so, and so is who gets more candidates than it keeps. */
    isQuiet:
      isFaultless &&
      (role !== 'answerer' || answersCarry === 'always') &&
      Number(budget.candidates ?? 0) <= mostCandidates,
    mayRollBack: role === 'polite' || role === 'impolite' || whileAsking === 'decline' || budget.failures === 'endless',
  };
}

const always = (id: string, sentence: string, holds: StatePredicate, where?: StatePredicate): Property => ({
  type: 'always',
  id,
  sentence,
  holds,
  where,
});

function safety(pair: Pair): readonly Property[] {
  const { automaton, parameters } = pair;
  const { either, both } = questions(pair);
  const acceptances: Acceptance[] = [];
  const acceptanceOf = (node: number): Acceptance => {
    const known = acceptances[node];
    if (known !== undefined) return known;
    const agreed = automaton.nodes.valueOf(node).engine.agreed!;
    return (acceptances[node] = { offer: nameIn(agreed)!, base: baseIn(agreed) });
  };
  const haveCrossed = (state: PackedState): boolean =>
    (both(state) & facts.accepted) !== 0 &&
    !invariants.S2.holds({ left: acceptanceOf(state[places.left]!), right: acceptanceOf(state[places.right]!) });
  const isBroken = (state: PackedState): boolean => (either(state) & facts.broken) !== 0;
  const isBrokenBy = (state: PackedState, id: InvariantId): boolean =>
    isBroken(state) && sides.some((side) => automaton.nodes.valueOf(state[places[side]]!).broken === id);
  const start = packBudget(fullBudget(parameters.budget));
  const { isQuiet, mayRollBack } = premisesOf(parameters);
  const rollsBackForNothing = (state: PackedState): boolean =>
    !mayRollBack && ((state[places.budget]! ^ start) & faultMask) === 0 && (either(state) & facts.rollsBack) !== 0;
  return [
    ...(['S1', 'S3', 'S4', 'S6'] as const).map((id) =>
      always(id, invariants[id].sentence, (state) => !isBrokenBy(state, id), isBroken),
    ),
    always('S2', invariants.S2.sentence, (state) => !isBrokenBy(state, 'S2') && !haveCrossed(state)),
    always('S7', invariants.S7.sentence, (state) => !isBrokenBy(state, 'S7') && !rollsBackForNothing(state)),
    always('S8', invariants.S8.sentence, (state) => !pair.overflows(state)),
    ...(isQuiet
      ? [
          always(
            'quiet',
            'without faults nothing goes wrong that would be reported, and no timer is needed',
            (state) => (state[places.budget]! & troubled) === 0,
          ),
        ]
      : []),
  ];
}

/** What holds whenever nothing is in flight. */
function atRest(pair: Pair): readonly Property[] {
  const { automaton } = pair;
  const { either, isAtRest } = questions(pair);
  const agreed = (side: Side, state: PackedState) => automaton.nodes.valueOf(state[places[side]]!).engine.agreed;
  return [
    always(
      'S5',
      invariants.S5.sentence,
      (state) =>
        (either(state) & facts.estranged) !== 0 ||
        invariants.S5.holds({ left: agreed('left', state), right: agreed('right', state) }),
      isAtRest,
    ),
    always(
      'L1-rest',
      'at rest, every change has been carried or reported as failed',
      (state) => (either(state) & facts.owes) === 0,
      isAtRest,
    ),
  ];
}

function liveness(pair: Pair): readonly Property[] {
  const { budget, follow } = pair.parameters;
  const { of, isAtRest, isClosed, mayChange, mayFail } = questions(pair);
  const completes =
    (...by: readonly Side[]): StepPredicate =>
    (move, from) =>
      move < 32 &&
      kindOf(move) === kinds.done &&
      by.includes(sideOf(move)) &&
      (of(sideOf(move), from) & facts.appliesAnswer) !== 0;
  const isOver = (state: PackedState) => isAtRest(state) || isClosed(state);
  const waits = (state: PackedState) => follow !== undefined && (of(follow, state) & facts.followed) !== 0;
  const ofEveryChange: readonly Property[] = [
    {
      type: 'leads-to',
      id: 'L1',
      sentence: invariants.L1.sentence,
      premise: waits,
      conclusion: (state) => !waits(state),
      fairness,
    },
    {
      type: 'bounded',
      id: 'L3',
      sentence: invariants.L3.sentence,
      pending: waits,
      counts: completes(otherSide(follow ?? 'left')),
    },
  ];
  const ofTheEnd: readonly Property[] = [
    {
      type: 'leads-to',
      id: 'L2',
      sentence: invariants.L2.sentence,
      premise: (state) => !mayChange(state) && !isOver(state),
      conclusion: isOver,
      fairness,
    },
    // Where faults never stop, the number of exchanges that follow them means nothing.
    ...(budget.failures === 'endless'
      ? []
      : [
          {
            type: 'bounded',
            id: 'L4',
            sentence: invariants.L4.sentence,
            pending: (state) => !mayChange(state) && !mayFail(state),
            counts: completes(...sides),
          } satisfies Property,
        ]),
  ];
  return [...(follow ? ofEveryChange : []), ...ofTheEnd];
}

/** What is on its way arrives, what an engine does ends, and what a timer waits for comes. */
const fairness: readonly Fairness[] = sides.flatMap((side) => [
  {
    name: `${side} gets its messages`,
    strength: 'weak',
    includes: (move) => move === moveOf(side, kinds.receive),
  } satisfies Fairness,
  ...ofSide(side),
]);
