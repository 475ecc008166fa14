/**
 * What the checker asks of a model: a state is a fixed number of 32-bit words, a move is a small integer, and the
 * successors of a state are emitted one after the other into the checker's hands. Nothing here allocates, so that a
 * model written with care runs at millions of transitions a second.
 */
import type { Property } from './property.ts';
import type { PackedState } from './state.ts';

/** Takes one successor. `next` is copied at once, so one scratch array serves the model for ever. */
export type Emit = (move: number, next: Int32Array) => void;

/**
 * A finite transition system.
 *
 * Everything must be deterministic: the same state emits the same moves and successors in the same order on every call,
 * in every thread. The order decides which of several shortest counterexamples is shown, and nothing else.
 */
export interface Model {
  /** Words in a state, at least 1. */
  readonly words: number;
  /** What is to be shown of it. Ids are unique; the predicates are pure. */
  readonly properties: readonly Property[];
  /** Emits every initial state; there is at least one. */
  init(emit: (state: Int32Array) => void): void;
  /**
   * Emits every move that is possible in `state`, with the state that it leads to. Moves are numbered 0 to 65,535; the
   * same move may be emitted more than once, with different outcomes.
   */
  next(state: PackedState, emit: Emit): void;
  /** Whether it is right that nothing more can happen in `state`. Asked only of states without a successor. */
  mayRest(state: PackedState): boolean;
  /** Names a move, given the state in which it is made. */
  describe(move: number, state: PackedState): string;
  /** Shows a state in one line, for counterexamples. */
  show?(state: PackedState): string;
  /**
   * Symmetry reduction: replaces `state`, in place, by the one representative of all states that differ from it only by
   * a symmetry of the model. Properties and `mayRest` must not tell such states apart. Not to be used together with
   * properties that look for cycles (`eventually`, `leads-to`, `bounded`), since moves lose their identity in it.
   */
  canonicalise?(state: Int32Array): void;
}

/** Where worker threads load a model from: an exported function of a module, called with plain JSON data. */
export interface ModelSource {
  /** URL of an ES module, as from `new URL('./model.js', import.meta.url).href`. */
  readonly module: string;
  /** Name of the exported function that returns the {@link Model}; `createModel` unless given. */
  readonly factory?: string;
  /** What the function is called with; it must survive structured cloning. */
  readonly parameters?: unknown;
}
