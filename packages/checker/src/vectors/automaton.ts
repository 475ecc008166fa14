/** An endpoint's automaton as a table: every state that it can be in, and what each event does there. */
import {
  allEvents,
  eventName,
  ignoredRules,
  type MachineOptions,
  type MachineState,
  reachableStates,
  step,
  whyIgnored,
} from '@detente/core';
import { effectName } from './rules.ts';
import type { Automaton, Cell } from './types.ts';

export const ignored: readonly string[] = ignoredRules.map(({ why }) => why);

export const createAutomaton = (options: Required<MachineOptions>): Automaton => {
  const states = reachableStates(options);
  const numbers = new Map(states.map((state, number) => [state, number]));
  const cellOf = (state: MachineState, event: (typeof allEvents)[number]): Cell => {
    const why = whyIgnored(state, event);
    if (why !== undefined) return ignored.indexOf(why);
    const [next, effects] = step(state, event);
    return [numbers.get(next)!, ...effects.map(effectName)];
  };
  return {
    options,
    states: states.map((state) => ({
      ...state,
      on: Object.fromEntries(allEvents.map((event) => [eventName(event), cellOf(state, event)])),
    })),
  };
};
