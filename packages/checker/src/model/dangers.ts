/**
 * The dangers that a model must be seen to reach, each of which some property is about. A model names those that it is
 * there for; one that is never reached is a failure, because nothing was shown then.
 */
import { type CandidateOwner, type Message, ownerOf } from '@detente/core';
import type { PackedState, Property, StatePredicate } from '../engine/index.ts';
import type { Danger } from './danger.ts';
import { facts } from './facts.ts';
import { sides } from './names.ts';
import type { Pair } from './pair.ts';
import { places } from './places.ts';

export const dangersOf = (pair: Pair): readonly Property[] =>
  (pair.parameters.dangers ?? []).map((danger) => ({
    type: 'sometimes',
    id: `reached: ${danger}`,
    sentence: `the danger is reached: ${danger}`,
    holds: predicateFor(pair, danger),
  }));

function predicateFor(pair: Pair, danger: Danger): StatePredicate {
  const { automaton } = pair;
  const factsOf = (state: PackedState) => sides.map((side) => automaton.factsOf(state[places[side]]!));
  const some = (bit: number) => (state: PackedState) => factsOf(state).some((own) => (own & bit) !== 0);
  const each = (bit: number) => (state: PackedState) => factsOf(state).every((own) => (own & bit) !== 0);
  const oneAndOther = (one: number, other: number) => (state: PackedState) => {
    const [left, right] = factsOf(state);
    return ((left! & one) !== 0 && (right! & other) !== 0) || ((right! & one) !== 0 && (left! & other) !== 0);
  };
  switch (danger) {
    case 'glare':
      return each(facts.hasLocalOffer);
    case 'rollback':
      return some(facts.rollsBack);
    case 'turn yielded':
      return some(facts.yields);
    case 'asking while the other side negotiates':
      return oneAndOther(facts.asks, facts.hasLocalOffer);
    case 'floor granted while the granter owes':
      return (state) => factsOf(state).some((own) => (own & facts.hasGranted) !== 0 && (own & facts.owes) !== 0);
    case 'estrangement':
      return some(facts.estranged);
    case 'restart of both':
      return (state) => sides.every((side) => automaton.nodes.valueOf(state[places[side]]!).session > 0);
    case 'decline':
      return onItsWay(pair, ({ kind }) => kind === 'decline');
    case 'insisting offer':
      return onItsWay(pair, (message) => message.kind === 'offer' && message.insists);
    case 'candidate current':
    case 'candidate coming':
    case 'candidate dead':
      return candidateArrives(pair, danger.slice('candidate '.length) as CandidateOwner);
    default:
      return (state) => pair.reportsFrom(state).has(danger);
  }
}

const queuesOf = (state: PackedState) =>
  ({ left: state[places.queues]! & 0xffff, right: state[places.queues]! >>> 16 }) as const;

const onItsWay =
  ({ automaton }: Pair, wanted: (message: Message) => boolean): StatePredicate =>
  (state) =>
    Object.values(queuesOf(state)).some((queue) =>
      automaton.queues.valueOf(queue).some((mail) => wanted(automaton.mails.valueOf(mail).message)),
    );

/** A candidate is next to be taken in, and belongs to such a description. */
const candidateArrives =
  ({ automaton }: Pair, owner: CandidateOwner): StatePredicate =>
  (state) =>
    sides.some((side) => {
      const [first] = automaton.queues.valueOf(queuesOf(state)[side]);
      const message = first === undefined ? undefined : automaton.mails.valueOf(first).message;
      if (message?.kind !== 'candidate') return false;
      const of =
        'offer' in message
          ? ({ part: 'offer', id: message.offer } as const)
          : ({ part: 'answer', id: message.answer } as const);
      const { registers } = automaton.nodes.valueOf(state[places[side]]!).endpoint;
      return ownerOf(registers, of, message.candidate) === owner;
    });
