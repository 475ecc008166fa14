import { type Role, type StatePath, allEvents, allMachineOptions, reachableStates, roles, step } from '@detente/core';
import { type Statechart, drawStatechart, toStatechart, toStatechartSvg, writeStatechart } from '@detente/diagrams';
import { describe, expect, it } from 'vitest';
import { movesOf } from '../../src/statechart/explore.ts';
import { attributesOf, collisions, elements, number, overlap, parseSvg, quadOf, quadOfText } from '../support/svg.ts';

/** What the step function does, told by itself alone: `stable --remote.offer--> remote-offer-pending.applying-offer`. */
const stepsOf = (role: Role): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const options of allMachineOptions.filter((options) => options.role === role)) {
    for (const state of reachableStates(options)) {
      for (const event of allEvents) {
        const [next, effects] = step(state, event);
        if (next !== state || effects.length > 0) found.add(`${state.path} --${event.type}--> ${next.path}`);
      }
    }
  }
  return found;
};

const reachedBy = (role: Role): ReadonlySet<StatePath> =>
  new Set(
    allMachineOptions
      .filter((options) => options.role === role)
      .flatMap(reachableStates)
      .map(({ path }) => path),
  );

/** Every way from `stable` that is taken without an event, with `stable` itself. */
const onwards = (role: Role): readonly StatePath[] => [
  'stable',
  ...movesOf(role).flatMap(({ event, to }) => (event === 'always' ? [to] : [])),
];

describe.each(roles)('the moves of the %s role', (role) => {
  const moves = movesOf(role);
  const steps = stepsOf(role);

  it('make up every step that there is', () => {
    const known = new Set(
      moves.flatMap(({ from, event, to }) =>
        (to === 'stable' ? onwards(role) : [to]).map((end) => `${from} --${event}--> ${end}`),
      ),
    );
    expect([...steps].filter((one) => !known.has(one))).toEqual([]);
  });

  it('are each part of a step', () => {
    const unknown = moves.filter(({ from, event, to }) => {
      if (event === 'always') return from !== 'stable';
      return !(to === 'stable' ? onwards(role) : [to]).some((end) => steps.has(`${from} --${event}--> ${end}`));
    });
    expect(unknown).toEqual([]);
  });
});

describe('what a role never reaches', () => {
  const asking = 'pending-renegotiation.asking';
  const yielding = 'pending-renegotiation.yielding';
  const granting = 'remote-offer-pending.awaiting-offer';
  const own = ['creating', 'awaiting-answer', 'applying-answer', 'rolling-back'].map(
    (child) => `local-offer-pending.${child}`,
  );
  it.each([
    ['polite', [granting, asking]],
    ['impolite', [granting, asking]],
    ['requester', [granting, yielding]],
    ['arbiter', [asking, yielding]],
    ['answerer', [...own, granting, yielding]],
    ['offerer', [granting, asking, yielding]],
    ['auto', [yielding]],
  ] as const)('is left out of the chart of the %s role', (role, missing) => {
    const whole = toStatechart().states.map(({ path }) => path);
    const drawn = toStatechart(role).states.map(({ path }) => path);
    expect(whole.filter((path) => !drawn.includes(path))).toEqual(missing);
  });
});

