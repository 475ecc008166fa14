/** Sequence diagrams for a terminal, in box-drawing characters. */
import type { NegotiationState } from '@detente/core';
import type { Run } from '../run/run.ts';
import { type Bearing, bearingOf, bearings, topOf } from '../state-path.ts';
import { type Beat, hasRemark, remarkOf } from './beats.ts';
import { type Arrow, type Chart, isSlanted, toChart } from './chart.ts';
import { type Columns, remarkGap, toColumns } from './columns.ts';
import { type Canvas, createCanvas, shorten } from './canvas.ts';

/** What a piece of the text means, for colouring: whose turn it is, a message, or that something went wrong. */
export type Tone = Bearing | 'message' | 'trouble';

export interface TextOptions {
  /** Columns of the terminal; no line is longer. Default 80, at least 40. */
  readonly width?: number | undefined;
  /** Colours a piece of the text, for instance with escape sequences; called with whole words. Default: no colour. */
  readonly paint?: ((text: string, tone: Tone) => string) | undefined;
}

/**
 * The run as lines of text, without a line break at the end. How a lifeline is drawn tells its state, and a legend at the
 * end tells how. Pure; throws a `RangeError` when an entry names no lifeline of the run.
 */
export const toText = (run: Run, { width = 80, paint = (text) => text }: TextOptions = {}): string => {
  const chart = toChart(run);
  const most = Math.max(40, width);
  const columns = toColumns(chart, {
    text: (text) => [...text].length,
    arrow: 7,
    half: 6,
    lane: 1,
    remark: 2,
    least: 18,
    most,
  });
  const canvas = createCanvas(columns.width);
  drawHeads(canvas, chart, columns);
  const top = canvas.height();
  for (const stay of chart.stays) {
    for (let row = stay.from; row <= stay.to; row++) {
      canvas.put(columns.at[stay.lifeline] as number, top + row, strokes[bearingOf(stay.path)], bearingOf(stay.path));
    }
  }
  for (const arrow of chart.arrows) drawLane(canvas, arrow, columns, top);
  for (const arrow of chart.arrows) drawArrow(canvas, arrow, columns, top);
  for (const beat of chart.beats) drawRemark(canvas, chart, beat, columns, top);
  const title = run.title === undefined ? [] : [shorten(run.title, most), ''];
  const key = legend(chart, most, paint);
  return [...title, ...canvas.lines(paint), ...(key.length === 0 ? [] : ['', ...key])].join('\n');
};

const strokes: Readonly<Record<Bearing, string>> = { rest: '│', ours: '┃', theirs: '║', waiting: '┆', over: ' ' };

const drawHeads = (canvas: Canvas, { lifelines }: Chart, { at }: Columns) => {
  for (const [place, { name, role }] of lifelines.entries()) {
    const centred = (text: string) => (at[place] as number) - Math.floor([...text].length / 2);
    canvas.write(centred(name), 0, name, undefined);
    if (role !== name) canvas.write(centred(role), 1, role, undefined);
  }
};

const middleOf = ({ from, to, lane }: Arrow, { at }: Columns): number => {
  const [first, last] = [at[Math.min(from, to)] as number, at[Math.max(from, to)] as number];
  return Math.floor((first + last) / 2) + (lane % 2 === 0 ? lane : -lane - 1);
};

const drawLane = (canvas: Canvas, arrow: Arrow, columns: Columns, top: number) => {
  const { leaves = 0, arrives = 0 } = arrow;
  if (!isSlanted(arrow)) return;
  for (let row = leaves + 1; row < arrives; row++) canvas.put(middleOf(arrow, columns), top + row, '│', 'message');
};

const drawArrow = (canvas: Canvas, arrow: Arrow, columns: Columns, top: number) => {
  const { from, to, leaves, arrives, label } = arrow;
  const [start, end] = [columns.at[from] as number, columns.at[to] as number];
  const ahead = Math.sign(end - start);
  const middle = middleOf(arrow, columns);
  const tone = arrow.lost || arrow.again ? 'trouble' : 'message';
  const head = () => canvas.put(end - ahead, top + (arrives ?? 0), ahead > 0 ? '►' : '◄', tone);
  if (leaves === undefined) {
    canvas.line(middle, end - ahead, top + (arrives ?? 0), tone);
    canvas.label(middle, end - 2 * ahead, top + (arrives ?? 0), label, tone);
    return head();
  }
  canvas.attach(start, top + leaves, ahead > 0 ? 'right' : 'left');
  if (leaves === arrives) {
    canvas.line(start + ahead, end - ahead, top + leaves, tone);
    canvas.label(start + 2 * ahead, end - 2 * ahead, top + leaves, label, tone);
    return head();
  }
  canvas.line(start + ahead, middle, top + leaves, tone);
  canvas.label(start + 2 * ahead, middle - 2 * ahead, top + leaves, label, tone);
  if (arrives === undefined) return canvas.put(middle, top + leaves, arrow.lost ? '✗' : '…', tone);
  canvas.put(middle, top + leaves, ahead > 0 ? '╮' : '╭', tone);
  canvas.line(middle, end - ahead, top + arrives, tone);
  canvas.put(middle, top + arrives, ahead > 0 ? '╰' : '╯', tone);
  return head();
};

const drawRemark = (
  canvas: Canvas,
  chart: Chart,
  beat: Beat & { row: number },
  { at, width }: Columns,
  top: number,
) => {
  if (!hasRemark(beat)) return;
  const place = beat.lifeline;
  const column = at[place] as number;
  const toLeft = chart.lifelines[place]?.remarks === 'left';
  const border = toLeft ? (at[place - 1] ?? -1) : (at[place + 1] ?? width);
  const shared = remarkGap(chart, toLeft ? place - 1 : place + 1) === remarkGap(chart, place);
  const room = Math.floor((Math.abs(border - column) - 2) / (shared ? 2 : 1));
  const text = shorten(remarkOf(beat), room);
  const trouble = beat.notes.some(({ tone }) => tone === 'trouble');
  const tone = trouble ? 'trouble' : beat.path ? bearingOf(beat.path) : 'message';
  canvas.write(toLeft ? column - 1 - [...text].length : column + 2, top + beat.row, text, tone);
};

const legend = ({ stays }: Chart, most: number, paint: NonNullable<TextOptions['paint']>): readonly string[] => {
  const present = new Set(stays.map(({ path }) => topOf(path)));
  const lines: { text: string; length: number }[] = [];
  for (const [state, bearing] of Object.entries(bearings)) {
    if (bearing === 'over' || !present.has(state as NegotiationState)) continue;
    const [plain, text] = [`${strokes[bearing]} ${state}`, paint(`${strokes[bearing]} ${state}`, bearing)];
    const last = lines.at(-1);
    if (last && last.length + plain.length + 2 <= most) {
      last.text += `  ${text}`;
      last.length += plain.length + 2;
    } else lines.push({ text, length: plain.length });
  }
  return lines.map(({ text }) => text);
};
