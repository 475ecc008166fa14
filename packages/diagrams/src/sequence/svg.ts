/** Sequence diagrams as SVG. Time goes down; an arrow slants where messages pass each other. */
import { type Bearing, bearingOf, bearings, parentOf } from '../bearing.ts';
import type { Run } from '../run/run.ts';
import { toDocument } from '../svg/document.ts';
import { type Point, arrowHead, element, escape, rounded } from '../svg/element.ts';
import { textWidth } from '../svg/measure.ts';
import { type Beat, childOf, hasRemark } from './beats.ts';
import { type Arrow, type Chart, type OperationBar, type Stay, toChart } from './chart.ts';
import { type Columns, toColumns } from './columns.ts';

const pitch = 28;
const margin = 16;
const headHeight = 58;
const half = 6;

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
  const key = legend(chart);
  const titleHeight = run.title === undefined ? 0 : 30;
  const sheet: Sheet = { chart, columns, top: margin + titleHeight + headHeight };
  const bottom = sheet.top + chart.rows * pitch + 10;
  const names = run.lifelines.map(({ name, role }) => (role === name ? name : `${name} (${role})`));
  const heading =
    run.title === undefined
      ? []
      : [
          element(
            'text',
            { class: 'ink-text strong', x: 0, y: margin + 4, 'dominant-baseline': 'middle' },
            escape(run.title),
          ),
        ];
  const width = Math.max(columns.width, key.width, textWidth(run.title ?? '', 13, true));
  const shift = (width - columns.width) / 2;
  return toDocument({
    title: run.title ?? `Negotiation between ${names.join(' and ')}`,
    description: `${chart.arrows.length} messages between ${names.join(' and ')}, from top to bottom.`,
    width: width + 2 * margin,
    height: bottom + 34 + margin / 2,
    body: [
      element(
        'g',
        { transform: `translate(${rounded(margin)} 0)` },
        '\n',
        [
          ...heading,
          element(
            'g',
            { transform: `translate(${rounded(shift)} 0)` },
            '\n',
            [
              ...run.lifelines.map((_, place) => head(sheet, place, bottom)),
              ...chart.stays.map((stay) => activation(sheet, stay)),
              ...chart.operations.map((bar) => operation(sheet, bar)),
              ...chart.arrows.map((arrow) => line(sheet, arrow)),
              ...chart.arrows.map((arrow) => label(sheet, arrow)),
              ...chart.beats.filter(hasRemark).map((beat) => remark(sheet, beat)),
            ].join('\n'),
            '\n',
          ),
          element('g', { class: 'legend', transform: `translate(0 ${rounded(bottom + 20)})` }, ...key.items),
        ].join('\n'),
        '\n',
      ),
    ],
  });
};

interface Sheet {
  readonly chart: Chart;
  readonly columns: Columns;
  readonly top: number;
}

const at = ({ columns }: Sheet, lifeline: number): number => columns.at[lifeline] as number;
const height = ({ top }: Sheet, row: number): number => top + row * pitch + pitch / 2;

const head = (sheet: Sheet, place: number, bottom: number): string => {
  const { name = '', role = '' } = sheet.chart.lifelines[place] ?? {};
  const x = at(sheet, place);
  const y = sheet.top - headHeight;
  const centred = { x, 'text-anchor': 'middle' };
  return [
    element('line', {
      class: 'line line-muted',
      x1: x,
      x2: x,
      y1: sheet.top - 14,
      y2: bottom,
      'stroke-dasharray': '3 4',
    }),
    element('text', { ...centred, class: 'ink-text strong', y: y + 16 }, escape(name)),
    ...(role === name ? [] : [element('text', { ...centred, class: 'ink-muted small', y: y + 34 }, escape(role))]),
  ].join('');
};

const activation = (sheet: Sheet, { lifeline, path, from, to }: Stay): string => {
  const bearing = bearingOf(path);
  if (bearing === 'rest') return '';
  const [y, x] = [height(sheet, from), at(sheet, lifeline) - half];
  const end = height(sheet, to + 1) - (to === sheet.chart.rows - 1 ? pitch / 2 : 0);
  if (bearing === 'over') {
    const cross = `M${rounded(x)} ${rounded(y - half)}l12 12m0 -12l-12 12`;
    return element('path', { class: 'line line-over', d: cross });
  }
  return element(
    'rect',
    {
      class: `wash-${bearing} line-${bearing}`,
      'data-state': path,
      x,
      y,
      width: 2 * half,
      height: end - y,
      ...dashes(bearing),
    },
    element('title', {}, path),
  );
};

/** Waiting is dashed, so that it is told from the others without colour. */
const dashes = (bearing: Bearing) => (bearing === 'waiting' ? { 'stroke-dasharray': '4 2' } : {});

const operation = (sheet: Sheet, { lifeline, operation, from, to, outcome }: OperationBar): string => {
  const { path = 'stable' } = stayAt(sheet, lifeline, from) ?? {};
  const ink = outcome === 'failed' || outcome === 'hung' ? 'trouble' : bearingOf(path);
  const y = height(sheet, from);
  const size = Math.max(8, height(sheet, to) - y);
  return element(
    'rect',
    {
      class: `ink-${ink}`,
      'data-operation': operation,
      x: at(sheet, lifeline) - 2,
      y: y + 1,
      width: 4,
      height: size - 2,
    },
    element('title', {}, escape(outcome === undefined ? operation : `${operation}: ${outcome}`)),
  );
};

