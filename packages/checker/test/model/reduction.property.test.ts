/** Forgetting and renumbering change nothing that can be seen: both runs offer the same moves, for ever. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimOf } from '../../src/engine/index.ts';
import { createPair } from '../../src/model/create-pair.ts';
import type { Pair } from '../../src/model/pair.ts';
import type { PairParameters } from '../../src/model/parameters.ts';

const settings = fc
  .record({
    role: fc.constantFrom('polite' as const, 'requester' as const, 'auto' as const, 'answerer' as const),
    left: fc.boolean(),
    right: fc.boolean(),
    whileAsking: fc.constantFrom('answer' as const, 'decline' as const),
    hasCandidates: fc.boolean(),
  })
  .map(({ role, left, right, whileAsking, hasCandidates }): PairParameters => ({
    role,
    rollback: { left: left || role === 'polite', right },
    whileAsking,
    queue: 64,
    budget: {
      leftChanges: 2,
      rightChanges: 2,
      failures: 4,
      timers: 4,
      restarts: 1,
      ...(hasCandidates ? { candidates: 4, iceRestarts: 2 } : {}),
    },
  }));

/** Walks on which the two differed once: a session that was over went on repeating its answer. */
const found: readonly [PairParameters, number[]][] = [
  [
    {
      role: 'polite',
      rollback: { left: true, right: false },
      whileAsking: 'answer',
      queue: 64,
      budget: { leftChanges: 2, rightChanges: 2, failures: 4, timers: 4, restarts: 1, candidates: 4, iceRestarts: 2 },
    },
    [
      ...[1965470255, 2146263032, 0, 0, 0, 1161317650, 630884093, 102319296, 0, 0, 0, 0, 0, 1456291754, 720586304, 3],
      ...[924951309, 364893501, 0, 0, 300733711, 1946157035, 0],
    ],
  ],
];

interface Successor {
  readonly move: number;
  readonly state: Int32Array;
}

const successors = (pair: Pair, state: Int32Array): readonly Successor[] => {
  const found: Successor[] = [];
  pair.next(state, (move, next) => found.push({ move, state: next.slice() }));
  return found;
};

const start = (pair: Pair): Int32Array => {
  let first = new Int32Array(pair.words);
  pair.init((state) => (first = state.slice()));
  return first;
};

/** What can be seen of a state from outside: everything but the numbers. */
const look = (pair: Pair, state: Int32Array) => ({
  shown: pair.show(state).replace(/\d+/g, '#'),
  mayRest: pair.mayRest(state),
  claims: pair.properties.flatMap((property) => (property.type === 'always' ? [claimOf(property)(state)] : [])),
});

describe('a reduced model', () => {
  it('offers the moves of the plain one, and shows the same, on every walk', () => {
    fc.assert(
      fc.property(settings, fc.array(fc.nat(), { minLength: 20, maxLength: 120 }), (parameters, choices) => {
        const reduced = createPair(parameters);
        const plain = createPair({ ...parameters, reduce: false });
        let [small, large] = [start(reduced), start(plain)];
        for (const choice of choices) {
          expect(look(reduced, small)).toEqual(look(plain, large));
          const [fromSmall, fromLarge] = [successors(reduced, small), successors(plain, large)];
          expect(fromSmall.map(({ move }) => move)).toEqual(fromLarge.map(({ move }) => move));
          if (fromSmall.length === 0) return;
          small = fromSmall[choice % fromSmall.length]!.state;
          large = fromLarge[choice % fromLarge.length]!.state;
        }
      }),
      { numRuns: 60, examples: [...found] },
    );
  });

  it('has far fewer states, and the same verdicts', async () => {
    const parameters: PairParameters = {
      role: 'polite',
      rollback: { left: true, right: true },
      budget: { leftChanges: 2, rightChanges: 2, failures: 1 },
    };
    const { check } = await import('../../src/engine/index.ts');
    const [reduced, plain] = [
      await check(createPair(parameters)),
      await check(createPair({ ...parameters, reduce: false })),
    ];
    const verdicts = ({ properties }: typeof plain) => properties.map(({ id, verdict, bound }) => [id, verdict, bound]);
    expect(verdicts(reduced)).toEqual(verdicts(plain));
    expect(reduced.distinctStates).toBeLessThan(plain.distinctStates);
  });
});
