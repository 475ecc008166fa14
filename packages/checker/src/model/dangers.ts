/**
 * The dangers that a model must be seen to reach, each of which some property is about. A model names those that it is
 * there for; one that is never reached is a failure, because nothing was shown then.
 */
import { type CandidateOwner, type Message, ownerOf, type ReportCode } from '@detente/core';
import type { PackedState, Property, StatePredicate } from '../engine/index.ts';
import type { Danger } from './danger.ts';
import { type Fact, facts } from './facts.ts';
import { otherSide, type Side, sides } from './names.ts';
import type { Node } from './node.ts';
import type { Pair } from './pair.ts';
import { places } from './places.ts';

export const dangersOf = (pair: Pair): readonly Property[] =>
  (pair.parameters.dangers ?? []).map((danger) => ({
    type: 'sometimes',
    id: `reached: ${danger}`,
    sentence: `the danger is reached: ${danger}`,
    holds: predicateFor(pair, danger),
  }));

/** How a danger is seen in a state: by facts of its nodes, by what is on its way, or by what a step would report. */
export type Sight =
  | { readonly type: 'one side'; readonly facts: readonly Fact[] }
  | { readonly type: 'each side'; readonly fact: Fact }
  | { readonly type: 'one and the other'; readonly facts: readonly [Fact, Fact] }
  | { readonly type: 'message'; readonly isMeant: (message: Message) => boolean }
  | { readonly type: 'arrival'; readonly isMeant: (node: Node, message: Message) => boolean }
  | { readonly type: 'report'; readonly code: ReportCode };

export function sightOf(danger: Danger): Sight {
  switch (danger) {
    case 'glare':
      return { type: 'each side', fact: 'hasLocalOffer' };
    case 'rollback':
      return { type: 'one side', facts: ['rollsBack'] };
    case 'turn yielded':
      return { type: 'one side', facts: ['yields'] };
    case 'asking while the other side negotiates':
      return { type: 'one and the other', facts: ['asks', 'hasLocalOffer'] };
    case 'floor granted while the granter owes':
      return { type: 'one side', facts: ['hasGranted', 'owes'] };
    case 'estrangement':
      return { type: 'one side', facts: ['estranged'] };
    case 'restart of both':
      return { type: 'each side', fact: 'restarted' };
    case 'decline':
      return { type: 'message', isMeant: ({ kind }) => kind === 'decline' };
    case 'insisting offer':
      return { type: 'message', isMeant: (message) => message.kind === 'offer' && message.insists };
    case 'candidate current':
    case 'candidate coming':
    case 'candidate dead':
      return candidateArrives(danger.slice('candidate '.length) as CandidateOwner);
    default:
      return { type: 'report', code: danger };
  }
}

function predicateFor(pair: Pair, danger: Danger): StatePredicate {
  const { automaton } = pair;
  const sight = sightOf(danger);
  const has = (side: Side, state: PackedState, wanted: readonly Fact[]) =>
    wanted.every((fact) => (automaton.factsOf(state[places[side]]!) & facts[fact]) !== 0);
  switch (sight.type) {
    case 'one side':
      return (state) => sides.some((side) => has(side, state, sight.facts));
    case 'each side':
      return (state) => sides.every((side) => has(side, state, [sight.fact]));
    case 'one and the other': {
      const [one, other] = sight.facts;
      return (state) => sides.some((side) => has(side, state, [one]) && has(otherSide(side), state, [other]));
    }
    case 'message':
      return (state) => sides.some((side) => messagesTo(pair, side, state).some(sight.isMeant));
    case 'arrival':
      return (state) =>
        sides.some((side) => {
          const [first] = messagesTo(pair, side, state);
          return first !== undefined && sight.isMeant(automaton.nodes.valueOf(state[places[side]]!), first);
        });
    case 'report':
      return (state) => pair.reportsFrom(state).has(sight.code);
  }
}

function messagesTo({ automaton }: Pair, side: Side, state: PackedState): readonly Message[] {
  const queue = side === 'left' ? state[places.queues]! & 0xffff : state[places.queues]! >>> 16;
  return automaton.queues.valueOf(queue).map((mail) => automaton.mails.valueOf(mail).message);
}

/** A candidate is next to be taken in, and belongs to such a description. */
const candidateArrives = (owner: CandidateOwner): Sight => ({
  type: 'arrival',
  isMeant({ endpoint }, message) {
    if (message.kind !== 'candidate') return false;
    const of =
      'offer' in message
        ? ({ part: 'offer', id: message.offer } as const)
        : ({ part: 'answer', id: message.answer } as const);
    return ownerOf(endpoint.registers, of, message.candidate) === owner;
  },
});
