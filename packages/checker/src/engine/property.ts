/**
 * The five kinds of claim that can be checked, each a sentence with an id, and the fairness assumptions under which the
 * claims about infinite runs are made. A claim that could not have failed counts as failed: a `sometimes` that is never
 * reached, or a `leads-to` or `bounded` whose premise no state satisfies.
 */
import type { PackedState } from './state.ts';

/** A pure question about one state. */
export type StatePredicate = (state: PackedState) => boolean;

/** A pure question about one step: a move, the state in which it is made and the state that it leads to. */
export type StepPredicate = (move: number, from: PackedState, to: PackedState) => boolean;

/**
 * An assumption that a group of moves is not neglected for ever. The group counts as possible in a state if one of its
 * moves is, and as taken when any one of them is, even one that leads back to the same state; declare one group for each
 * move that needs its own guarantee.
 *
 * - `weak`: if the group is possible without interruption from some point on, it is taken again and again.
 * - `strong`: if the group is possible again and again, even with interruptions, it is taken again and again.
 */
export interface Fairness {
  readonly name: string;
  readonly strength: 'weak' | 'strong';
  /** Whether a move belongs to the group. */
  readonly includes: (move: number) => boolean;
}

interface Claim {
  /** Short and unique within the model. */
  readonly id: string;
  /** The claim as a sentence. */
  readonly sentence: string;
}

/** Every reachable state satisfies `holds`, or does not satisfy `where`. */
export interface Always extends Claim {
  readonly type: 'always';
  readonly holds: StatePredicate;
  /** Which states the claim is about; all unless given. Claims that give the very same function have it asked once. */
  readonly where?: StatePredicate | undefined;
}

/** What `always` asks of any state. */
export const claimOf = ({ holds, where }: Always): StatePredicate =>
  where === undefined ? holds : (state) => !where(state) || holds(state);

/** Some reachable state satisfies `holds`. */
export interface Sometimes extends Claim {
  readonly type: 'sometimes';
  readonly holds: StatePredicate;
}

/** Every fair run from an initial state, infinite or come to rest, reaches a state that satisfies `holds`. */
export interface Eventually extends Claim {
  readonly type: 'eventually';
  readonly holds: StatePredicate;
  /** At most 31 groups. */
  readonly fairness?: readonly Fairness[];
}

/** On every fair run, each state that satisfies `premise` is one that satisfies `conclusion` or is followed by one. */
export interface LeadsTo extends Claim {
  readonly type: 'leads-to';
  readonly premise: StatePredicate;
  readonly conclusion: StatePredicate;
  /** At most 31 groups. */
  readonly fairness?: readonly Fairness[];
}

/**
 * While `pending` holds without interruption, at most so many steps satisfy `counts`. The exact maximum is computed.
 *
 * A step belongs to the wait if it starts in a pending state, so the step that ends it counts too, if `counts` says so.
 * Fairness cannot help here: a fair run may still go round any cycle as often as it likes before it leaves it, so the
 * bound is finite only if no cycle of pending states contains a step that counts.
 */
export interface Bounded extends Claim {
  readonly type: 'bounded';
  readonly pending: StatePredicate;
  readonly counts: StepPredicate;
  /** Steps that end the wait even if the next state is pending again (another wait then begins). */
  readonly ends?: StepPredicate;
  /** The claim fails above this; any finite number will do unless given. */
  readonly atMost?: number;
}

/** A claim about a model. */
export type Property = Always | Sometimes | Eventually | LeadsTo | Bounded;
