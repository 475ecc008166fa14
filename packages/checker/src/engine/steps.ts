/** A model one step at a time, in plain data: for counterexamples, and for looking round by hand. */
import type { Model } from './model.ts';
import type { PackedState } from './state.ts';

/** A state as its words and as the model shows it. */
export interface PathState {
  readonly state: readonly number[];
  readonly shown: string;
}

/** A move and the state that it leads to. */
export interface PathStep extends PathState {
  readonly move: number;
  readonly label: string;
}

/** The initial states, in the order in which the model emits them. */
export function initialStates(model: Model): PathState[] {
  const states: PathState[] = [];
  model.init((state) => {
    states.push(toPathState(model, state));
  });
  return states;
}

/** All steps that are possible in a state, in the order in which the model emits them. */
export function successors(model: Model, state: PackedState): PathStep[] {
  const from = Int32Array.from(state);
  const steps: PathStep[] = [];
  model.next(from, (move, next) => {
    steps.push({ move, label: model.describe(move, from), ...toPathState(model, next) });
  });
  return steps;
}

function toPathState(model: Model, words: Int32Array): PathState {
  const state = [...words];
  return { state, shown: model.show?.(words) ?? state.join(' ') };
}
