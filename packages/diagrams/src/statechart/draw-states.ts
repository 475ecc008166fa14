/** The boxes of a statechart. */
import { bearingOf, childOf } from '../state-path.ts';
import { arrowHead, element, escape } from '../svg/element.ts';
import { textWidth } from '../svg/measure.ts';
import { type Row, rowHeight } from './block.ts';
import { padding, ruleHeight, sizeOfHeader } from './contents.ts';
import type { Box, PlacedGroup, PlacedState, Placement } from './place.ts';

export const drawRows = (rows: readonly Row[], x: number, y: number, anchor?: 'middle'): readonly string[] =>
  rows.map((row, index) =>
    element(
      'text',
      { class: 'small', x, y: y + index * rowHeight, 'text-anchor': anchor },
      ...row.map(({ text, className }) => element('tspan', { class: className }, escape(text))),
    ),
  );

const outline = ({ x, y, width, height }: Box) => ({ x, y, width, height, rx: 8 });

/** The dot from which the first state is entered. */
export const drawStart = ({ states }: Placement): string => {
  const stable = states.find(({ state }) => state.path === 'stable');
  if (!stable) return '';
  const [x, y] = [stable.box.x + stable.box.width / 2, stable.box.y];
  return [
    element('circle', { class: 'ink-rest', cx: x, cy: y - 26, r: 6 }),
    element('line', { class: 'line line-rest', x1: x, y1: y - 20, x2: x, y2: y - 4 }),
    arrowHead({ x, y: y - 20 }, { x, y }, 'ink-rest'),
  ].join('');
};

export const drawGroup = ({ name, box }: PlacedGroup): string => {
  const bearing = bearingOf(name);
  return element('rect', { class: `wash-${bearing} line-${bearing}`, 'data-group': name, ...outline(box) });
};

/** Drawn over the edges, which pass below it where there is no room beside them. */
export const drawHeader = ({ name, description, header }: PlacedGroup): string => {
  const bearing = bearingOf(name);
  const { x, y, width, height } = header;
  return element(
    'g',
    { 'data-header': name },
    element('rect', { class: `wash-${bearing}`, x, y, width, height }),
    element('text', { class: `ink-${bearing} strong`, x, y: y + 12 }, name),
    ...drawRows(description.rows, x, y + 32),
  );
};

export const drawState = ({ state, description, reactions, box }: PlacedState): string => {
  const bearing = bearingOf(state.path);
  const name = childOf(state.path);
  const [x, y] = [box.x + padding, box.y + padding];
  const below = y + sizeOfHeader(name, description).height;
  const end = box.x + box.width - padding;
  const rule = { class: `line-${bearing}`, x1: x, x2: end, y1: below + 1, y2: below + 1, 'stroke-opacity': 0.4 };
  return element(
    'g',
    { 'data-state': state.path },
    element('rect', { class: `ground line-${bearing}`, ...outline(box) }),
    element('text', { class: `ink-${bearing} strong`, x, y: y + 10 }, name),
    ...drawRows(description.rows, x, y + 29),
    ...(reactions.rows.length > 0
      ? [element('line', rule), ...drawRows(reactions.rows, x, below + ruleHeight + 10)]
      : []),
  );
};

export const drawAgain = (box: Box): string => {
  const [x, y] = [box.x + padding, box.y + box.height / 2 + 4.5];
  return element(
    'g',
    {},
    element('rect', { class: 'ground line-rest', ...outline(box), 'stroke-dasharray': '5 3' }),
    element('text', { class: 'ink-rest strong', x, y }, 'stable'),
    element('text', { class: 'ink-muted small', x: x + textWidth('stable', 13, true) + 8, y }, 'again, as at the top'),
  );
};
