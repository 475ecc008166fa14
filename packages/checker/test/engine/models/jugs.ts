/** The puzzle of the two jugs: with one of 3 gallons and one of 5, measure 4. */
import type { Model } from '../../../src/engine/index.ts';

const sizes = [3, 5] as const;
const labels = [
  'fill the small',
  'fill the large',
  'empty the small',
  'empty the large',
  'small to large',
  'large to small',
];

export function createModel(): Model {
  const next = new Int32Array(2);
  return {
    words: 2,
    properties: [
      { type: 'always', id: 'unsolved', sentence: 'the large jug never holds 4', holds: (state) => state[1] !== 4 },
      { type: 'sometimes', id: 'solved', sentence: 'the large jug holds 4', holds: (state) => state[1] === 4 },
      { type: 'sometimes', id: 'overflow', sentence: 'the large jug holds 6', holds: (state) => state[1] === 6 },
    ],
    init: (emit) => emit(next.fill(0)),
    next(state, emit) {
      const [small, large] = [state[0]!, state[1]!];
      const to = (move: number, smallThen: number, largeThen: number) => {
        next[0] = smallThen;
        next[1] = largeThen;
        emit(move, next);
      };
      to(0, sizes[0], large);
      to(1, small, sizes[1]);
      to(2, 0, large);
      to(3, small, 0);
      const poured = Math.min(small, sizes[1] - large);
      to(4, small - poured, large + poured);
      const returned = Math.min(large, sizes[0] - small);
      to(5, small + returned, large - returned);
    },
    mayRest: () => false,
    describe: (move) => labels[move]!,
  };
}
