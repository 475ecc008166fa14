import { describe, expect, it } from 'vitest';
import { check, type Fairness, type Model, type Path, type Property } from '../../src/engine/index.ts';
import { createModel as createAlternatingBit } from './models/alternating-bit.ts';
import { createModel as createPeterson } from './models/peterson.ts';
import { graphModel, numberOf } from './support/graph-model.ts';

const resultOf = async (model: Model, id: string) => (await check(model)).properties.find((found) => found.id === id)!;
const labels = ({ steps, cycle = [] }: Path) => ({
  stem: steps.map(({ label }) => label),
  cycle: cycle.map(({ label }) => label),
});

const visits = (goal: number, fairness: readonly Fairness[] = []): Property => ({
  type: 'eventually',
  id: 'visits',
  sentence: `every run visits ${goal}`,
  holds: (state) => numberOf(state) === goal,
  fairness,
});

const fair = (strength: Fairness['strength'], ...members: number[]): Fairness => ({
  name: members.join(),
  strength,
  includes: (move) => members.includes(move),
});

describe('eventually', () => {
  it('sees the run that goes round a cycle of states that were all visited before', async () => {
    // 0 → 1 → 2 → 0 never visits 3. A search that only looks at where paths end finds nothing wrong here.
    const edges = [
      [{ move: 0, to: 1 }],
      [
        { move: 0, to: 2 },
        { move: 1, to: 3 },
      ],
      [{ move: 0, to: 0 }],
      [],
    ];
    const result = await resultOf(graphModel({ initial: [0], edges }, [visits(3)]), 'visits');
    expect(result.verdict).toBe('violated');
    expect(labels(result.counterexample!)).toEqual({ stem: [], cycle: ['0 by 0', '1 by 0', '2 by 0'] });
  });

  it('sees the run that joins another one behind the goal', async () => {
    // 0 → 1 → 3 → 4 visits the goal 1, but 0 → 2 → 3 → 4 does not: that 3 was reached by a good run excuses nothing.
    const edges = [
      [
        { move: 0, to: 1 },
        { move: 1, to: 2 },
      ],
      [{ move: 0, to: 3 }],
      [{ move: 0, to: 3 }],
      [{ move: 0, to: 4 }],
      [],
    ];
    const result = await resultOf(graphModel({ initial: [0], edges }, [visits(1)]), 'visits');
    expect(labels(result.counterexample!)).toEqual({ stem: ['0 by 1', '2 by 0', '3 by 0'], cycle: [] });
  });

  it('holds if every run passes the goal, whatever it does afterwards', async () => {
    const edges = [
      [
        { move: 0, to: 1 },
        { move: 1, to: 2 },
      ],
      [{ move: 0, to: 2 }],
      [{ move: 0, to: 3 }],
      [{ move: 0, to: 1 }],
    ];
    expect((await resultOf(graphModel({ initial: [0], edges }, [visits(2)]), 'visits')).verdict).toBe('holds');
  });
});

describe('fairness', () => {
  /** 0 waits at itself by move 0; move 1 leads to the goal. */
  const waiting = [
    [
      { move: 0, to: 0 },
      { move: 1, to: 1 },
    ],
    [],
  ];
  /** 0 and 1 alternate by move 0; only in 1 does move 1 lead to the goal 2. */
  const blinking = [
    [{ move: 0, to: 1 }],
    [
      { move: 0, to: 0 },
      { move: 1, to: 2 },
    ],
    [],
  ];

  it.each([
    ['waits for ever without any', waiting, 1, [], 'violated'],
    ['is helped by weak fairness where the move stays possible', waiting, 1, [fair('weak', 1)], 'holds'],
    ['is not helped by weak fairness where the move comes and goes', blinking, 2, [fair('weak', 1)], 'violated'],
    ['is helped by strong fairness there', blinking, 2, [fair('strong', 1)], 'holds'],
    ['is not helped if the group is served by another of its moves', waiting, 1, [fair('strong', 0, 1)], 'violated'],
    ['is helped by a group for each move', waiting, 1, [fair('weak', 0), fair('weak', 1)], 'holds'],
  ] as const)('%s', async (_, edges, goal, fairness, verdict) => {
    const result = await resultOf(graphModel({ initial: [0], edges }, [visits(goal, fairness)]), 'visits');
    expect(result.verdict).toBe(verdict);
  });

  it('finds the fair cycle that remains when the states that strong fairness forbids are taken away', async () => {
    // All of 0, 1, 2 are one component, and move 1 is possible in it without being taken inside: but only in 2.
    const edges = [
      [{ move: 0, to: 1 }],
      [
        { move: 0, to: 0 },
        { move: 2, to: 2 },
      ],
      [
        { move: 0, to: 0 },
        { move: 1, to: 3 },
      ],
      [],
    ];
    const result = await resultOf(graphModel({ initial: [0], edges }, [visits(3, [fair('strong', 1)])]), 'visits');
    expect(labels(result.counterexample!)).toEqual({ stem: [], cycle: ['0 by 0', '1 by 0'] });
    const both = await resultOf(
      graphModel({ initial: [0], edges }, [visits(3, [fair('strong', 1), fair('strong', 2)])]),
      'visits',
    );
    expect(both).toMatchObject({ verdict: 'holds', assuming: ['strong: 1', 'strong: 2'] });
  });

  it('shows a cycle in which every group has its turn', async () => {
    const edges = [
      [
        { move: 0, to: 1 },
        { move: 1, to: 2 },
      ],
      [{ move: 2, to: 0 }],
      [{ move: 3, to: 0 }],
      [],
    ];
    const groups = [fair('strong', 0), fair('strong', 1)];
    const result = await resultOf(graphModel({ initial: [0], edges }, [visits(3, groups)]), 'visits');
    expect(labels(result.counterexample!).cycle).toEqual(['0 by 0', '1 by 2', '0 by 1', '2 by 3']);
  });
});

