/** How far apart the lifelines stand: as far as their labels and remarks want, or less where the whole must fit. */
import { remarkOf } from './beats.ts';
import { type Chart, isLevel } from './chart.ts';

export interface Measures {
  readonly text: (text: string) => number;
  /** What a level arrow needs besides its label. */
  readonly arrow: number;
  /** What either half of any other arrow needs besides its label. */
  readonly half: number;
  /** What each further lane needs. */
  readonly lane: number;
  /** What a remark needs besides its text. */
  readonly remark: number;
  /** No gap is narrower, unless it is empty. */
  readonly least: number;
  /** The whole must not be wider. */
  readonly most: number;
}

export interface Columns {
  /** The place of each lifeline. */
  readonly at: readonly number[];
  readonly width: number;
}

export const toColumns = (chart: Chart, measures: Measures): Columns => {
  const { text, arrow, half, lane, remark, least, most } = measures;
  const { lifelines, arrows, beats } = chart;
  /** Gap `i` is the one to the left of lifeline `i`; the last one is the right margin. */
  const wanted = Array.from({ length: lifelines.length + 1 }, () => 0);
  const want = (gap: number, size: number) => {
    wanted[gap] = Math.max(wanted[gap] ?? 0, size);
  };
  for (const [place, { name, role }] of lifelines.entries()) {
    const side = Math.ceil(Math.max(text(name), text(role)) / 2) + remark / 2;
    want(place, place === 0 ? side : side * 2);
    want(place + 1, place === lifelines.length - 1 ? side : side * 2);
  }
  for (const gap of wanted.keys()) {
    const sizes = [gap - 1, gap]
      .filter((place) => remarkGap(chart, place) === gap)
      .map((place) => beats.filter(({ lifeline }) => lifeline === place).map((beat) => text(remarkOf(beat))))
      .map((texts) => Math.max(-remark, ...texts) + remark);
    want(
      gap,
      sizes.reduce((sum, size) => sum + size, 0),
    );
  }
  for (const delivery of arrows) {
    const [first, last] = [Math.min(delivery.from, delivery.to), Math.max(delivery.from, delivery.to)];
    const label = text(delivery.label);
    const size = isLevel(delivery) ? label + arrow : 2 * (label + half + delivery.lane * lane);
    for (let gap = first + 1; gap <= last; gap++) want(gap, Math.max(least, size / (last - first)));
  }
  const gaps = squeeze(
    wanted.map(Math.ceil),
    most - lifelines.length,
    Math.min(least, most / (2 * lifelines.length + 1)),
  );
  const at = lifelines.map((_, place) => gaps.slice(0, place + 1).reduce((sum, gap) => sum + gap, place));
  return { at, width: gaps.reduce((sum, gap) => sum + gap, lifelines.length) };
};

/** The gap in which a lifeline's remarks stand; the gap at its left has its own number. */
export const remarkGap = ({ lifelines }: Chart, place: number): number | undefined => {
  const remarks = lifelines[place]?.remarks;
  return remarks && (remarks === 'left' ? place : place + 1);
};

/** Takes from the widest gaps until the sum fits. */
const squeeze = (wanted: readonly number[], most: number, least: number): readonly number[] => {
  const total = (cap: number) => wanted.reduce((sum, gap) => sum + Math.min(gap, cap), 0);
  let cap = Math.max(...wanted);
  while (total(cap) > most && cap > least) cap -= 1;
  return wanted.map((gap) => Math.min(gap, cap));
};
