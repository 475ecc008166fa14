/** Sequence diagrams as SVG. Time goes down; an arrow slants where messages pass each other. */
import type { NegotiationState } from '@detente/core';
import type { Run } from '../run/run.ts';
import { bearings, topOf } from '../state-path.ts';
import { toDocument } from '../svg/document.ts';
import { element, escape, group } from '../svg/element.ts';
import { type KeyItem, drawKey } from '../svg/key.ts';
import { textWidth } from '../svg/measure.ts';
import { hasRemark } from './beats.ts';
import { type Chart, toChart } from './chart.ts';
import { toColumns } from './columns.ts';
import { drawArrow, drawArrowLabel } from './draw-arrows.ts';
import { dashes, drawHead, drawOperation, drawRemark, drawStay } from './draw-lifelines.ts';
import { type Sheet, headHeight, pitch } from './sheet.ts';

const margin = 16;
const titleHeight = 30;

/**
 * The run as a standalone SVG document with its own light and dark scheme. Pure; the same run gives the same text. Throws a
 * `RangeError` when an entry names no lifeline of the run.
 */
export const toSequenceSvg = (run: Run): string => {
  const chart = toChart(run);
  const columns = toColumns(chart, {
    text: (text) => textWidth(text, 13),
    arrow: 44,
    half: 60,
    lane: 0,
    remark: 24,
    least: 140,
    most: Infinity,
  });
  const top = margin + (run.title === undefined ? 0 : titleHeight) + headHeight;
  const bottom = top + chart.rows * pitch + 10;
  const sheet: Sheet = { chart, columns, top, bottom };
  const key = drawKey(keyOf(chart));
  const width = Math.max(columns.width, key.width, textWidth(run.title ?? '', 13, true));
  const names = run.lifelines.map(({ name, role }) => (role === name ? name : `${name} (${role})`)).join(' and ');
  return toDocument({
    title: run.title ?? `Negotiation between ${names}`,
    description: `${chart.arrows.length} messages between ${names}, from top to bottom.`,
    width: width + 2 * margin,
    height: bottom + 42,
    body: [
      ...(run.title === undefined
        ? []
        : [element('text', { class: 'ink-text strong', x: margin, y: margin + 8 }, escape(run.title))]),
      group(margin + (width - columns.width) / 2, 0, [
        ...run.lifelines.map((_, place) => drawHead(sheet, place)),
        ...chart.stays.map((stay) => drawStay(sheet, stay)),
        ...chart.operations.map((bar) => drawOperation(sheet, bar)),
        ...chart.arrows.map((arrow) => drawArrow(sheet, arrow)),
        ...chart.arrows.map((arrow) => drawArrowLabel(sheet, arrow)),
        ...chart.beats.filter(hasRemark).map((beat) => drawRemark(sheet, beat)),
      ]),
      group(margin, bottom + 20, [key.markup]),
    ],
  });
};

const keyOf = ({ stays, operations }: Chart): readonly KeyItem[] => {
  const present = new Set(stays.map(({ path }) => topOf(path)));
  const states = Object.entries(bearings).flatMap(([state, bearing]) => {
    if (bearing === 'rest' || bearing === 'over' || !present.has(state as NegotiationState)) return [];
    const box = { y: -7, width: 12, height: 14, class: `wash-${bearing} line-${bearing}` };
    return [{ swatch: element('rect', { ...box, 'stroke-dasharray': dashes(bearing) }), width: 12, text: state }];
  });
  const bar = element('rect', { class: 'ink-muted', y: -7, width: 4, height: 14 });
  return operations.length === 0 ? states : [...states, { swatch: bar, width: 4, text: 'the engine is at work' }];
};
