/**
 * A sequence diagram before it has a size: rows, arrows, and who is in which state from where to where. The text, the SVG
 * and the Mermaid form are all drawn from it.
 */
import type { Operation, StatePath } from '@detente/core';
import type { Lifeline, Run } from '../run/run.ts';
import { type Beat, toBeats } from './beats.ts';
import { type Delivery, toDeliveries } from './deliveries.ts';
import { toRows } from './rows.ts';

export interface Chart {
  readonly title?: string | undefined;
  readonly lifelines: readonly (Lifeline & {
    /** Where remarks about it stand: away from its arrows. */
    readonly remarks: 'left' | 'right';
  })[];
  readonly rows: number;
  readonly beats: readonly (Beat & { readonly row: number })[];
  readonly arrows: readonly Arrow[];
  readonly stays: readonly Stay[];
  readonly operations: readonly OperationBar[];
}

export interface Arrow extends Omit<Delivery, 'sent' | 'received'> {
  /** The row where it leaves, unless that was before the run or this is a duplicate. */
  readonly leaves?: number | undefined;
  /** The row where it arrives, unless it never does. */
  readonly arrives?: number | undefined;
  /** Slanting arrows that overlap in time have different lanes, counting from 0. */
  readonly lane: number;
}

/** A lifeline's session is in one state from one row to another, both included. */
export interface Stay {
  readonly lifeline: number;
  readonly path: StatePath;
  readonly from: number;
  readonly to: number;
}

export interface OperationBar {
  readonly lifeline: number;
  readonly operation: Operation;
  readonly from: number;
  readonly to: number;
  readonly outcome?: Beat['ends'];
}

export const toChart = (run: Run): Chart => {
  const places = new Map(run.lifelines.map(({ id }, place) => [id, place]));
  const sides = run.lifelines.map(({ id }, place) => sidesOf(run, places, id, place));
  const apart = new Set([...sides.keys()].filter((place) => sides[place]?.partners.size === 2));
  const bare = toBeats(run, apart);
  const deliveries = toDeliveries(bare, places);
  const rowOf = toRows(bare, deliveries);
  const beats = bare.map((beat, index) => ({ ...beat, row: rowOf[index] as number }));
  const rows = Math.max(0, ...rowOf.map((row) => row + 1));
  return {
    title: run.title,
    lifelines: run.lifelines.map((lifeline, place) => ({ ...lifeline, remarks: sides[place]?.remarks ?? 'right' })),
    rows,
    beats,
    arrows: withLanes(deliveries, rowOf),
    stays: run.lifelines.flatMap(({ path }, lifeline) => staysOf(beats, lifeline, path ?? 'stable', rows)),
    operations: run.lifelines.flatMap((_, lifeline) => operationsOf(beats, lifeline, rows)),
  };
};

const sidesOf = ({ entries, lifelines }: Run, places: ReadonlyMap<string, number>, id: string, place: number) => {
  const others = entries.flatMap((entry) => {
    if (entry.type !== 'send' && entry.type !== 'receive') return [];
    const [from, to] = entry.type === 'send' ? [entry.on, entry.to] : [entry.from, entry.on];
    return from === id ? [to] : to === id ? [from] : [];
  });
  const partners = new Set(others.map((other) => ((places.get(other) ?? 0) < place ? 'left' : 'right')));
  if (partners.size === 0) partners.add(place < lifelines.length / 2 ? 'right' : 'left');
  const remarks: 'left' | 'right' = partners.has('left') ? 'right' : 'left';
  return { partners, remarks };
};

const withLanes = (deliveries: readonly Delivery[], rowOf: readonly number[]): readonly Arrow[] => {
  const arrows: Arrow[] = [];
  for (const { sent, received, ...delivery } of deliveries) {
    const leaves = sent === undefined || delivery.again ? undefined : rowOf[sent];
    const arrives = received === undefined ? undefined : rowOf[received];
    const taken = arrows
      .filter((other) => isSlanted(other) && (other.arrives ?? 0) >= (leaves ?? 0))
      .map(({ lane }) => lane);
    const free = [...taken.keys(), taken.length].find((lane) => !taken.includes(lane)) ?? 0;
    const arrow = { ...delivery, leaves, arrives, lane: 0 };
    arrows.push(isSlanted(arrow) ? { ...arrow, lane: free } : arrow);
  }
  return arrows;
};

export const isLevel = ({ leaves, arrives }: Arrow): boolean => leaves !== undefined && leaves === arrives;

export const isSlanted = ({ leaves, arrives }: Arrow): boolean =>
  leaves !== undefined && arrives !== undefined && leaves !== arrives;

const staysOf = (beats: Chart['beats'], lifeline: number, initial: StatePath, rows: number): readonly Stay[] => {
  const moves = beats.flatMap(({ row, path, ...beat }) => (beat.lifeline === lifeline && path ? [{ row, path }] : []));
  const starts = [{ row: 0, path: initial }, ...moves];
  return starts
    .map(({ row, path }, index) => ({ lifeline, path, from: row, to: (starts[index + 1]?.row ?? rows) - 1 }))
    .filter(({ from, to }) => from <= to);
};

const operationsOf = (beats: Chart['beats'], lifeline: number, rows: number): readonly OperationBar[] => {
  const bars: OperationBar[] = [];
  for (const { row, begins, ends, ...beat } of beats) {
    if (beat.lifeline !== lifeline) continue;
    const last = bars.at(-1);
    if (ends && last) bars[bars.length - 1] = { ...last, to: row, outcome: ends };
    if (begins) bars.push({ lifeline, operation: begins, from: row, to: rows - 1 });
  }
  return bars;
};
