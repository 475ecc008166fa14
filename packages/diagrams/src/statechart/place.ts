/**
 * Where everything on a statechart goes. `stable` is there twice, as the top and as the bottom: every way leads back to it,
 * and a line back up for each of them would hide the rest.
 */
import type { ElkEdgeSection, ElkNode } from 'elkjs/lib/elk-api.js';
import { parentOf } from '../state-path.ts';
import type { Point } from '../svg/element.ts';
import type { Statechart } from './chart.ts';
import {
  type EdgeContent,
  type GroupContent,
  type StateContent,
  inside,
  padding,
  sizeOfHeader,
  toContents,
} from './contents.ts';
import { againId, toElkGraph } from './elk-graph.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly groups: readonly PlacedGroup[];
  readonly states: readonly PlacedState[];
  /** `stable`, where the ways lead back to it. */
  readonly again: Box;
  readonly edges: readonly PlacedEdge[];
}

export interface PlacedState extends StateContent {
  readonly box: Box;
}

export interface PlacedGroup extends GroupContent {
  readonly box: Box;
  /** Where name and description stand. */
  readonly header: Box;
}

export interface PlacedEdge extends EdgeContent {
  readonly points: readonly Point[];
  readonly label: Box;
}

export const place = async (chart: Statechart): Promise<Placement> => {
  const contents = toContents(chart);
  // Loaded when needed: it is larger than everything else here, and sequence diagrams do without.
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const laidOut: ElkNode = await new Elk().layout(toElkGraph(contents));
  const boxes = new Map(flatten(laidOut).map((node) => [node.id, toBox(node)]));
  const boxOf = (id: string): Box => boxes.get(id) ?? toBox({});
  const { width, height } = toBox(laidOut);
  const across = (box: Box): Box => ({ ...box, x: 0, width });
  const edges = contents.edges.map((content, index) => {
    const { sections = [], labels = [] } = laidOut.edges?.[index] ?? {};
    return { ...content, points: sections.flatMap(toPoints), label: toBox(labels[0] ?? {}) };
  });
  return {
    width,
    height,
    groups: contents.groups.map((group) => {
      const within = edges.filter(({ edge }) => [edge.from, edge.to].every((path) => parentOf(path) === group.name));
      const children = group.children.map(({ state }) => boxOf(state.path));
      const box = fitted(boxOf(group.name), children, within);
      return { ...group, box, header: headerOf(group, box, edges) };
    }),
    states: contents.states.map((content) => {
      const box = boxOf(content.state.path);
      return { ...content, box: content.state.path === 'stable' ? across(box) : box };
    }),
    again: across(boxOf(againId)),
    edges,
  };
};

const toBox = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box => ({ x, y, width, height });

const flatten = (node: ElkNode): readonly ElkNode[] => [node, ...(node.children ?? []).flatMap(flatten)];

/** Straight lines come out of ELK with steps of a few pixels; these are taken out. */
const toPoints = ({ startPoint, bendPoints = [], endPoint }: ElkEdgeSection): readonly Point[] => {
  const points: Point[] = [];
  for (const { x, y } of [startPoint, ...bendPoints, endPoint]) {
    const before = points.at(-1);
    points.push(before && Math.abs(before.x - x) < 7 ? { x: before.x, y } : { x, y });
  }
  return points;
};

/** ELK lets a group reach down to the next layer; it ends below what is in it. */
const fitted = (box: Box, children: readonly Box[], edges: readonly PlacedEdge[]): Box => {
  const bottoms = [
    ...[...children, ...edges.map(({ label }) => label)].map(({ y, height }) => y + height),
    ...edges.flatMap(({ points }) => points.map(({ y }) => y)),
  ];
  return { ...box, height: Math.max(...bottoms) + inside - box.y };
};

/** Beside the edges that come in from above, if there is room. */
const headerOf = ({ name, description }: GroupContent, box: Box, edges: readonly PlacedEdge[]): Box => {
  const size = sizeOfHeader(name, description);
  const [left, right, y] = [box.x, box.x + box.width, box.y + padding];
  const crossings = edges.flatMap(({ points }) =>
    points.flatMap((to, index) => {
      const from = points[index - 1];
      const crosses = from?.x === to.x && Math.min(from.y, to.y) < y && Math.max(from.y, to.y) > y + size.height;
      return crosses && to.x > left && to.x < right ? [to.x] : [];
    }),
  );
  const limits = [...crossings, right].toSorted((one, other) => one - other);
  const starts = [left + padding, ...limits.map((x) => x + 10)];
  const x = starts.find((start, index) => start + size.width + 6 < (limits[index] ?? 0)) ?? left + padding;
  return { x, y, ...size };
};