describe.each([undefined, ...roles])('the statechart of %s', async (role) => {
  const chart = toStatechart(role);
  const text = await drawStatechart(chart);
  const root = parseSvg(text);
  const among = role === undefined ? roles : [role];
  const edges = elements(root, 'g', 'data-from');
  const labels = elements(root, 'g', 'data-label-from');
  const states = elements(root, 'g', 'data-state');
  const rectOf = (group: (typeof states)[number]) => quadOf(elements(group, 'rect')[0]!);

  it('has every state that is reached once, and no other', () => {
    const reached = new Set(among.flatMap((one) => [...reachedBy(one)]));
    expect(attributesOf(states, 'data-state').toSorted()).toEqual([...reached].toSorted());
  });

  it('has every way between two states once, with its label', () => {
    const moves = among.flatMap(movesOf).filter(({ from, to }) => from !== to && to !== 'closed');
    const ways = [...new Set(moves.map(({ from, to }) => `${from} -> ${to}`))].toSorted();
    expect(attributesOf(edges, 'data-from', 'data-to').toSorted()).toEqual(ways);
    expect(attributesOf(labels, 'data-label-from', 'data-label-to').toSorted()).toEqual(ways);
    for (const label of labels) expect(label.textContent).not.toBe('');
  });

  it('has every move on an edge, in a state or in the list of endings, once', () => {
    const drawn = [...chart.edges, ...chart.states.map(({ reactions }) => ({ lines: reactions }))].flatMap(
      ({ lines }) => lines.flatMap(({ moves }) => moves),
    );
    const told = drawn.map((move) => JSON.stringify(move));
    expect(new Set(told).size).toBe(told.length);
    const untold = among.flatMap(movesOf).filter((move) => !told.includes(JSON.stringify(move)));
    for (const { from, to, general } of untold) expect(to === 'closed' || (general && from === to)).toBe(true);
    const closing = untold.filter(({ to }) => to === 'closed').map(({ effects, event }) => ({ effects, event }));
    for (const { effects } of closing) {
      const code = effects.find((effect) => effect.startsWith('report '))?.slice('report '.length);
      expect(chart.endings).toContain(code ?? 'close()');
    }
  });

  it('has no label over another, nor over a state or the name of a group', () => {
    const named = [
      ...labels.map((label) => [`label ${label.textContent}`, rectOf(label)] as const),
      ...states
        .filter((state) => state.getAttribute('data-state') !== 'closed')
        .map((state) => [state.getAttribute('data-state') ?? '', rectOf(state)] as const),
      ...elements(root, 'g', 'data-header').map((header) => [`header ${header.textContent}`, rectOf(header)] as const),
    ];
    expect(collisions(named)).toEqual([]);
  });

  it('has each label on its own line', () => {
    for (const [index, label] of labels.entries()) {
      const path = elements(edges[index]!, 'path')[0]?.getAttribute('d') ?? '';
      const points = [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
      const touched = points.some((to, at) => {
        const from = points[at - 1] ?? to;
        return overlap(rectOf(label), [from, { x: from.x + 1, y: from.y }, { x: to.x + 1, y: to.y }, to]);
      });
      expect(touched, label.textContent ?? '').toBe(true);
    }
  });

  it('has room for the text of every state', () => {
    for (const state of states.filter((one) => one.getAttribute('data-state') !== 'closed')) {
      const box = elements(state, 'rect')[0]!;
      for (const line of elements(state, 'text')) {
        const [from, to] = quadOfText(line);
        expect(from.x).toBeGreaterThanOrEqual(number(box, 'x'));
        expect(to.x).toBeLessThanOrEqual(number(box, 'x') + number(box, 'width'));
        expect(to.y + 12).toBeLessThanOrEqual(number(box, 'y') + number(box, 'height'));
      }
    }
  });

  it('is drawn the same each time', async () => {
    expect(await toStatechartSvg(role)).toBe(text);
  });
});

describe('a statechart as Mermaid', () => {
  it('is written with nested states, reasons, and what ends it', () => {
    const line = { event: '', guard: '', effect: '', failure: false, moves: [] };
    const chart: Statechart = {
      title: 'A part',
      subtitle: '',
      states: [
        {
          path: 'stable',
          description: 'Nothing.',
          reactions: [{ ...line, guard: 'owes nothing', effect: 'send release' }],
        },
        { path: 'pending-renegotiation.asking', description: 'The request is out.', reactions: [] },
      ],
      edges: [
        {
          from: 'stable',
          to: 'pending-renegotiation.asking',
          lines: [
            { ...line, guard: 'must ask', effect: 'send request' },
            { ...line, event: 'hello' },
          ],
        },
      ],
      endings: ['close()', 'link-failed'],
    };
    expect(writeStatechart(chart)).toMatchInlineSnapshot(`
      "---
      title: "A part"
      ---
      stateDiagram-v2
        state "stable<br>Nothing.<br>[owes nothing] / send release" as stable
        state "pending-renegotiation" as pending_renegotiation {
          state "asking<br>The request is out." as pending_renegotiation_asking
        }
        [*] --> stable
        stable --> pending_renegotiation_asking: [must ask] / send request<br>hello
        stable --> closed: from any state
        closed --> [*]
        note right of closed
          close()
          link-failed
        end note
      "
    `);
  });

  it('has the same states and ways as the chart', () => {
    for (const role of [undefined, ...roles]) {
      const chart = toStatechart(role);
      const text = writeStatechart(chart);
      const alias = (path: string) => path.replaceAll(/[-.]/g, '_');
      const ways = [...text.matchAll(/^ {2}(\w+) --> (\w+): /gm)].map(([, from, to]) => `${from} ${to}`);
      expect(ways).toEqual([...chart.edges.map(({ from, to }) => `${alias(from)} ${alias(to)}`), 'stable closed']);
      const declared = [...text.matchAll(/ as (\w+)$/gm)].map(([, name]) => name);
      expect(declared.toSorted()).toEqual(chart.states.map(({ path }) => alias(path)).toSorted());
    }
  });
});
