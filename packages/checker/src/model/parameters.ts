/** What a model of two sides is made from: plain data, judged before anything is built. */
import { counterpart, needsRollback, type Role, roles, type WhileAsking } from '@detente/core';
import { type Budget, fieldNames, mostOf } from './budget.ts';
import type { Danger } from './danger.ts';
import type { Side } from './names.ts';

export interface PairParameters {
  /** The left side's role; the right one plays its counterpart. */
  readonly role: Role;
  /** Which engines can roll back. */
  readonly rollback: Readonly<Record<Side, boolean>>;
  readonly whileAsking?: WhileAsking | undefined;
  /** Whether an answer carries its maker's own changes. Default `either`. */
  readonly answersCarry?: 'always' | 'never' | 'either' | undefined;
  /** What is not named does not happen. */
  readonly budget: Partial<Budget>;
  /** The side of which one change is followed, for what is claimed about every change. */
  readonly follow?: Side | undefined;
  /** What must be seen to happen, or nothing is shown. */
  readonly dangers?: readonly Danger[] | undefined;
  /** Messages that may be on their way in one direction. Default 8. */
  readonly queue?: number | undefined;
  /** Forget what cannot matter and renumber, so that endless runs have finitely many states. Default true. */
  readonly reduce?: boolean | undefined;
}

/** That a side keeps for a description that is not there yet. */
export const mostCandidates = 2;

/** Thrown for parameters that make no sense; the message says what to change. */
export class ParameterError extends Error {
  override readonly name = 'ParameterError';
}

export function requireSense(parameters: PairParameters): void {
  const { role, rollback, budget, queue = 8 } = parameters;
  if (!roles.includes(role)) throw new ParameterError(`there is no role ${role}; there are ${roles.join(', ')}`);
  for (const [side, played] of [
    ['left', role],
    ['right', counterpart[role]],
  ] as const) {
    if (needsRollback(played) && !rollback[side]) {
      throw new ParameterError(`the ${side} side cannot be ${played} with an engine that cannot roll back`);
    }
  }
  for (const name of Object.keys(budget)) {
    if (!(fieldNames as readonly string[]).includes(name)) {
      throw new ParameterError(`there is no bound ${name}; there are ${fieldNames.join(', ')}`);
    }
  }
  for (const name of fieldNames) {
    const count = budget[name] ?? 0;
    if (count !== 'endless' && !(Number.isInteger(count) && count >= 0 && count <= mostOf(name))) {
      throw new ParameterError(`${name} is a whole number from 0 to ${mostOf(name)}, or 'endless', not ${count}`);
    }
  }
  if (!(Number.isInteger(queue) && queue >= 2 && queue <= 64)) {
    throw new ParameterError(`queue is a whole number from 2 to 64, not ${queue}`);
  }
}

export const fullBudget = (budget: Partial<Budget>): Budget =>
  Object.fromEntries(fieldNames.map((name) => [name, budget[name] ?? 0])) as unknown as Budget;
