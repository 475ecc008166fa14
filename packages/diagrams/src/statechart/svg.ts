/** The statechart as SVG. */
import type { Role } from '@detente/core';
import { toDocument } from '../svg/document.ts';
import { element, escape, group } from '../svg/element.ts';
import { type Statechart, toStatechart } from './chart.ts';
import { drawEdge, drawLabel } from './draw-edges.ts';
import { drawChartKey, drawClosed } from './draw-footer.ts';
import { drawAgain, drawGroup, drawHeader, drawStart, drawState } from './draw-states.ts';
import { place } from './place.ts';

const margin = 20;
const top = 108;

/**
 * The machine as a standalone SVG document with its own light and dark scheme: of one role, without the states that it never
 * reaches, or of all roles together. The same machine gives the same text. Every state is explored, which takes a second or so.
 */
export const toStatechartSvg = async (role?: Role): Promise<string> => drawStatechart(toStatechart(role));

/** The same, of a chart that was explored already. */
export const drawStatechart = async (chart: Statechart): Promise<string> => {
  const placement = await place(chart);
  const { groups, states, edges, again } = placement;
  const key = drawChartKey(chart);
  const width = Math.max(placement.width, key.width);
  const closed = drawClosed(chart, width);
  const bottom = top + placement.height + 24;
  return toDocument({
    title: chart.title,
    description: `${chart.edges.map(sentence).join('; ')}. Any state leads to closed: ${chart.endings.join(', ')}.`,
    width: width + 2 * margin,
    height: bottom + closed.height + 48,
    body: [
      element('text', { class: 'ink-text strong large', x: margin, y: 34 }, escape(chart.title)),
      element('text', { class: 'ink-muted', x: margin, y: 54 }, escape(chart.subtitle)),
      group(margin + (width - placement.width) / 2, top, [
        drawStart(placement),
        ...groups.map(drawGroup),
        ...states.map(drawState),
        drawAgain(again),
        ...edges.map(drawEdge),
        ...groups.map(drawHeader),
        ...edges.map((edge) => drawLabel(edge, placement)),
      ]),
      group(margin, bottom, [closed.markup]),
      group(margin, bottom + closed.height + 26, [key.markup]),
    ],
  });
};

const sentence = ({ from, to, lines }: Statechart['edges'][number]): string =>
  `${from} to ${to} on ${lines.map(({ event, guard }) => event || guard).join(' or ')}`;
