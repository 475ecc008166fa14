/**
 * The step function: one endpoint as a finite automaton, run from the compiled chart. States are interned and frozen, so
 * equal states are the same object, and each (state, event) pair is worked out once and remembered.
 */
import { chart } from './machine/chart.ts';
import type { Deed, Move } from './machine/chart-types.ts';
import { type Context, type MachineOptions, toContext } from './machine/context.ts';
import type { Effect } from './machine/effects.ts';
import { type NegotiationEvent, eventName } from './machine/events.ts';
import { type FlagName, flags } from './machine/flags.ts';
import { guards } from './machine/guards.ts';
import type { StatePath } from './machine/state-path.ts';

export type { StatePath };

/** The four states of the machine, or `closed`. */
export type NegotiationState =
  'stable' | 'local-offer-pending' | 'remote-offer-pending' | 'pending-renegotiation' | 'closed';

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
export const initialState = (options: MachineOptions): MachineState =>
  internState({ path: 'stable', context: toContext(options) });

/**
 * One move of an endpoint: what happened, to where that leads and what it asks for.
 *
 * **Ordering**: effects are to be performed in order; each operation among them (at most one) runs until
 * `engine.done` or `engine.failed`. Total: an event that means nothing here returns the same state and no effects.
 * Pure, never throws.
 */
export const step = (state: MachineState, event: NegotiationEvent): Step => {
  const from = internState(state);
  const known = steps.get(from) ?? new Map<string, Step>();
  steps.set(from, known);
  const name = eventName(event);
  const done = known.get(name);
  if (done) return done;
  const result = workOut(from, event);
  known.set(name, result);
  return result;
};

/** The name that applications see. */
export const toNegotiationState = ({ path }: MachineState): NegotiationState =>
  path.split('.', 1)[0] as NegotiationState;

/** Nothing in flight, nothing owed by us, and nothing that we know to be owed by the other side. */
export const isSettled = ({ path, context }: MachineState): boolean =>
  path === 'stable' && !context.owed && !context.awaited;

const workOut = (from: MachineState, event: NegotiationEvent): Step => {
  let { path, context } = from;
  const effects: Effect[] = [];
  const perform = (deeds: readonly Deed[]) => {
    for (const deed of deeds) {
      if (isFlag(deed)) context = { ...context, ...flags[deed]({ context, event }) };
      else effects.push(Object.freeze(typeof deed === 'string' ? { type: deed } : { ...deed }));
    }
  };
  const take = ({ target, does }: Move) => {
    if (target) perform(chart.states[path].exit);
    perform(does);
    if (!target) return;
    path = target;
    perform(chart.states[path].entry);
  };
  const choose = (moves: readonly Move[] = []) =>
    moves.find(({ guard }) => guard === undefined || guards[guard]({ context, event }));

  if (path === 'closed') return [from, []];
  const move = choose(chart.states[path].on[event.type]) ?? choose(chart.common[event.type]);
  if (!move) return [from, []];
  take(move);
  for (let next = choose(chart.states[path].always); next; next = choose(chart.states[path].always)) take(next);
  return Object.freeze([internState({ path, context }), Object.freeze(effects)]);
};

const isFlag = (deed: Deed): deed is FlagName => typeof deed === 'string' && deed in flags;
