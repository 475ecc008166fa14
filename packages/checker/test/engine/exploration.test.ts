import { describe, expect, it } from 'vitest';
import { check, type Always, type PackedState, type Path, type Report } from '../../src/engine/index.ts';
import { createModel as createJugs } from './models/jugs.ts';
import { createModel as createPeterson } from './models/peterson.ts';
import { createModel as createPhilosophers } from './models/philosophers.ts';
import { createModel as createLock } from './models/symmetric-lock.ts';
import { createModel as createTokens } from './models/tokens.ts';
import { graphModel, numberOf } from './support/graph-model.ts';

const size = ({ distinctStates, transitions, depth }: Report) => ({ distinctStates, transitions, depth });
const verdicts = ({ properties }: Report) => Object.fromEntries(properties.map(({ id, verdict }) => [id, verdict]));
const find = ({ properties }: Report, id: string) => properties.find((property) => property.id === id)!;
const labels = (path: Path | undefined) => path?.steps.map(({ label }) => label);

const binomial = (n: number, k: number): number => (k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k);

describe('counting', () => {
  it('finds the 16 states of the jugs', async () => {
    expect(size(await check(createJugs()))).toEqual({ distinctStates: 16, transitions: 16 * 6, depth: 7 });
  });

  it.each([
    [3, 14],
    [4, 34],
    [5, 82],
    [6, 198],
  ])('finds as many states for %i philosophers as the companion Pell number %i says', async (seats, states) => {
    const report = await check(createPhilosophers({ seats, lastIsLeftHanded: false }));
    expect(report.distinctStates).toBe(states);
  });

  it('finds every distribution of the tokens, in a space wider than a block', async () => {
    const report = await check(createTokens({ places: 4, tokens: 9 }));
    expect(report.distinctStates).toBe(binomial(12, 3) ** 2);
    expect(report.depth).toBe(2 * 3 * 9);
  });

  it('counts what leads back to known states among the transitions', async () => {
    const report = await check(
      graphModel({
        initial: [0],
        edges: [
          [
            { move: 0, to: 0 },
            { move: 1, to: 0 },
          ],
        ],
      }),
    );
    expect(size(report)).toEqual({ distinctStates: 1, transitions: 2, depth: 0 });
  });

  it('counts an initial state once, however often it is emitted', async () => {
    const report = await check(graphModel({ initial: [1, 0, 1], edges: [[], []] }));
    expect(size(report)).toEqual({ distinctStates: 2, transitions: 0, depth: 0 });
  });
});

describe('always and sometimes', () => {
  it('asks of a claim about some states only there, and the same question of several claims once', async () => {
    const [asked, judged]: [number[], number[]] = [[], []];
    const isOdd = (state: PackedState) => asked.push(numberOf(state)) > 0 && numberOf(state) % 2 === 1;
    const claims = ['first', 'second'].map((id, at): Always => ({
      type: 'always',
      id,
      sentence: '',
      where: isOdd,
      holds: (state) => judged.push(numberOf(state)) > 0 && numberOf(state) !== 3 * at,
    }));
    const edges = [1, 2, 3].map((to) => [{ move: 0, to }]);
    const report = await check(graphModel({ initial: [0], edges: [...edges, []] }, claims));
    expect(verdicts(report)).toMatchObject({ first: 'holds', second: 'violated' });
    expect(asked).toEqual([0, 1, 2, 3]);
    expect(judged).toEqual([1, 1, 3, 3]);
  });

  it('proves mutual exclusion of Peterson’s algorithm, with both processes waiting at some time', async () => {
    const report = await check(createPeterson({ order: 'flag-then-turn', fair: true }));
    expect(size(report)).toEqual({ distinctStates: 20, transitions: 40, depth: 6 });
    expect(verdicts(report)).toMatchObject({ exclusion: 'holds', contention: 'holds' });
    expect(find(report, 'contention').witness?.steps).toHaveLength(4);
  });

  it('breaks the variant with its first two steps swapped, by a shortest run', async () => {
    const report = await check(createPeterson({ order: 'turn-then-flag', fair: true }));
    expect(find(report, 'exclusion').verdict).toBe('violated');
    expect(labels(find(report, 'exclusion').counterexample)).toEqual([
      'process 0 asks',
      'process 1 asks',
      'process 1 asks on',
      'process 1 enters',
      'process 0 asks on',
      'process 0 enters',
    ]);
  });

  it('measures four gallons in the fewest steps', async () => {
    const report = await check(createJugs());
    const shortest = [
      'fill the large',
      'large to small',
      'empty the small',
      'large to small',
      'fill the large',
      'large to small',
    ];
    expect(labels(find(report, 'unsolved').counterexample)).toEqual(shortest);
    expect(labels(find(report, 'solved').witness)).toEqual(shortest);
    expect(find(report, 'solved').witness!.steps.at(-1)).toEqual({
      move: 5,
      label: 'large to small',
      state: [3, 4],
      shown: '3 4',
    });
  });

  it('fails a sometimes that is never reached', async () => {
    const overflow = find(await check(createJugs()), 'overflow');
    expect(overflow).toMatchObject({ holds: false, verdict: 'never-reached' });
    expect(overflow).not.toHaveProperty('witness');
  });
});

