/**
 * A statechart before it has a size: the states that are reached, each with what it does in place, and one edge for each
 * pair of states, with a line for each reason to take it. Whatever ends the session is told in one list.
 */
import { type Role, type StatePath, needsRollback, roles } from '@detente/core';
import { negotiationMachine } from '@detente/core/machine';
import { type Move, inOrder, movesOf } from './explore.ts';
import { camelWords, effectWords, eventWords } from './words.ts';

export interface Statechart {
  readonly title: string;
  readonly subtitle: string;
  /** In the order of the machine, without `closed`. */
  readonly states: readonly ChartState[];
  /** Between different states, none of them `closed`; in the order of the states. */
  readonly edges: readonly ChartEdge[];
  /** What leads to `closed`: the code that is reported, or the event. */
  readonly endings: readonly string[];
}

export interface ChartState {
  readonly path: StatePath;
  readonly description: string;
  /** What it does without leaving. */
  readonly reactions: readonly Line[];
}

export interface ChartEdge {
  readonly from: StatePath;
  readonly to: StatePath;
  readonly lines: readonly Line[];
}

/** Shape: `{ event: 'done', guard: 'lost floor', effect: '', moves: […] }`. */
export interface Line {
  readonly event: string;
  /** Told where it is the one condition, and where the event may also do something else. */
  readonly guard: string;
  readonly effect: string;
  /** Something went wrong. */
  readonly failure: boolean;
  readonly moves: readonly Move[];
}

/** Of one role, without the states that it never reaches; or of all. Pure; every state is explored, which takes a second or so. */
export const toStatechart = (role?: Role): Statechart => {
  const known = role ? movesOf(role) : inOrder(roles.flatMap(movesOf));
  const reached = new Set<StatePath>(['stable', ...known.map(({ to }) => to)]);
  const paths = leaves().filter((path) => reached.has(path) && path !== 'closed');
  const between = (from: StatePath, to: StatePath) => known.filter((move) => move.from === from && move.to === to);
  const inPlace = (path: StatePath) => between(path, path).filter((move) => !move.general);
  return {
    title: role ? `The negotiation machine: ${role}` : 'The negotiation machine',
    subtitle: role
      ? `What this role can reach, on engines that ${needsRollback(role) ? '' : 'can and that cannot '}roll back.`
      : 'All roles together.',
    states: paths.map((path) => ({
      path,
      description: describe(path),
      reactions: linesOf(inPlace(path), [], byEffect, doneInPlace),
    })),
    edges: paths.flatMap((from) =>
      paths.flatMap((to) => {
        const taken = from === to ? [] : between(from, to);
        const others = known.filter((move) => move.from === from && move.to !== to && !move.general);
        return taken.length === 0 ? [] : [{ from, to, lines: linesOf(taken, others, byEvent, saidOnTheWay) }];
      }),
    ),
    endings: [...new Set(known.flatMap((move) => (move.to === 'closed' ? [ending(move)] : [])))],
  };
};

/** Every state without children, in the order of the machine. */
const leaves = (): readonly StatePath[] =>
  Object.values(negotiationMachine.root.states).flatMap(({ key, states }) => {
    const children = Object.keys(states);
    return (children.length === 0 ? [key] : children.map((child) => `${key}.${child}`)) as StatePath[];
  });

/** The machine's own words for a state. */
export const describe = (path: string): string => {
  const [parent = '', child = ''] = path.split('.');
  const state = negotiationMachine.root.states[parent];
  return (child === '' ? state : state?.states[child])?.description ?? '';
};

const byEvent = ({ event, guard }: Move): string => (event === 'always' ? (guard ?? '') : event);
const byEffect = (move: Move): string => [move.event, ...doneInPlace(move), move.again].join();

const linesOf = (
  moves: readonly Move[],
  others: readonly Move[],
  groupBy: (move: Move) => string,
  shown: (move: Move) => readonly string[],
): readonly Line[] => {
  const groups = new Map<string, Move[]>();
  for (const move of moves) groups.set(groupBy(move), [...(groups.get(groupBy(move)) ?? []), move]);
  return [...groups.values()].map((group) => toLine(group, others, shown));
};

const toLine = (moves: readonly Move[], others: readonly Move[], shown: (move: Move) => readonly string[]): Line => {
  const [first] = moves as readonly [Move, ...Move[]];
  const guards = new Set(moves.map(({ guard }) => guard));
  const ambiguous = first.event === 'always' || others.some(({ event }) => event === first.event);
  const effects = shown(first).filter((effect) => moves.every((move) => shown(move).includes(effect)));
  return {
    event: eventWords(first.event),
    guard: guards.size === 1 && ambiguous ? camelWords(first.guard ?? '') : '',
    effect: first.again ? 'try again' : effects.map(effectWords).join(', '),
    failure: first.event === 'engine.failed',
    moves,
  };
};

/** On an edge, what the other side gets to hear: whatever else is done, the state that it leads to tells. */
const saidOnTheWay = ({ effects }: Move): readonly string[] => effects.filter((effect) => effect.startsWith('send'));

/** What is sent, or else what is done with what came, or else what the application is told. */
const doneInPlace = ({ effects }: Move): readonly string[] => {
  const [sent, done] = [/^send/, /^(?!report)/].map((kind) => effects.filter((effect) => kind.test(effect)));
  return [sent, done, effects].find((some) => some?.length) ?? [];
};

const ending = ({ event, effects }: Move): string => {
  const code = effects.find((effect) => effect.startsWith('report '));
  return code ? code.slice('report '.length) : eventWords(event);
};
