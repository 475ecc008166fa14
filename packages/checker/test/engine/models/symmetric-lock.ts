/** Processes that are all alike share one lock: idle, trying, inside. */
import type { Model } from '../../../src/engine/index.ts';

export interface SymmetricLockParameters {
  readonly processes: number;
  readonly reduced: boolean;
  /** Whether a process looks at the lock before it goes in. */
  readonly locked?: boolean;
}

const [idle, trying, inside] = [0, 1, 2] as const;

/** One word a process. A representative has its words in falling order. */
export function createModel({ processes, reduced, locked = true }: SymmetricLockParameters): Model {
  const next = new Int32Array(processes);
  const countInside = (state: ArrayLike<number>) => Array.from(state).filter((place) => place === inside).length;
  return {
    words: processes,
    properties: [
      { type: 'always', id: 'exclusion', sentence: 'at most one is inside', holds: (state) => countInside(state) <= 1 },
      { type: 'sometimes', id: 'entry', sentence: 'somebody is inside', holds: (state) => countInside(state) === 1 },
    ],
    init: (emit) => emit(next.fill(idle)),
    next(state, emit) {
      const isFree = !locked || countInside(state) === 0;
      for (let process = 0; process < processes; process++) {
        if (state[process] === trying && !isFree) continue;
        for (let word = 0; word < processes; word++) next[word] = state[word]!;
        next[process] = (state[process]! + 1) % 3;
        emit(process, next);
      }
    },
    mayRest: () => false,
    describe: (process, state) => `process ${process} ${['tries', 'enters', 'leaves'][state[process]!]!}`,
    ...(reduced && { canonicalise: (state: Int32Array) => state.sort().reverse() }),
  };
}
