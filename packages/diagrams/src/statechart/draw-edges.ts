/** The edges of a statechart, and what stands on them. */
import { bearingOf } from '../state-path.ts';
import { type Point, arrowHead, element, escape, rounded } from '../svg/element.ts';
import type { ChartEdge } from './chart.ts';
import { drawRows } from './draw-states.ts';
import type { Box, PlacedEdge, Placement } from './place.ts';

export const drawEdge = ({ edge, points }: PlacedEdge): string => {
  const fails = edge.lines.every(({ failure }) => failure);
  const ink = fails ? 'trouble' : 'rest';
  const [before, tip] = points.slice(-2);
  if (!before || !tip) return '';
  return element(
    'g',
    { 'data-from': edge.from, 'data-to': edge.to },
    element('title', {}, escape(reasonsOf(edge))),
    element('path', { class: `line line-${ink}`, d: rounds(points), 'stroke-dasharray': fails ? '5 3' : undefined }),
    arrowHead(before, tip, `ink-${ink}`),
  );
};

/** The machine's own sentences, for who points at an edge. */
const reasonsOf = ({ from, to, lines }: ChartEdge): string => {
  const sentences = lines.flatMap(({ moves }) => moves.flatMap(({ description }) => description ?? []));
  return [`${from} → ${to}`, ...new Set(sentences)].join('\n');
};

/** A path with rounded corners. */
const rounds = (points: readonly Point[]): string => {
  const written = ({ x, y }: Point) => `${rounded(x)} ${rounded(y)}`;
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (!before) return `M${written(point)}`;
      if (!after) return `L${written(point)}`;
      return `L${written(towards(point, before))}Q${written(point)} ${written(towards(point, after))}`;
    })
    .join('');
};

const towards = (from: Point, to: Point): Point => {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(8, length / 2) / length;
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
};

/** In the middle of its line, on a patch of what is behind. */
export const drawLabel = ({ edge, block, label }: PlacedEdge, { groups }: Placement): string => {
  const around = groups.find(({ box }) => contains(box, label));
  const { x, y, width, height } = label;
  return element(
    'g',
    { 'data-label-from': edge.from, 'data-label-to': edge.to },
    element('rect', { class: around ? `wash-${bearingOf(around.name)}` : 'ground', x, y, width, height }),
    ...drawRows(block.rows, x + width / 2, y + 13.5, 'middle'),
  );
};

const contains = (outer: Box, { x, y, width, height }: Box): boolean =>
  outer.x <= x && outer.y <= y && x + width <= outer.x + outer.width && y + height <= outer.y + outer.height;
