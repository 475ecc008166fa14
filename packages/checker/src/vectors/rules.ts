/** The statechart as data that needs no TypeScript: moves by name, guards and flags as the cases that they tell apart. */
import {
  allEvents,
  type Chart,
  chart,
  type Context,
  type Deed,
  type Effect,
  type FlagName,
  flags,
  type GuardName,
  guards,
  type Move,
  type NegotiationEvent,
  roles,
  type State,
} from '@detente/core';
import { casesOf } from './cases.ts';
import type { MoveRule, MoveRules, Name, Rules, StateRule } from './types.ts';

const booleans = [false, true] as const;
const context: Rules['context'] = {
  role: roles,
  rollback: booleans,
  whileAsking: ['answer', 'decline'],
  owed: booleans,
  announced: booleans,
  awaited: booleans,
  held: booleans,
  ourTurn: booleans,
  failures: [0, 1, 2],
};

/** `report offer-ignored`, `sendAnswer wants`: formed like the names of events, and distinct for distinct effects. */
export const effectName = ({ type, ...params }: Effect): Name =>
  [type, ...Object.entries(params).flatMap(([key, value]) => (value === true ? [key] : value || []))].join(' ');

export const createRules = (): Rules => {
  const uses = usesIn(chart);
  const eventsAt = (name: string) => allEvents.filter(({ type }) => uses.get(name)?.has(type));
  return {
    context,
    guards: mapValues(guards, (guard, name) =>
      casesOf<boolean>(guard, context, eventsAt(name)).flatMap(({ when, then }) => (then ? [when] : [])),
    ),
    flags: mapValues(flags, (flag, name) =>
      casesOf<Partial<Context>>(flag, context, eventsAt(name)).map(({ when, then }) => ({ when, sets: then })),
    ),
    common: toMoveRules(chart.common),
    states: mapValues(chart.states, toStateRule),
  };
};

/** The effects that the chart names, each by its name. */
export const effectsOfChart = (): Readonly<Record<Name, Effect>> => {
  const effects = deedsIn(chart)
    .filter((deed): deed is Exclude<Deed, FlagName> => !(typeof deed === 'string' && deed in flags))
    .map((deed): Effect => (typeof deed === 'string' ? { type: deed } : deed));
  return Object.fromEntries(effects.map((effect) => [effectName(effect), effect] as const).sort(byName));
};

const byName = ([one]: readonly [Name, unknown], [other]: readonly [Name, unknown]) => (one < other ? -1 : 1);

const toName = (deed: Deed): Name => (typeof deed === 'string' ? deed : effectName(deed));
const toMoveRule = ({ does, ...move }: Move): MoveRule => ({ ...move, does: does.map(toName) });
const toMoveRules = (moves: Chart['common']): MoveRules => mapValues(moves, (list) => list.map(toMoveRule));
const toStateRule = ({ entry, exit, always, on }: State): StateRule => ({
  entry: entry.map(toName),
  exit: exit.map(toName),
  always: always.map(toMoveRule),
  on: toMoveRules(on),
});

const deedsIn = ({ common, states }: Chart): readonly Deed[] => [
  ...Object.values(common).flatMap((moves) => moves.flatMap(({ does }) => does)),
  ...Object.values(states).flatMap(({ entry, exit, always, on }) => [
    ...entry,
    ...exit,
    ...[always, ...Object.values(on)].flatMap((moves) => moves.flatMap(({ does }) => does)),
  ]),
];

/** Under which types of event the chart asks for a guard or changes a flag: elsewhere the rules need not say anything. */
const usesIn = ({ common, states }: Chart): ReadonlyMap<string, ReadonlySet<string>> => {
  const uses = new Map<string, Set<string>>();
  const use = (names: readonly (GuardName | Deed | undefined)[], types: readonly NegotiationEvent['type'][]) => {
    for (const name of names) {
      if (typeof name === 'string') uses.set(name, new Set([...(uses.get(name) ?? []), ...types]));
    }
  };
  const useAll = (moves: readonly Move[], types: readonly NegotiationEvent['type'][]) =>
    moves.forEach(({ guard, does }) => use([guard, ...does], types));
  const all = allEvents.map(({ type }) => type);
  for (const { entry, exit, always, on } of [
    { entry: [], exit: [], always: [], on: common },
    ...Object.values(states),
  ]) {
    use([...entry, ...exit], all);
    useAll(always, all);
    for (const [type, moves] of Object.entries(on)) useAll(moves, [type as NegotiationEvent['type']]);
  }
  return uses;
};

const mapValues = <K extends string, V, W>(record: { readonly [P in K]?: V }, map: (value: V, key: K) => W) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value as V, key as K)])) as Record<K, W>;
