/** Text in rows, with a size: what stands in a state's box and on an edge. */
import { textWidth } from '../svg/measure.ts';
import type { ChartState, Line, Statechart } from './chart.ts';

/** One row, in pieces with a class of the style sheet each. */
export type Row = readonly { readonly text: string; readonly className: string }[];

export interface Block {
  readonly rows: readonly Row[];
  readonly width: number;
}

export const rowHeight = 17;
const fontSize = 12;

const toBlock = (rows: readonly Row[]): Block => ({ rows, width: Math.ceil(Math.max(0, ...rows.map(rowWidth))) });

const rowWidth = (row: Row): number => row.reduce((sum, { text }) => sum + textWidth(text, fontSize), 0);

/** Prose, wrapped at `width` pixels where it can be. */
export const proseBlock = (text: string, width: number, className = 'ink-muted'): Block => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, fontSize) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return toBlock(lines.map((line) => [{ text: line, className }]));
};

/** What a state does without leaving. */
export const reactionBlock = ({ reactions }: ChartState): Block => toBlock(reactions.map((line) => toRow(line, ': ')));

export const edgeBlock = ({ lines }: Statechart['edges'][number]): Block =>
  toBlock(lines.map((line) => toRow(line, ' / ')));

const toRow = ({ event, guard, effect }: Line, separator: string): Row =>
  [
    { text: event, className: 'ink-text' },
    { text: guard === '' ? '' : `${event === '' ? '' : ' '}[${guard}]`, className: 'ink-muted' },
    { text: effect === '' ? '' : `${separator}${effect}`, className: 'ink-text' },
  ].filter(({ text }) => text !== '');
