/**
 * The tables that an exported model is made of. The code that ships has worked out every step of an endpoint that is in
 * them; how the two sides, the queues between them and the budgets come together is not, and is for the other tool to
 * find. A step that it needs and that is not in the tables stops it, since then the explorer missed one.
 */
import type { ReportCode } from '@detente/core';
import type { InvariantId } from '@detente/testing/invariants';
import { check, type Property } from '../engine/index.ts';
import { Automaton, empty, firstMail, type Step } from '../model/automaton.ts';
import { sightOf } from '../model/dangers.ts';
import type { Danger } from '../model/danger.ts';
import { describeMessage, showNode } from '../model/describe.ts';
import { type Fact, facts } from '../model/facts.ts';
import { type Kind, kinds } from '../model/moves.ts';
import { baseIn, type Side } from '../model/names.ts';
import { Pair, type PairOptions } from '../model/pair.ts';
import type { PairParameters } from '../model/parameters.ts';
import { pairProperties } from '../model/properties.ts';
import type { IdSet } from '../model/renumber.ts';

/** What an input makes of a node. */
export interface Outcome {
  /** A kind of move; for a message, that of `receive` plus its number. */
  readonly input: number;
  readonly node: number;
  /** The messages that it sends, by their numbers. */
  readonly sends: readonly number[];
  readonly troubled: boolean;
  /** Places in `dangers`: what is seen when this happens. */
  readonly shows: readonly number[];
}

export type Renaming = readonly [ids: IdSet, as: number];

export interface NodeRow {
  readonly name: string;
  readonly facts: readonly Fact[];
  readonly can: readonly Kind[];
  readonly ids: IdSet;
  readonly broken: InvariantId | null;
  /** The exchange agreed on last, and what the offer in it came after, as numbers from 1; 0 is none. */
  readonly agreed: number;
  readonly base: number;
  readonly outcomes: readonly Outcome[];
  readonly renamings: readonly Renaming[];
}

export interface MailRow {
  readonly name: string;
  readonly ids: IdSet;
  readonly shows: readonly number[];
  readonly renamings: readonly Renaming[];
}

export interface Claim {
  readonly id: string;
  readonly type: Property['type'];
  readonly sentence: string;
}

/** Nodes are numbered from 0, messages from 1: a place in a queue that holds 0 is free. */
export interface Tables {
  readonly parameters: PairParameters;
  readonly claims: readonly Claim[];
  readonly distinctStates: number;
  readonly transitions: number;
  readonly initial: Readonly<Record<Side, { readonly node: number; readonly sends: readonly number[] }>>;
  readonly nodes: readonly NodeRow[];
  readonly mails: readonly MailRow[];
  readonly dangers: readonly Danger[];
  /** The most messages that are ever on their way in one direction. */
  readonly mostOnTheirWay: number;
}

/** Explores a model, and keeps what the code that ships was asked. Throws `ParameterError` as `createPair` does. */
export async function toTables(parameters: PairParameters, options: Pick<PairOptions, 'rules'> = {}): Promise<Tables> {
  const pair = new Pair(parameters, options, () => []);
  const { distinctStates, transitions, complete, stop } = await check(pair);
  if (!complete) throw new RangeError(`this model is too large to be exported: ${stop!.message}`);
  const { automaton } = pair;
  const dangers = parameters.dangers ?? [];
  const codes = numbering();
  const initial = (side: Side) => {
    const { node, batch } = automaton.initial(side);
    return { node, sends: sent(automaton, batch) };
  };
  return {
    parameters,
    claims: pairProperties(pair).map(({ id, type, sentence }) => ({ id, type, sentence })),
    distinctStates,
    transitions,
    initial: { left: initial('left'), right: initial('right') },
    nodes: automaton.nodes.values.map((_, node) => toNodeRow(automaton, node, dangers, codes)),
    mails: toMailRows(automaton, dangers),
    dangers,
    mostOnTheirWay: automaton.queues.values.reduce((most, { length }) => Math.max(most, length), 1),
  };
}

/** What is claimed of each state. */
export const judgedOf = ({ claims }: Tables): readonly Claim[] => [
  { id: 'no-deadlock', type: 'always', sentence: 'nothing comes to rest where it may not rest' },
  ...claims.filter(({ type }) => type === 'always'),
];

const sent = (automaton: Automaton, batch: number) => automaton.mailsOf(batch).map((mail) => mail + 1);

function toNodeRow(
  automaton: Automaton,
  number: number,
  dangers: readonly Danger[],
  codeOf: (text: string | null) => number,
): NodeRow {
  const node = automaton.nodes.valueOf(number);
  const word = automaton.factsOf(number);
  const { agreed } = node.engine;
  return {
    name: `${node.side}: ${showNode(node)}`,
    facts: factNames.filter((fact) => (word & facts[fact]) !== 0),
    can: Object.values(kinds).filter((kind) => (word & (1 << kind)) !== 0),
    ids: automaton.nodeIds(number),
    broken: node.broken,
    agreed: codeOf(agreed),
    base: codeOf(agreed && baseIn(agreed)),
    outcomes: automaton.stepsOf(number).map(([input, step]) => ({
      input,
      node: step.node,
      sends: sent(automaton, step.batch),
      troubled: step.troubled,
      shows: placesOf(dangers, (danger) => isShown(danger, automaton, number, input, step)),
    })),
    renamings: [...automaton.renamingsOf(number)],
  };
}

const factNames = Object.keys(facts) as readonly Fact[];

function isShown(danger: Danger, automaton: Automaton, node: number, input: number, step: Step): boolean {
  const sight = sightOf(danger);
  if (sight.type === 'report') return (step.reports as readonly ReportCode[]).includes(sight.code);
  if (sight.type !== 'arrival' || input < firstMail) return false;
  return sight.isMeant(automaton.nodes.valueOf(node), automaton.mails.valueOf(input - firstMail).message);
}

/** A queue is renamed message by message, so what became of the messages can be read off what became of the queues. */
function toMailRows(automaton: Automaton, dangers: readonly Danger[]): readonly MailRow[] {
  const renamings = automaton.mails.values.map(() => new Map<IdSet, number>());
  automaton.queues.values.forEach((mails, queue) => {
    for (const [ids, renamed] of automaton.queueRenamingsOf(queue)) {
      const as = automaton.queues.valueOf(renamed);
      mails.forEach((mail, place) => renamings[mail]!.set(ids, as[place]! + 1));
    }
  });
  return automaton.mails.values.map(({ sender, message }, mail) => ({
    name: `${describeMessage(message)} of the ${sender} side`,
    ids: automaton.mailIds(mail),
    shows: placesOf(dangers, (danger) => {
      const sight = sightOf(danger);
      return sight.type === 'message' && sight.isMeant(message);
    }),
    renamings: [...renamings[mail]!],
  }));
}

const placesOf = (dangers: readonly Danger[], isMeant: (danger: Danger) => boolean): readonly number[] =>
  dangers.flatMap((danger, place) => (isMeant(danger) ? [place] : []));

/** Numbers texts from 1 in the order in which they come; null is 0. */
function numbering(): (text: string | null) => number {
  const numbers = new Map<string | null, number>([[null, empty]]);
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}