const stayAt = ({ chart }: Sheet, lifeline: number, row: number) =>
  chart.stays.find((stay) => stay.lifeline === lifeline && stay.from <= row && row <= stay.to);

/** How far the lifeline reaches to either side: where it ends a state, that state is still drawn. */
const edge = (sheet: Sheet, lifeline: number, row: number): number =>
  [row - 1, row].some((near) => !isBare(stayAt(sheet, lifeline, near))) ? half : 0;

const isBare = (stay: Stay | undefined): boolean => stay === undefined || ['stable', 'closed'].includes(stay.path);

/** Where an arrow begins and ends; one that never arrives ends half way, one from nowhere begins there. */
const course = (sheet: Sheet, { from, to, leaves, arrives }: Arrow): readonly [Point, Point] => {
  const [start, end] = [at(sheet, from), at(sheet, to)];
  const ahead = Math.sign(end - start);
  const middle = (start + end) / 2;
  return [
    leaves === undefined
      ? { x: middle, y: height(sheet, arrives ?? 0) }
      : { x: start + ahead * edge(sheet, from, leaves), y: height(sheet, leaves) },
    arrives === undefined
      ? { x: middle, y: height(sheet, leaves ?? 0) }
      : { x: end - ahead * (edge(sheet, to, arrives) + 1), y: height(sheet, arrives) },
  ];
};

const line = (sheet: Sheet, arrow: Arrow): string => {
  const [start, end] = course(sheet, arrow);
  const ink = arrow.lost || arrow.again ? 'trouble' : 'text';
  const faint = arrow.kind === 'candidate' ? { 'stroke-dasharray': '2 3' } : {};
  const stroke = { class: `line line-${ink}`, x1: start.x, y1: start.y, x2: end.x, y2: end.y };
  const drawn = element('line', { ...stroke, 'data-message': arrow.label, ...faint });
  if (arrow.arrives !== undefined) return drawn + arrowHead(start, end, `ink-${ink}`);
  if (!arrow.lost) return drawn;
  return (
    drawn +
    element('path', {
      class: 'line line-trouble',
      d: `M${rounded(end.x - 5)} ${rounded(end.y - 5)}l10 10m0 -10l-10 10`,
    })
  );
};

/** Over the line: in the middle of a level one, near its beginning on one that slants. */
const label = (sheet: Sheet, arrow: Arrow): string => {
  const [start, end] = course(sheet, arrow);
  const length = Math.hypot(end.x - start.x, end.y - start.y) || 1;
  const slants = start.y !== end.y;
  const share = slants ? (textWidth(arrow.label, 13) / 2 + 14) / length : 0.5;
  const [x, y] = [start.x + share * (end.x - start.x), start.y + share * (end.y - start.y)];
  const ahead = Math.sign(end.x - start.x);
  const degrees = (Math.atan2((end.y - start.y) * ahead, Math.abs(end.x - start.x)) * 180) / Math.PI;
  const turn = slants ? { transform: `rotate(${rounded(degrees)} ${rounded(x)} ${rounded(y)})` } : {};
  const ink = arrow.lost || arrow.again ? 'trouble' : arrow.kind === 'candidate' ? 'muted' : 'text';
  return element(
    'text',
    { class: `ink-${ink} halo`, x, y: y - 7, 'text-anchor': 'middle', ...turn },
    escape(arrow.label),
  );
};

const remark = (sheet: Sheet, beat: Beat & { readonly row: number }): string => {
  const toLeft = sheet.chart.lifelines[beat.lifeline]?.remarks === 'left';
  const notes = beat.notes.map(({ text, tone }) => ({ text, ink: tone === 'trouble' ? 'trouble' : 'muted' }));
  const state = beat.path === undefined ? [] : [{ text: childOf(beat.path), ink: bearingOf(beat.path) }];
  const pieces = [...notes, ...state].map(({ text, ink }, index) =>
    element('tspan', { class: `ink-${ink}` }, escape(index === 0 ? text : ` · ${text}`)),
  );
  return element(
    'text',
    {
      class: 'halo',
      x: at(sheet, beat.lifeline) + (toLeft ? -14 : 14),
      y: height(sheet, beat.row) + 4.5,
      'text-anchor': toLeft ? 'end' : 'start',
    },
    ...pieces,
  );
};

const legend = ({ stays, operations }: Chart): { readonly items: readonly string[]; readonly width: number } => {
  const present = new Set<string>(stays.map(({ path }) => parentOf(path)));
  let x = 0;
  const item = (swatch: string, text: string): string => {
    const start = x;
    x += 20 + textWidth(text, 12) + 14;
    const words = element('text', { class: 'ink-muted small', x: start + 18, y: 4 }, text);
    return element('g', {}, swatch.replaceAll('@', rounded(start)), words);
  };
  const items = Object.entries(bearings).flatMap(([state, bearing]) => {
    if (bearing === 'rest' || bearing === 'over' || !present.has(state)) return [];
    const surface = { x: '@', y: -7, width: 12, height: 14, class: `wash-${bearing} line-${bearing}` };
    return [item(element('rect', { ...surface, ...dashes(bearing) }), state)];
  });
  const bar = element('rect', { class: 'ink-muted', x: '@', y: -7, width: 4, height: 14 });
  if (operations.length > 0) items.push(item(bar, 'the engine is at work'));
  return { items, width: x };
};
