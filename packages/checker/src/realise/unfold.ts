/** A path, taken again in the model in which nothing is renumbered or forgotten, so that nothing changes its name on the way. */
import { initialStates, type PathState, type PathStep, successors } from '../engine/index.ts';
import { createPair } from '../model/create-pair.ts';
import type { Pair } from '../model/pair.ts';
import type { PairParameters } from '../model/parameters.ts';

export interface UnfoldedPath {
  readonly pair: Pair;
  readonly initial: PathState;
  readonly steps: readonly PathStep[];
}

/** Throws a `RangeError` when the moves cannot be made one after the other. */
export function unfold(parameters: PairParameters, moves: readonly number[]): UnfoldedPath {
  const pair = createPair({ ...parameters, reduce: false });
  const initial = initialStates(pair)[0]!;
  const steps: PathStep[] = [];
  for (const move of moves) {
    const { state } = steps.at(-1) ?? initial;
    const step = successors(pair, Int32Array.from(state)).find((one) => one.move === move);
    if (step === undefined) throw new RangeError(`the path has no move ${move} after ${steps.length} steps`);
    steps.push(step);
  }
  return { pair, initial, steps };
}
