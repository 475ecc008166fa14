/**
 * Transition tests in the shape "state -> event -> state": one line an event, with everything that the step leads to.
 * A line's flags are those of the context that are set, and its effects stand in order, so a line is the whole result.
 */
import { describe, expect, it } from 'vitest';
import type { MachineOptions } from '../../src/machine/context.ts';
import type { Effect } from '../../src/machine/effects.ts';
import { type NegotiationEvent, allEvents, eventName } from '../../src/machine/events.ts';
import { type MachineState, type StatePath, type Step, initialState, step } from '../../src/step.ts';

/** Flags: `role` where it is another than at the start, then `owed`, `theirTurn`, `2 failures` and the like. */
export type Line = readonly [event: string, path: StatePath, flags: string, ...effects: string[]];

const eventsByName = new Map(allEvents.map((event) => [eventName(event), event]));

export const eventNamed = (name: string): NegotiationEvent => {
  const event = eventsByName.get(name);
  if (event === undefined) throw new Error(`there is no event ${name}`);
  return event;
};

/** The state that these events lead to from the start. */
export const after = (options: MachineOptions, ...events: readonly string[]): MachineState =>
  events.reduce((state, name) => step(state, eventNamed(name))[0], initialState(options));

const effectName = ({ type, ...params }: Effect): string =>
  [type, ...Object.entries(params).flatMap(([key, value]) => (value === true ? [key] : value || []))].join(' ');

const flagsOf = (start: MachineOptions, { context }: MachineState): string => {
  const { role, rollback: _rollback, whileAsking: _whileAsking, ourTurn, failures, ...flags } = context;
  return [
    ...(role === start.role ? [] : [role]),
    ...Object.entries(flags).flatMap(([name, isSet]) => (isSet ? [name] : [])),
    ...(ourTurn ? [] : ['theirTurn']),
    ...(failures === 0 ? [] : [`${failures} failures`]),
  ].join(' ');
};

export const toLine = (options: MachineOptions, event: string, [state, effects]: Step): Line => [
  event,
  state.path,
  flagsOf(options, state),
  ...effects.map(effectName),
];

const childOf = (path: StatePath): string => path.split('.').at(-1) as string;

/** One test a line, each from where the line before it led. */
export const story = (title: string, options: MachineOptions, lines: readonly Line[]): void => {
  describe(title, () => {
    let state = initialState(options);
    for (const line of lines) {
      const [name, path] = line;
      const from = state;
      const result = step(from, eventNamed(name));
      state = result[0];
      it(`${from.context.role}: ${childOf(from.path)} -> ${name} -> ${childOf(path)}`, () => {
        expect(toLine(options, name, result)).toEqual(line);
        const { rollback, whileAsking } = result[0].context;
        expect({ rollback, whileAsking }).toEqual({
          rollback: from.context.rollback,
          whileAsking: from.context.whileAsking,
        });
      });
    }
  });
};
