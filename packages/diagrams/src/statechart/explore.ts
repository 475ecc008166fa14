/**
 * What the machine really does: every move that some reachable state makes at some event, found by stepping through all of
 * them, with the transition of the chart that made it.
 */
import {
  type Context,
  type MachineState,
  type NegotiationEvent,
  type Role,
  type StatePath,
  allEvents,
  allMachineOptions,
  reachableStates,
  step,
} from '@detente/core';
import { negotiationMachine } from '@detente/core/machine';
import { getMicrosteps } from 'xstate';

/** One transition of the chart, taken from one state to another. */
export interface Move {
  readonly from: StatePath;
  readonly to: StatePath;
  /** `always`: taken without an event, as soon as the guard holds. */
  readonly event: NegotiationEvent['type'] | 'always';
  readonly guard?: string | undefined;
  readonly description?: string | undefined;
  /** What the transition itself asks for, without what its target does on entry. Reports by their code. */
  readonly effects: readonly string[];
  /** It leaves the state and enters it again. */
  readonly again: boolean;
  /** It stands at the chart's root, and so holds wherever no state says otherwise. */
  readonly general: boolean;
}

/** The moves of one role, on engines with and without rollback, with either manners; in order. */
export const movesOf = (role: Role): readonly Move[] => {
  const known = explored.get(role) ?? explore(role);
  explored.set(role, known);
  return known;
};

const explored = new Map<Role, readonly Move[]>();

const explore = (role: Role): readonly Move[] => {
  const moves: Move[] = [];
  for (const options of allMachineOptions.filter((options) => options.role === role)) {
    for (const state of reachableStates(options)) {
      if (state.path === 'closed') continue;
      const before = toSnapshot(state);
      for (const event of allEvents) {
        const [next, effects] = step(state, event);
        if (next !== state || effects.length > 0) moves.push(...taken(before, event, next.path));
      }
    }
  }
  return inOrder(moves);
};

/** Each once, in the order of the events. */
export const inOrder = (moves: readonly Move[]): readonly Move[] => {
  const distinct = new Map(moves.map((move) => [JSON.stringify(move), move]));
  const keys = [...distinct.keys()].toSorted();
  return keys
    .map((key) => distinct.get(key) as Move)
    .toSorted((one, other) => alphabet.indexOf(one.event) - alphabet.indexOf(other.event));
};

const alphabet: readonly string[] = ['always', ...allEvents.map(({ type }) => type)];

type Snapshot = ReturnType<typeof negotiationMachine.resolveState>;
type Definition = ReturnType<typeof negotiationMachine.getTransitionData>[number];

/** A step is the transition for the event and then, where it leads to `stable`, whatever is next. */
const taken = (before: Snapshot, event: NegotiationEvent, end: StatePath): readonly Move[] => {
  const from = pathOf(before);
  const [definition] = negotiationMachine.getTransitionData(before, event);
  if (!definition) return [];
  const [target] = definition.target ?? [];
  if ((target?.key ?? from) !== 'stable') return [toMove(definition, from, end, event.type)];
  const states = [before, ...getMicrosteps(negotiationMachine, before, event).map(([after]) => after)];
  return states.slice(1).flatMap((after, index) => {
    const here = states[index] as Snapshot;
    const chosen = index === 0 ? definition : alwaysOf(here.context, event);
    return chosen ? [toMove(chosen, pathOf(here), pathOf(after), index === 0 ? event.type : 'always')] : [];
  });
};

const alwaysOf = (context: Context, event: NegotiationEvent): Definition | undefined => {
  const guards: Readonly<Record<string, (args: object, params: undefined) => boolean>> = negotiationMachine
    .implementations.guards as never;
  return negotiationMachine.root.states['stable']?.always?.find(
    ({ guard }) => guards[guard as string]?.({ context, event }, undefined) ?? false,
  );
};

const toMove = (
  { guard, description, actions, reenter, source }: Definition,
  from: StatePath,
  to: StatePath,
  event: Move['event'],
): Move => ({
  from,
  to,
  event,
  guard: guard as string | undefined,
  description,
  effects: actions.flatMap((action) => effectOf(action as string | Named)),
  again: reenter,
  general: source === negotiationMachine.root,
});

interface Named {
  readonly type: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Flags are the machine's own business; an effect is named with what tells it from others of its kind. */
const effectOf = (action: string | Named): readonly string[] => {
  const { type, params = {} } = typeof action === 'string' ? { type: action } : action;
  if (type === 'report') return [`report ${String(params['code'])}`];
  if (!/^(send|drop|hold|add)[A-Z]/.test(type)) return [];
  const words = Object.values(params).filter((value) => typeof value === 'string');
  return [[type, ...words].join(' ')];
};

const toSnapshot = ({ path, context }: MachineState): Snapshot => {
  const [parent, child] = path.split('.');
  const value = child === undefined ? parent : { [parent as string]: child };
  return negotiationMachine.resolveState({ value: value as Snapshot['value'], context });
};

const pathOf = ({ value }: Pick<Snapshot, 'value'>): StatePath =>
  (typeof value === 'string' ? value : Object.entries(value)[0]?.join('.')) as StatePath;
