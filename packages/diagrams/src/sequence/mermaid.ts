/**
 * Sequence diagrams as Mermaid. Its arrows are level: a message that passes others is drawn open where it leaves, and a note
 * says where it arrives.
 */
import type { Run } from '../run/run.ts';
import { bearingOf } from '../state-path.ts';
import { type Beat, hasRemark, remarkOf } from './beats.ts';
import { type Arrow, type Chart, isSlanted, toChart } from './chart.ts';

/**
 * The run as a Mermaid `sequenceDiagram`, ending in a line break. A lifeline is active while its session is not `stable`.
 * Pure; throws a `RangeError` when an entry names no lifeline of the run.
 */
export const toSequenceMermaid = (run: Run): string => {
  const chart = toChart(run);
  const lines = ['sequenceDiagram'];
  if (run.title !== undefined) lines.unshift('---', `title: ${JSON.stringify(run.title)}`, '---');
  for (const [place, { name, role }] of chart.lifelines.entries()) {
    lines.push(`participant ${alias(place)} as ${clean(role === name ? name : `${name} (${role})`)}`);
  }
  const active = new Set<number>();
  for (let row = 0; row < chart.rows; row++) {
    lines.push(...arrowsAt(chart, row));
    for (const beat of chart.beats) if (beat.row === row) lines.push(...movesOf(chart, beat, active));
  }
  return `${lines.map((line, index) => (index > lines.indexOf('sequenceDiagram') ? `  ${line}` : line)).join('\n')}\n`;
};

const alias = (place: number): string => `s${place + 1}`;

const arrowsAt = ({ arrows }: Chart, row: number): readonly string[] =>
  arrows.flatMap((arrow) => {
    const { from, to, label, leaves, arrives } = arrow;
    if (leaves === row) return [`${alias(from)}${stroke(arrow)}${alias(to)}: ${clean(label)}`];
    return arrives === row ? [`Note over ${alias(to)}: arrival of ${clean(label)}`] : [];
  });

const stroke = (arrow: Arrow): string => {
  if (arrow.lost) return '-x';
  if (isSlanted(arrow) || arrow.arrives === undefined) return '-)';
  return arrow.kind === 'candidate' ? '-->>' : '->>';
};

const movesOf = ({ lifelines }: Chart, beat: Beat, active: Set<number>): readonly string[] => {
  const { lifeline, path } = beat;
  const note = hasRemark(beat)
    ? [`Note ${lifelines[lifeline]?.remarks} of ${alias(lifeline)}: ${clean(remarkOf(beat))}`]
    : [];
  if (path === undefined) return note;
  const bearing = bearingOf(path);
  const isActive = bearing !== 'rest' && bearing !== 'over';
  if (isActive === active.has(lifeline)) return note;
  if (isActive) active.add(lifeline);
  else active.delete(lifeline);
  return [`${isActive ? 'activate' : 'deactivate'} ${alias(lifeline)}`, ...note];
};

/** Mermaid ends a statement at `;` and reads `#…;` as a character: both are written as character codes. */
const clean = (text: string): string =>
  text.replace(/[#;\n]/g, (character) => (character === '\n' ? ' ' : `#${character.charCodeAt(0)};`));