describe('deadlock', () => {
  it('starves the philosophers when each has taken one fork', async () => {
    const report = await check(createPhilosophers({ seats: 4, lastIsLeftHanded: false }));
    expect(find(report, 'no-deadlock').verdict).toBe('violated');
    expect(find(report, 'no-deadlock').counterexample!.steps.at(-1)!.state).toEqual([1, 1, 1, 1]);
    expect(find(report, 'no-deadlock').counterexample!.steps).toHaveLength(4);
  });

  it('feeds them if one of them is left-handed', async () => {
    const report = await check(createPhilosophers({ seats: 4, lastIsLeftHanded: true }));
    expect(find(report, 'no-deadlock').holds).toBe(true);
  });

  it('is not where the model may rest', async () => {
    const edges = [
      [
        { move: 0, to: 1 },
        { move: 1, to: 2 },
      ],
      [],
      [],
    ];
    const resting = (state: number) => state !== 2;
    const report = await check(graphModel({ initial: [0], edges }, [], resting));
    expect(labels(find(report, 'no-deadlock').counterexample)).toEqual(['0 by 1']);
    const everywhere = await check(graphModel({ initial: [0], edges }));
    expect(find(everywhere, 'no-deadlock').holds).toBe(true);
  });

  it('is not asked for where something can happen, though it leads nowhere', async () => {
    const report = await check(graphModel({ initial: [0], edges: [[{ move: 0, to: 0 }]] }, [], () => false));
    expect(find(report, 'no-deadlock').holds).toBe(true);
  });
});

describe('symmetry reduction', () => {
  it.each([2, 5, 8])('reduces the states of %i processes from exponentially to linearly many', async (processes) => {
    const full = await check(createLock({ processes, reduced: false }));
    const reduced = await check(createLock({ processes, reduced: true }));
    expect(full.distinctStates).toBe(2 ** processes + processes * 2 ** (processes - 1));
    expect(reduced.distinctStates).toBe(2 * processes + 1);
    expect(reduced.depth).toBe(full.depth);
    expect(verdicts(reduced)).toEqual(verdicts(full));
  });

  it('shows runs of the model, not of representatives', async () => {
    const report = await check(createLock({ processes: 3, reduced: true, locked: false }));
    const { initial, steps } = find(report, 'exclusion').counterexample!;
    expect(steps).toHaveLength(4);
    const model = createLock({ processes: 3, reduced: false, locked: false });
    let current = Int32Array.from(initial.state);
    for (const { move, state } of steps) {
      const successors: (readonly number[])[] = [];
      model.next(current, (emitted, next) => (emitted === move ? successors.push([...next]) : undefined));
      expect(successors).toContainEqual(state);
      current = Int32Array.from(state);
    }
    expect([...current].filter((place) => place === 2)).toHaveLength(2);
  });
});

describe('stopping at a failure', () => {
  it('explores no further than the block in which an always fails', async () => {
    const edges = Array.from({ length: 100 }, (_, state) => [{ move: 0, to: Math.min(state + 1, 99) }]);
    const model = graphModel({ initial: [0], edges }, [
      { type: 'always', id: 'below-3', sentence: 'no state is 3', holds: (state) => numberOf(state) < 3 },
      { type: 'always', id: 'below-9', sentence: 'no state is 9', holds: (state) => numberOf(state) < 9 },
    ]);
    const report = await check(model, { stopAtFailure: true });
    expect(report).toMatchObject({ complete: false, distinctStates: 5, depth: 3, stop: { reason: 'failure' } });
    expect(verdicts(report)).toEqual({ 'no-deadlock': 'undecided', 'below-3': 'violated', 'below-9': 'undecided' });
  });

  it('explores everything if not asked to stop', async () => {
    const report = await check(createJugs());
    expect(report.complete).toBe(true);
  });
});
