/** A sequence diagram with a size: where rows and lifelines are, in pixels. */
import type { Chart, Stay } from './chart.ts';
import type { Columns } from './columns.ts';

export interface Sheet {
  readonly chart: Chart;
  readonly columns: Columns;
  /** The upper edge of the first row, and the end of the lifelines. */
  readonly top: number;
  readonly bottom: number;
}

/** Height of a row. */
export const pitch = 28;
export const headHeight = 58;
/** Half the width of a lifeline that is not `stable`. */
export const barHalf = 6;

export const placeOf = ({ columns }: Sheet, lifeline: number): number => columns.at[lifeline] as number;

export const heightOf = ({ top }: Sheet, row: number): number => top + row * pitch + pitch / 2;

export const stayAt = ({ chart }: Sheet, lifeline: number, row: number): Stay | undefined =>
  chart.stays.find((stay) => stay.lifeline === lifeline && stay.from <= row && row <= stay.to);

/** Whether nothing but the thin line of the lifeline is drawn. */
export const isBare = (stay: Stay | undefined): boolean =>
  stay === undefined || stay.path === 'stable' || stay.path === 'closed';
