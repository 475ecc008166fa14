/** Below a statechart: how the session ends, and how to read the picture. */
import type { NegotiationState } from '@detente/core';
import { bearingOf, parentOf } from '../state-path.ts';
import { element } from '../svg/element.ts';
import { drawKey } from '../svg/key.ts';
import { textWidth } from '../svg/measure.ts';
import { proseBlock, rowHeight } from './block.ts';
import type { Statechart } from './chart.ts';
import { drawRows } from './draw-states.ts';

export const drawClosed = ({ endings }: Statechart, width: number) => {
  const x = 34 + textWidth('closed', 13, true) + 10;
  // What follows a dot may go to the next row, the dot may not.
  const { rows } = proseBlock(`from any state: ${endings.join('\u00a0· ')}`, width - x - 12, 'ink-text');
  const height = 20 + rows.length * rowHeight;
  const markup = element(
    'g',
    { 'data-state': 'closed' },
    element('rect', { class: 'wash-over line-over', width, height, rx: 8 }),
    element('circle', { class: 'line line-over', cx: 19, cy: 19, r: 7 }),
    element('circle', { class: 'ink-over', cx: 19, cy: 19, r: 4 }),
    element('text', { class: 'ink-over strong', x: 34, y: 23.5 }, 'closed'),
    ...drawRows(rows, x, 23.5),
  );
  return { markup, height };
};

const meanings: Partial<Readonly<Record<NegotiationState, string>>> = {
  'local-offer-pending': 'our offer',
  'remote-offer-pending': "the other side's offer",
  'pending-renegotiation': 'waiting for the floor',
};

export const drawChartKey = ({ states }: Statechart) => {
  const groups = [...new Set(states.flatMap(({ path }) => parentOf(path) ?? []))];
  const swatch = (name: NegotiationState) =>
    element('rect', { class: `wash-${bearingOf(name)} line-${bearingOf(name)}`, y: -7, width: 14, height: 14, rx: 3 });
  return drawKey([
    ...groups.map((name) => ({ swatch: swatch(name), width: 14, text: meanings[name] ?? name })),
    {
      swatch: element('line', { class: 'line line-trouble', x2: 26, 'stroke-dasharray': '5 3' }),
      width: 26,
      text: 'the engine failed',
    },
    { swatch: '', width: 0, text: 'event [condition] / what is sent' },
  ]);
};