describe('leads-to', () => {
  it('holds for Peterson’s processes if neither stops once it has asked', async () => {
    const model = createPeterson({ order: 'flag-then-turn', fair: true });
    expect(await resultOf(model, 'progress-0')).toMatchObject({
      verdict: 'holds',
      assuming: ['weak: process 0, once it has asked', 'weak: process 1, once it has asked'],
    });
    expect((await resultOf(model, 'progress-1')).verdict).toBe('holds');
  });

  it('fails for them without fairness, since one may look in vain for ever', async () => {
    const model = createPeterson({ order: 'flag-then-turn', fair: false });
    const result = await resultOf(model, 'progress-0');
    expect(labels(result.counterexample!)).toEqual({
      stem: ['process 0 asks', 'process 0 asks on', 'process 1 asks'],
      cycle: ['process 0 looks in vain'],
    });
  });

  it('holds for the alternating bit if deliveries are strongly fair', async () => {
    const model = createAlternatingBit({ deliveries: 'strong' });
    expect((await resultOf(model, 'delivers-0')).verdict).toBe('holds');
    expect((await resultOf(model, 'delivers-1')).verdict).toBe('holds');
  });

  it.each(['weak', 'unfair'] as const)(
    'fails for it if deliveries are %s: whatever is sent may be lost',
    async (deliveries) => {
      const result = await resultOf(createAlternatingBit({ deliveries }), 'delivers-1');
      expect(labels(result.counterexample!)).toEqual({
        stem: ['send', 'deliver data', 'deliver ack'],
        cycle: ['send', 'lose data'],
      });
    },
  );

  it('is vacuous if nothing ever triggers it', async () => {
    const never: Property = {
      type: 'leads-to',
      id: 'never',
      sentence: '7 leads to 0',
      premise: (state) => numberOf(state) === 7,
      conclusion: (state) => numberOf(state) === 0,
    };
    const result = await resultOf(graphModel({ initial: [0], edges: [[]] }, [never]), 'never');
    expect(result).toMatchObject({ holds: false, verdict: 'vacuous' });
  });
});

describe('bounded', () => {
  const overtaken = (atMost?: number): Property => ({
    type: 'bounded',
    id: 'overtaken',
    sentence: 'while the state is below 10, move 1 is rare',
    pending: (state) => numberOf(state) < 10,
    counts: (move) => move === 1,
    ...(atMost !== undefined && { atMost }),
  });
  const to = (state: number, move = 0) => ({ move, to: state });
  const over = 10;

  /** Two ways to the end, of two and of three steps that count; the one that ends the wait counts too. */
  const branching = graphOf([[to(1, 1), to(2)], [to(over, 1)], [to(3, 1)], [to(4, 1)], [to(over, 1)]]);

  function graphOf(edges: readonly (readonly { move: number; to: number }[])[]) {
    return { initial: [0], edges: [...edges, ...Array.from({ length: 11 - edges.length }, () => [])] };
  }

  it('takes the way with the most steps that count, not the longest or the first', async () => {
    const result = await resultOf(graphModel(branching, [overtaken()]), 'overtaken');
    expect(result).toMatchObject({ verdict: 'holds', bound: 3 });
    expect(labels(result.witness!).stem).toEqual(['0 by 0', '2 by 1', '3 by 1', '4 by 1']);
  });

  it('fails above the bound that is claimed, and shows the run', async () => {
    const result = await resultOf(graphModel(branching, [overtaken(2)]), 'overtaken');
    expect(result).toMatchObject({ verdict: 'violated', bound: 3 });
    expect(labels(result.counterexample!).stem).toEqual(['0 by 0', '2 by 1', '3 by 1', '4 by 1']);
  });

  it('passes through cycles in which nothing counts', async () => {
    const edges = [[to(1, 1)], [to(2), to(3, 1)], [to(1)], [to(over)]];
    const result = await resultOf(graphModel(graphOf(edges), [overtaken()]), 'overtaken');
    expect(result).toMatchObject({ verdict: 'holds', bound: 2 });
  });

  it('is unbounded if a step that counts can be repeated, however fair the way out of the cycle', async () => {
    const edges = [[to(1)], [to(2, 1)], [to(1), to(over)]];
    const result = await resultOf(graphModel(graphOf(edges), [overtaken()]), 'overtaken');
    expect(result).toMatchObject({ verdict: 'violated', bound: 'unbounded' });
    expect(labels(result.counterexample!)).toEqual({ stem: ['0 by 0'], cycle: ['1 by 1', '2 by 0'] });
  });

  it('begins anew after a step that ends the wait', async () => {
    const edges = [[to(1, 1)], [to(0, 2)]];
    const endless = await resultOf(graphModel(graphOf(edges), [overtaken()]), 'overtaken');
    expect(endless.bound).toBe('unbounded');
    const property: Property = { ...(overtaken() as Property & { type: 'bounded' }), ends: (move) => move === 2 };
    expect((await resultOf(graphModel(graphOf(edges), [property]), 'overtaken')).bound).toBe(1);
  });

  it('is vacuous if nothing is ever pending', async () => {
    const edges = Array.from({ length: 11 }, () => []);
    const result = await resultOf(graphModel({ initial: [over], edges }, [overtaken()]), 'overtaken');
    expect(result).toMatchObject({ holds: false, verdict: 'vacuous' });
  });

  it('finds that Peterson’s algorithm lets the other process in at most once', async () => {
    const result = await resultOf(createPeterson({ order: 'flag-then-turn', fair: true }), 'overtaking');
    expect(result).toMatchObject({ verdict: 'holds', bound: 1 });
  });
});
