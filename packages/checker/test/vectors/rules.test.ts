import {
  allEvents,
  allMachineOptions,
  type Context,
  eventName,
  flags,
  type GuardName,
  guards,
  type FlagName,
  reachableStates,
} from '@detente/core';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../../src/vectors/cases.ts';
import { createRules } from '../../src/vectors/rules.ts';
import type { Pattern } from '../../src/vectors/types.ts';

const rules = createRules();

const contexts = [
  ...new Map(
    allMachineOptions.flatMap((options) =>
      reachableStates(options).map(({ context }) => [JSON.stringify(context), context]),
    ),
  ).values(),
];

const matches = (pattern: Pattern, context: Context, event: string): boolean =>
  Object.entries(pattern).every(([field, wanted]) =>
    [wanted].flat().includes(field === 'event' ? event : context[field as keyof Context]),
  );

/** The events under which the rules ask for a guard or change a flag. */
const eventsAt = (name: string) => {
  const { common, states } = rules;
  const lists = Object.values(states);
  const always = lists.flatMap(({ entry, exit, always }) => [
    ...entry,
    ...exit,
    ...always.flatMap(({ guard, does }) => [guard, ...does]),
  ]);
  const types = [common, ...lists.map(({ on }) => on)].flatMap((on) =>
    Object.entries(on).flatMap(([type, moves]) =>
      moves.some(({ guard, does }) => guard === name || does.includes(name)) ? [type] : [],
    ),
  );
  return allEvents.filter(({ type }) => always.includes(name) || types.includes(type));
};

const occasionsOf = (name: string) =>
  contexts.flatMap((context) => eventsAt(name).map((event) => ({ context, event, name: eventName(event) })));

describe('the rules as data', () => {
  it.each(Object.keys(guards) as GuardName[])('say of every reachable context when %s holds', (guard) => {
    const occasions = occasionsOf(guard);
    const wrong = occasions.filter(({ context, event, name }) => {
      const matching = rules.guards[guard]!.filter((pattern) => matches(pattern, context, name)).length;
      return matching !== (guards[guard]({ context, event }) ? 1 : 0);
    });
    expect(occasions.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  it.each(Object.keys(flags) as FlagName[])('say of every reachable context what %s sets', (flag) => {
    const occasions = occasionsOf(flag);
    const wrong = occasions.filter(({ context, event, name }) => {
      const matching = rules.flags[flag]!.filter(({ when }) => matches(when, context, name));
      return JSON.stringify(matching.map(({ sets }) => sets)) !== JSON.stringify([flags[flag]({ context, event })]);
    });
    expect(occasions.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  it('name no value that a field cannot have', () => {
    for (const context of contexts) {
      for (const [field, value] of Object.entries(context))
        expect(rules.context[field as keyof Context]).toContain(value);
    }
  });
});

describe('casesOf', () => {
  const grants = allEvents.filter(({ type }) => type === 'remote.grant');

  it('tells apart what the function looks at and nothing else', () => {
    expect(casesOf(({ context }) => context.failures === 2 && context.owed, rules.context, grants)).toEqual([
      { when: { failures: [0, 1] }, then: false },
      { when: { failures: 2, owed: false }, then: false },
      { when: { failures: 2, owed: true }, then: true },
    ]);
  });

  it('leaves out a field that makes no difference after all', () => {
    expect(casesOf(({ context }) => (context.held ? 1 : 1), rules.context, grants)).toEqual([{ when: {}, then: 1 }]);
  });

  it('knows an event by its name', () => {
    expect(casesOf(({ event }) => event.type === 'remote.grant' && event.current, rules.context, grants)).toEqual([
      { when: { event: 'remote.grant' }, then: false },
      { when: { event: 'remote.grant current' }, then: true },
    ]);
  });

  it('lets an error of the function through', () => {
    const broken = () => {
      throw new Error('broken');
    };
    expect(() => casesOf(broken, rules.context, grants)).toThrow('broken');
  });
});
