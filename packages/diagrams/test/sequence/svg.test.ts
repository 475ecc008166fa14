import { toSequenceSvg } from '@detente/diagrams';
import { describe, expect, it } from 'vitest';
import { contention, glare, runs } from '../support/runs.ts';
import { type Point, attributesOf, collisions, elements, number, parseSvg, quadOfText } from '../support/svg.ts';

const ends = (line: ReturnType<typeof elements>[number]): readonly [Point, Point] => [
  { x: number(line, 'x1'), y: number(line, 'y1') },
  { x: number(line, 'x2'), y: number(line, 'y2') },
];

const turn = (from: Point, over: Point, to: Point): number =>
  Math.sign((over.x - from.x) * (to.y - from.y) - (over.y - from.y) * (to.x - from.x));

const intersect = ([one, two]: readonly [Point, Point], [three, four]: readonly [Point, Point]): boolean =>
  turn(one, two, three) !== turn(one, two, four) && turn(three, four, one) !== turn(three, four, two);

describe.each(Object.entries(runs))('the run %s as SVG', (_, run) => {
  const root = parseSvg(toSequenceSvg(run));
  const received = run.entries.filter(({ type }) => type === 'receive');
  const never = run.entries.filter(
    (entry) =>
      entry.type === 'send' && !received.some((other) => 'message' in other && other.message === entry.message),
  );

  it('has one line for each arrival, and one for each message that never arrives', () => {
    const drawn = attributesOf(elements(root, 'line', 'data-message'), 'data-message');
    const told = [...received, ...never].map((entry) => ('label' in entry ? entry.label : ''));
    expect(drawn.map((label) => label.replace(' again', '')).toSorted()).toEqual(told.toSorted());
  });

  it('has one bar for each operation, and each state that is not stable', () => {
    const begun = run.entries.flatMap((entry) => (entry.type === 'operation' ? [entry.operation] : []));
    const entered = run.entries.flatMap((entry) =>
      entry.type === 'state' && entry.path !== 'stable' ? [entry.path] : [],
    );
    expect(attributesOf(elements(root, 'rect', 'data-operation'), 'data-operation').toSorted()).toEqual(
      begun.toSorted(),
    );
    expect(attributesOf(elements(root, 'rect', 'data-state'), 'data-state').toSorted()).toEqual(entered.toSorted());
  });

  it('has no text over other text, and none outside', () => {
    const texts = elements(root, 'text');
    const inGroup = (group: unknown) => texts.filter(({ parentNode }) => parentNode === group);
    for (const group of new Set(texts.map(({ parentNode }) => parentNode))) {
      expect(collisions(inGroup(group).map((text) => [text.textContent ?? '', quadOfText(text)]))).toEqual([]);
    }
    const [, , width = 0, height = 0] = (root.getAttribute('viewBox') ?? '').split(' ').map(Number);
    for (const text of texts) {
      const [dx = 0, dy = 0] = shiftOf(text);
      for (const { x, y } of quadOfText(text)) {
        expect(x + dx).toBeGreaterThanOrEqual(0);
        expect(x + dx).toBeLessThanOrEqual(width);
        expect(y + dy).toBeGreaterThanOrEqual(0);
        expect(y + dy).toBeLessThanOrEqual(height);
      }
    }
  });
});

const shiftOf = (text: ReturnType<typeof elements>[number]): readonly number[] => {
  const shifts: number[][] = [];
  for (let node = text.parentNode; node && 'getAttribute' in node; node = node.parentNode) {
    const found = /translate\(([^)]*)\)/.exec((node as typeof text).getAttribute('transform') ?? '');
    if (found) shifts.push((found[1] ?? '').split(' ').map(Number));
  }
  return [0, 1].map((axis) => shifts.reduce((sum, shift) => sum + (shift[axis] ?? 0), 0));
};

describe('a run as SVG', () => {
  it('lets two offers cross, and draws what crosses nothing level', () => {
    const [left, right, ...others] = elements(parseSvg(toSequenceSvg(glare)), 'line', 'data-message').map(ends);
    expect(intersect(left!, right!)).toBe(true);
    for (const [from, to] of others) expect(from.y).toBe(to.y);
  });

  it('says to a screen reader what it shows', () => {
    const root = parseSvg(toSequenceSvg(contention));
    expect(root.getAttribute('role')).toBe('img');
    expect(elements(root, 'title')[0]?.textContent).toBe('Both sides want the floor');
    expect(elements(root, 'desc')[0]?.textContent).toBe(
      '10 messages between client 3 (requester) and SFU (arbiter), from top to bottom.',
    );
  });

  it('escapes markup in names', () => {
    const [left, right] = glare.lifelines;
    const lifelines = [{ ...left!, name: '<b> & "c"' }, right!];
    const root = parseSvg(toSequenceSvg({ ...glare, lifelines, title: 'a < b' }));
    expect(elements(root, 'text').map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining(['a < b', '<b> & "c"']),
    );
  });

  it('is the same text for the same run', () => {
    expect(toSequenceSvg(glare)).toBe(toSequenceSvg(structuredClone(glare)));
  });

  it('throws when an entry names no lifeline', () => {
    expect(() => toSequenceSvg({ ...glare, lifelines: [] })).toThrow(RangeError);
  });
});
