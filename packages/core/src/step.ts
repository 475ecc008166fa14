/**
 * The step function: one endpoint as a finite automaton. States are interned and frozen, so equal states are the same
 * object, and each (state, event) pair is worked out once and remembered.
 */
import { initialTransition, transition } from 'xstate';
import type { Context, MachineOptions } from './machine/context.ts';

import type { Effect } from './machine/effects.ts';
import { type NegotiationEvent, eventName } from './machine/events.ts';
import { negotiationMachine } from './machine/machine.ts';

/** The four states of the machine, or `closed`. */
export type NegotiationState =
  'stable' | 'local-offer-pending' | 'remote-offer-pending' | 'pending-renegotiation' | 'closed';

/** A state with its child, where it has any. */
export type StatePath =
  | 'stable'
  | 'closed'
  | `local-offer-pending.${'creating' | 'awaiting-answer' | 'applying-answer' | 'rolling-back'}`
  | `remote-offer-pending.${'awaiting-offer' | 'applying-offer' | 'answering' | 'rolling-back'}`
  | `pending-renegotiation.${'asking' | 'yielding'}`;

/** Shape: `{ path: 'pending-renegotiation.asking', context: { role: 'requester', owed: true, … } }`. JSON, frozen. */
export interface MachineState {
  readonly path: StatePath;
  readonly context: Context;
}

export type Step = readonly [state: MachineState, effects: readonly Effect[]];

const interned = new Map<string, MachineState>();
const steps = new WeakMap<MachineState, Map<string, Step>>();

const keyOf = ({ path, context: c }: MachineState): string =>
  [path, c.role, c.rollback, c.whileAsking, c.owed, c.announced, c.awaited, c.held, c.ourTurn, c.failures].join();

/** The one object for this state: a state read from JSON becomes comparable by identity. */
export const internState = (state: MachineState): MachineState => {
  const key = keyOf(state);
  const known = interned.get(key);
  if (known) return known;
  const fresh = Object.freeze({ path: state.path, context: Object.freeze({ ...state.context }) });
  interned.set(key, fresh);
  return fresh;
};

/** Where every session starts: `stable`, with nothing owed. Pure, never throws. */
export const initialState = (options: MachineOptions): MachineState => {
  const [snapshot] = initialTransition(negotiationMachine, options);
  return toState(snapshot);
};

/**
 * One move of an endpoint: what happened, to where that leads and what it asks for.
 *
 * **Ordering**: effects are to be performed in order; each operation among them (at most one) runs until
 * `engine.done` or `engine.failed`. Total: an event that means nothing here returns the same state and no effects.
 * Pure, never throws.
 */
export const step = (state: MachineState, event: NegotiationEvent): Step => {
  const from = internState(state);
  // An actor in a final state takes no events; `transition` would let the root's handlers run.
  if (from.path === 'closed') return [from, []];
  const known = steps.get(from) ?? new Map<string, Step>();
  steps.set(from, known);
  const name = eventName(event);
  const done = known.get(name);
  if (done) return done;
  const [snapshot, actions] = transition(negotiationMachine, toSnapshot(from), event);
  const result: Step = Object.freeze([toState(snapshot), Object.freeze(actions.map(toEffect))]);
  known.set(name, result);
  return result;
};

/** The name that applications see. */
export const toNegotiationState = ({ path }: MachineState): NegotiationState =>
  path.split('.', 1)[0] as NegotiationState;

/** Nothing in flight, nothing owed by us, and nothing that we know to be owed by the other side. */
export const isSettled = ({ path, context }: MachineState): boolean =>
  path === 'stable' && !context.owed && !context.awaited;

type Snapshot = ReturnType<typeof negotiationMachine.resolveState>;

const toSnapshot = ({ path, context }: MachineState): Snapshot => {
  const [parent, child] = path.split('.');
  return negotiationMachine.resolveState({
    value: (child === undefined ? parent : { [parent as string]: child }) as Snapshot['value'],
    context,
  });
};

const toState = ({ value, context }: Pick<Snapshot, 'value' | 'context'>): MachineState =>
  internState({
    path: (typeof value === 'string' ? value : Object.entries(value)[0]?.join('.')) as StatePath,
    context: context,
  });

const toEffect = (action: { readonly type: string; readonly params: unknown }): Effect =>
  Object.freeze({ type: action.type, ...(action.params as object | undefined) }) as Effect;
