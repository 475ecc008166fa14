/**
 * Turns numbers of stored states back into runs of the model. Only parents are stored, so the moves are found by asking
 * the model again; under symmetry reduction the representatives are followed by real states, so that a path is one that
 * the model can really take.
 */
import { CheckerError } from './errors.ts';
import { canonicaliser } from './expander.ts';
import type { Model } from './model.ts';
import type { Path } from './report.ts';
import { initialStates, successors, type PathState, type PathStep } from './steps.ts';
import type { States } from './store.ts';

/** A step to a stored state, by the given move or else by the first that leads there. */
export interface Hop {
  readonly to: number;
  readonly move?: number;
}

/** A run by the numbers of its states: an initial state, the hops behind it, and the hops that then repeat for ever. */
export interface Route {
  readonly root: number;
  readonly hops: readonly Hop[];
  readonly cycle?: readonly Hop[];
}

/** The shortest route to a stored state. */
export function routeTo(store: States, index: number): Route {
  const hops: Hop[] = [];
  let at = index;
  for (let parent = store.parentOf(at); parent >= 0; parent = store.parentOf(at)) {
    hops.push({ to: at });
    at = parent;
  }
  return { root: at, hops: hops.reverse() };
}

/** Takes a route with the model itself. */
export function walk(model: Model, store: States, { root, hops, cycle }: Route): Path {
  const canonical = canonicaliser(model);
  const wanted = new Int32Array(model.words);
  const find = <T extends PathState>(candidates: readonly T[], index: number): T => {
    store.read(index, wanted);
    const found = candidates.find(({ state }) =>
      canonical(Int32Array.from(state)).every((value, word) => value === wanted[word]),
    );
    if (found === undefined) throw new CheckerError('not-deterministic', 'the model does not emit a state again');
    return found;
  };

  const initial = find(initialStates(model), root);
  let current = initial;
  const step = ({ to, move }: Hop): PathStep => {
    const steps = successors(model, current.state);
    const taken = find(move === undefined ? steps : steps.filter((candidate) => candidate.move === move), to);
    current = taken;
    return taken;
  };
  const steps = hops.map(step);
  return cycle === undefined ? { initial, steps } : { initial, steps, cycle: cycle.map(step) };
}
