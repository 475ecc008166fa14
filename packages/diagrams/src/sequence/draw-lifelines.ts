/** The lifelines of a sequence diagram: heads, states, operations, remarks. */
import { type Bearing, bearingOf, childOf } from '../state-path.ts';
import { element, escape, rounded } from '../svg/element.ts';
import type { Beat } from './beats.ts';
import type { OperationBar, Stay } from './chart.ts';
import { type Sheet, barHalf, headHeight, heightOf, isBare, pitch, placeOf, stayAt } from './sheet.ts';

export const drawHead = (sheet: Sheet, place: number): string => {
  const { name = '', role = '' } = sheet.chart.lifelines[place] ?? {};
  const x = placeOf(sheet, place);
  const y = sheet.top - headHeight;
  const centred = { x, 'text-anchor': 'middle' };
  const stem = { x1: x, x2: x, y1: sheet.top - 14, y2: sheet.bottom };
  return [
    element('line', { class: 'line line-muted', ...stem, 'stroke-dasharray': '3 4' }),
    element('text', { ...centred, class: 'ink-text strong', y: y + 16 }, escape(name)),
    ...(role === name ? [] : [element('text', { ...centred, class: 'ink-muted small', y: y + 34 }, escape(role))]),
  ].join('');
};

export const drawStay = (sheet: Sheet, stay: Stay): string => {
  const { lifeline, path, from, to } = stay;
  const bearing = bearingOf(path);
  const [x, y] = [placeOf(sheet, lifeline) - barHalf, heightOf(sheet, from)];
  if (bearing === 'over') {
    return element('path', { class: 'line line-over', d: `M${rounded(x)} ${rounded(y - barHalf)}l12 12m0 -12l-12 12` });
  }
  if (isBare(stay)) return '';
  const isLast = to === sheet.chart.rows - 1;
  const height = heightOf(sheet, to + 1) - (isLast ? pitch / 2 : 0) - y;
  const colours = { class: `wash-${bearing} line-${bearing}`, 'stroke-dasharray': dashes(bearing) };
  const bar = { ...colours, 'data-state': path, x, y, width: 2 * barHalf, height };
  return element('rect', bar, element('title', {}, path));
};

/** Waiting is dashed, so that it is told from the others without colour. */
export const dashes = (bearing: Bearing): string | undefined => (bearing === 'waiting' ? '4 2' : undefined);

export const drawOperation = (sheet: Sheet, { lifeline, operation, from, to, outcome }: OperationBar): string => {
  const { path = 'stable' } = stayAt(sheet, lifeline, from) ?? {};
  const ink = outcome === 'failed' || outcome === 'hung' ? 'trouble' : bearingOf(path);
  const y = heightOf(sheet, from) + 1;
  const height = Math.max(8, heightOf(sheet, to) - y) - 1;
  const bar = {
    class: `ink-${ink}`,
    'data-operation': operation,
    x: placeOf(sheet, lifeline) - 2,
    y,
    width: 4,
    height,
  };
  return element('rect', bar, element('title', {}, outcome === undefined ? operation : `${operation}: ${outcome}`));
};

export const drawRemark = (sheet: Sheet, beat: Beat & { readonly row: number }): string => {
  const toLeft = sheet.chart.lifelines[beat.lifeline]?.remarks === 'left';
  const notes = beat.notes.map(({ text, tone }) => ({ text, ink: tone === 'trouble' ? 'trouble' : 'muted' }));
  const state = beat.path === undefined ? [] : [{ text: childOf(beat.path), ink: bearingOf(beat.path) }];
  const pieces = [...notes, ...state].map(({ text, ink }, index) =>
    element('tspan', { class: `ink-${ink}` }, escape(index === 0 ? text : ` · ${text}`)),
  );
  const [x, y] = [placeOf(sheet, beat.lifeline) + (toLeft ? -14 : 14), heightOf(sheet, beat.row) + 4.5];
  return element('text', { class: 'halo', x, y, 'text-anchor': toLeft ? 'end' : 'start' }, ...pieces);
};
