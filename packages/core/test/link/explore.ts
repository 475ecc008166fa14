// A breadth-first walk over every state that a model can reach, so that the first counterexample found is a shortest
// one.

export interface Model<S> {
  readonly initial: S;
  /** The states one move away, each with the name of the move. */
  readonly moves: (state: S) => readonly (readonly [move: string, next: S])[];
  /** States with the same key are the same state. */
  readonly key: (state: S) => string;
  /** Must answer null in every state. */
  readonly always: Readonly<Record<string, (state: S) => string | null>>;
  /** Must be true in at least one state. */
  readonly sometimes: Readonly<Record<string, (state: S) => boolean>>;
}

export interface Exploration {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** The names in `sometimes` that no state satisfied. */
  readonly neverSeen: readonly string[];
  readonly counterexample: {
    readonly property: string;
    readonly verdict: string;
    readonly path: readonly string[];
  } | null;
}

interface Visit<S> {
  readonly state: S;
  readonly depth: number;
  readonly move: string;
  readonly from: Visit<S> | null;
}

export function explore<S>(model: Model<S>): Exploration {
  const known = new Set([model.key(model.initial)]);
  const queue: Visit<S>[] = [{ state: model.initial, depth: 0, move: '', from: null }];
  const unseen = new Set(Object.keys(model.sometimes));
  let transitions = 0;
  let depth = 0;
  const result = (counterexample: Exploration['counterexample']): Exploration => {
    return { states: known.size, transitions, depth, neverSeen: [...unseen], counterexample };
  };
  for (const visit of queue) {
    depth = visit.depth;
    for (const name of unseen) if (model.sometimes[name]?.(visit.state) === true) unseen.delete(name);
    for (const [property, judge] of Object.entries(model.always)) {
      const verdict = judge(visit.state);
      if (verdict !== null) return result({ property, verdict, path: pathTo(visit) });
    }
    for (const [move, state] of model.moves(visit.state)) {
      transitions += 1;
      const key = model.key(state);
      if (known.has(key)) continue;
      known.add(key);
      queue.push({ state, depth: depth + 1, move, from: visit });
    }
  }
  return result(null);
}

function pathTo<S>(visit: Visit<S>): readonly string[] {
  return visit.from === null ? [] : [...pathTo(visit.from), visit.move];
}
