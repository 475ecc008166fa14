/**
 * The machine's context: finite, and without payload. Descriptions, candidates, ids and clocks live in the endpoint's
 * registers, so that one endpoint is a finite automaton.
 */
import type { Role } from '../roles.ts';

/** What is chosen once, at construction. */
export interface MachineOptions {
  readonly role: Role;
  /** Whether the engine can roll an offer back. Default `false`. */
  readonly rollback?: boolean | undefined;
  /** A requester's manners while it waits for the floor. Default `'answer'`. */
  readonly whileAsking?: WhileAsking | undefined;
}

export type WhileAsking = 'answer' | 'decline';

export interface Context {
  /** Constant, but for `auto`, which becomes `requester` or `arbiter` at the other side's hello. */
  readonly role: Role;
  readonly rollback: boolean;
  readonly whileAsking: WhileAsking;
  /** A change of ours that no offer in flight carries. */
  readonly owed: boolean;
  /** The other side was told that we owe an offer, and waits for it or for a release. */
  readonly announced: boolean;
  /** The other side told us that it owes an offer, and we let it have its turn. */
  readonly awaited: boolean;
  /** A remote offer waits for the engine. */
  readonly held: boolean;
  /** Memory for alternation, of who can keep the other side waiting: when both want the floor, the next turn is ours. */
  readonly ourTurn: boolean;
  /** Attempts in a row that the engine or the other side refused. */
  readonly failures: 0 | 1 | 2;
}

export const toContext = (options: MachineOptions): Context => ({
  role: options.role,
  rollback: options.rollback ?? false,
  whileAsking: options.whileAsking ?? 'answer',
  owed: false,
  announced: false,
  awaited: false,
  held: false,
  ourTurn: true,
  failures: 0,
});
