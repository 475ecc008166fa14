import type { LinkEvent, LinkState } from '@detente/core/link';
import { linkStep } from '@detente/core/link';
import { describe, expect, it } from 'vitest';
import { check, type Model, type Report } from '../../src/engine/index.ts';
import { type CompositionParameters, createComposition } from '../../src/model/composition.ts';
import { createLinkPair, type LinkParameters } from '../../src/model/link-pair.ts';
import type { PairParameters } from '../../src/model/parameters.ts';
import type { LinkRules } from '../../src/model/wire.ts';

const failed = ({ properties }: Report) => properties.filter(({ holds }) => !holds).map(({ id }) => id);
const shortest = (report: Report, id: string) =>
  report.properties.find((property) => property.id === id)!.counterexample!.steps.map(({ label }) => label);

describe('two links alone', () => {
  const lossy: LinkParameters = {
    options: { mode: 'lossy', capacity: 4 },
    messages: { left: 2, right: 1 },
    faults: { losses: 1, copies: 1, swaps: 1, earlyTimers: 1 },
  };

  it('deliver exactly once and in order over a network that loses, copies and reorders', async () => {
    expect(failed(await check(createLinkPair(lossy)))).toEqual([]);
  });

  it('deliver over a reliable connection that breaks, whoever resyncs', async () => {
    const faults = { cuts: 1, resyncs: 2 };
    const reliable = { ...lossy, options: { mode: 'reliable', capacity: 4, ackEvery: 2 }, faults } as const;
    expect(failed(await check(createLinkPair(reliable)))).toEqual([]);
  });

  it('are seen to fail when a copy is delivered twice', async () => {
    const report = await check(createLinkPair(lossy, deliversCopies));
    expect(shortest(report, 'exactly-once')).toEqual(['left sends', 'right gets a copy of #1', 'right gets #1']);
  });

  it('are seen to fail when nothing is sent again', async () => {
    const neverAgain: LinkRules = (state, event) => (event.type === 'timer' ? [state, []] : linkStep(state, event));
    const report = await check(createLinkPair(lossy, neverAgain));
    const { verdict, counterexample } = report.properties.find(({ id }) => id === 'delivers')!;
    expect(verdict).toBe('violated');
    expect(counterexample!.steps.map(({ label }) => label)).toEqual(['left sends', '#1 to right is lost']);
    expect(counterexample!.cycle!.map(({ label }) => label)).toEqual(['left times out']);
  });

  it('are seen to fail when one gives up at once', async () => {
    const givesUp: LinkRules = (state, event) =>
      event.type === 'timer' ? [{ ...state, failed: 'link-exhausted' }, []] : linkStep(state, event);
    const report = await check(createLinkPair(lossy, givesUp));
    expect(shortest(report, 'never-fails')).toEqual(['left sends', 'left times out']);
  });

  it('refuse bounds that do not fit', () => {
    expect(() => createLinkPair({ ...lossy, messages: { left: 8, right: 0 } })).toThrow(
      'left is a whole number from 0 to 7, not 8',
    );
  });
});

describe('links that deliver a copy twice', () => {
  it('are seen to hand over what is not next in a perfect queue', async () => {
    const parameters = {
      pair: pairs[0]![1],
      link: { mode: 'lossy', capacity: 8 },
      faults: { losses: 0, copies: 1, swaps: 0 },
    };
    const report = await check(createComposition(parameters as CompositionParameters, deliversCopies));
    expect(shortest(report, 'refines')).toEqual([
      'left changes something',
      'left createOffer done',
      'right gets a copy of #1',
      'right gets #1',
    ]);
  });
});

const deliversCopies: LinkRules = (state: LinkState<number>, event: LinkEvent<number>) => {
  const seq = event.type === 'receive' ? (event.frame.seq ?? 0) : 0;
  return seq > 0 && seq <= state.received
    ? linkStep({ ...state, received: seq - 1, told: 0 }, event)
    : linkStep(state, event);
};

const pairs: readonly (readonly [string, PairParameters])[] = [
  [
    'polite and impolite',
    { role: 'polite', rollback: { left: true, right: true }, budget: { leftChanges: 1, rightChanges: 1 } },
  ],
  [
    'requester and arbiter',
    { role: 'requester', rollback: { left: false, right: false }, budget: { leftChanges: 1, rightChanges: 1 } },
  ],
  ['auto', { role: 'auto', rollback: { left: false, right: false }, budget: { leftChanges: 1, rightChanges: 1 } }],
  [
    'answerer and offerer',
    { role: 'answerer', rollback: { left: false, right: false }, budget: { leftChanges: 1, rightChanges: 1 } },
  ],
];

/** Every state and every step, as text. */
function collect(model: Model, nameOf: (state: Int32Array) => string) {
  const start: Int32Array[] = [];
  model.init((state) => start.push(state.slice()));
  const seen = new Set(start.map((state) => state.join()));
  const states = new Set(start.map(nameOf));
  const steps = new Set<string>();
  for (const state of start) {
    const successors: Int32Array[] = [];
    model.next(state, (_, next) => successors.push(next.slice()));
    for (const next of successors) {
      if (nameOf(next) !== nameOf(state)) steps.add(`${nameOf(state)} → ${nameOf(next)}`);
      states.add(nameOf(next));
      if (seen.has(next.join())) continue;
      seen.add(next.join());
      start.push(next);
    }
  }
  return { states, steps };
}

describe.each(pairs)('%s over links over a network that loses, copies and reorders', (_, pair) => {
  const parameters = {
    pair,
    link: { mode: 'lossy', capacity: 8 },
    faults: { losses: 1, copies: 1, swaps: 1 },
  } as const;

  it('keep every promise that they keep over perfect queues', async () => {
    expect(failed(await check(createComposition(parameters)))).toEqual([]);
  });

  it('reach exactly the states of perfect queues, and every step of theirs', () => {
    const composition = createComposition(parameters);
    const show = (state: Int32Array) => composition.pair.show(state);
    const perfect = collect(composition.pair, (state) => `${state.join()} ${show(state)}`);
    const composed = collect(composition, (state) => {
      const projected = composition.project(state);
      return `${projected.join()} ${show(projected)}`;
    });
    expect(composed.states).toEqual(perfect.states);
    for (const step of perfect.steps) expect(composed.steps).toContain(step);
  });
});
