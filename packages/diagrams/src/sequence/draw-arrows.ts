/** The messages of a sequence diagram. */
import { type Point, arrowHead, element, escape, rounded } from '../svg/element.ts';
import { textWidth } from '../svg/measure.ts';
import type { Arrow } from './chart.ts';
import { type Sheet, barHalf, heightOf, isBare, placeOf, stayAt } from './sheet.ts';

export const drawArrow = (sheet: Sheet, arrow: Arrow): string => {
  const [start, end] = courseOf(sheet, arrow);
  const ink = isTrouble(arrow) ? 'trouble' : 'text';
  const line = element('line', {
    class: `line line-${ink}`,
    'data-message': arrow.label,
    x1: start.x,
    y1: start.y,
    x2: end.x,
    y2: end.y,
    'stroke-dasharray': arrow.kind === 'candidate' ? '2 3' : undefined,
  });
  if (arrow.arrives !== undefined) return line + arrowHead(start, end, `ink-${ink}`);
  if (!arrow.lost) return line;
  const cross = `M${rounded(end.x - 5)} ${rounded(end.y - 5)}l10 10m0 -10l-10 10`;
  return line + element('path', { class: 'line line-trouble', d: cross });
};

/** Over the line: in the middle of a level one, near its beginning on one that slants. */
export const drawArrowLabel = (sheet: Sheet, arrow: Arrow): string => {
  const [start, end] = courseOf(sheet, arrow);
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const share = dy === 0 ? 0.5 : (textWidth(arrow.label, 13) / 2 + 14) / Math.hypot(dx, dy);
  const [x, y] = [start.x + share * dx, start.y + share * dy];
  const degrees = (Math.atan2(dy * Math.sign(dx), Math.abs(dx)) * 180) / Math.PI;
  const transform = dy === 0 ? undefined : `rotate(${rounded(degrees)} ${rounded(x)} ${rounded(y)})`;
  const ink = isTrouble(arrow) ? 'trouble' : arrow.kind === 'candidate' ? 'muted' : 'text';
  const place = { x, y: y - 7, 'text-anchor': 'middle', transform };
  return element('text', { class: `ink-${ink} halo`, ...place }, escape(arrow.label));
};

const isTrouble = ({ lost, again }: Arrow): boolean => lost || again;

/** From where to where; an arrow that never arrives ends half way, one from nowhere begins there. */
const courseOf = (sheet: Sheet, { from, to, leaves, arrives }: Arrow): readonly [Point, Point] => {
  const [start, end] = [placeOf(sheet, from), placeOf(sheet, to)];
  const ahead = Math.sign(end - start);
  const middle = (start + end) / 2;
  return [
    leaves === undefined
      ? { x: middle, y: heightOf(sheet, arrives ?? 0) }
      : { x: start + ahead * reachOf(sheet, from, leaves), y: heightOf(sheet, leaves) },
    arrives === undefined
      ? { x: middle, y: heightOf(sheet, leaves ?? 0) }
      : { x: end - ahead * (reachOf(sheet, to, arrives) + 1), y: heightOf(sheet, arrives) },
  ];
};

/** How far the lifeline reaches to either side. In the row that ends a state, that state is still drawn. */
const reachOf = (sheet: Sheet, lifeline: number, row: number): number =>
  [row - 1, row].every((near) => isBare(stayAt(sheet, lifeline, near))) ? 0 : barHalf;
