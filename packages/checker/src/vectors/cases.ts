/**
 * From a function of the context and the event to data: the cases that it tells apart. The function itself says what it
 * turns on, since it is run with nothing known, and again for each value of whatever it looks at.
 */
import type { Context, GuardArgs, NegotiationEvent } from '@detente/core';
import { eventName } from '@detente/core';
import type { Pattern, Scalar } from './types.ts';

export interface Case<T> {
  readonly when: Pattern;
  readonly then: T;
}

/** What is not known yet: a field of the context, or which event it is. */
class Unknown extends Error {
  readonly field: string;

  constructor(field: string) {
    super(`${field} is not known`);
    this.field = field;
  }
}

/** The cases of `of`, a pure function, over these contexts and events: exactly one matches each pair of them. */
export const casesOf = <T>(
  of: (args: GuardArgs) => T,
  domains: { readonly [K in keyof Context]: readonly Context[K][] },
  events: readonly NegotiationEvent[],
): readonly Case<T>[] => {
  const values = new Map<string, readonly Scalar[]>([...Object.entries(domains), ['event', events.map(eventName)]]);
  const eventsByName = new Map(events.map((event) => [eventName(event), event]));

  const split = (known: ReadonlyMap<string, Scalar>): readonly Case<T>[] => {
    const look = (field: string): Scalar => {
      const value = known.get(field);
      if (value === undefined) throw new Unknown(field);
      return value;
    };
    const context = new Proxy({} as Context, { get: (_, field) => look(String(field)) });
    const event = new Proxy({} as NegotiationEvent, {
      get: (_, field) => Reflect.get(eventsByName.get(String(look('event')))!, field) as unknown,
    });
    try {
      return [{ when: {}, then: of({ context, event }) }];
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      return branch(error.field, known);
    }
  };

  const branch = (field: string, known: ReadonlyMap<string, Scalar>): readonly Case<T>[] => {
    const groups = new Map<string, { readonly values: Scalar[]; readonly cases: readonly Case<T>[] }>();
    for (const value of values.get(field) ?? []) {
      const cases = split(new Map(known).set(field, value));
      const same = JSON.stringify(cases);
      if (!groups.has(same)) groups.set(same, { values: [], cases });
      groups.get(same)?.values.push(value);
    }
    const [only, ...others] = [...groups.values()];
    if (only !== undefined && others.length === 0) return only.cases;
    return [...groups.values()].flatMap((group) =>
      group.cases.map(({ when, then }) => ({ when: { [field]: oneOrMany(group.values), ...when }, then })),
    );
  };

  return split(new Map());
};

const oneOrMany = (values: readonly Scalar[]) => (values.length === 1 ? values[0]! : values);
