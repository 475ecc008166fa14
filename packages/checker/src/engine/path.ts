/**
 * Turns numbers of stored states back into runs of the model. Only parents are stored, so the moves are found by asking
 * the model again; under symmetry reduction the representatives are followed by real states, so that a path is one that
 * the model can really take.
 */
import { CheckerError } from './errors.ts';
import { canonicaliser } from './expander.ts';
import type { Model } from './model.ts';
import type { Path, PathState, PathStep } from './report.ts';
import type { StateStore } from './store.ts';

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
export function routeTo(store: StateStore, index: number): Route {
  const hops: Hop[] = [];
  let at = index;
  for (let parent = store.parents[at]!; parent >= 0; parent = store.parents[at]!) {
    hops.push({ to: at });
    at = parent;
  }
  return { root: at, hops: hops.reverse() };
}

/** Takes a route with the model itself. */
export function walk(model: Model, store: StateStore, { root, hops, cycle }: Route): Path {
  const canonical = canonicaliser(model);
  const wanted = new Int32Array(model.words);
  const found = new Int32Array(model.words);
  const current = new Int32Array(model.words);

  const matches = (state: Int32Array): boolean => canonical(state).every((value, word) => value === wanted[word]);

  const start = (): PathState => {
    store.read(root, wanted);
    let missing = true;
    model.init((state) => {
      if (!missing || !matches(state)) return;
      missing = false;
      current.set(state);
    });
    if (missing) throw new CheckerError('not-deterministic', 'the model does not emit an initial state again');
    return shown(model, current);
  };

  const step = (hop: Hop): PathStep => {
    store.read(hop.to, wanted);
    let taken = -1;
    model.next(current, (move, next) => {
      if (taken >= 0 || (hop.move !== undefined && hop.move !== move) || !matches(next)) return;
      taken = move;
      found.set(next);
    });
    if (taken < 0) throw new CheckerError('not-deterministic', 'the model does not emit a successor again');
    const label = model.describe(taken, current);
    current.set(found);
    return { move: taken, label, ...shown(model, current) };
  };

  const initial = start();
  const steps = hops.map(step);
  return cycle === undefined ? { initial, steps } : { initial, steps, cycle: cycle.map(step) };
}

function shown(model: Model, words: Int32Array): PathState {
  const state = [...words];
  return { state, shown: model.show?.(words) ?? state.join(' ') };
}
