/** What stands in the boxes and on the edges of a statechart, and how much room it takes. */
import type { NegotiationState } from '@detente/core';
import { childOf, parentOf } from '../state-path.ts';
import { textWidth } from '../svg/measure.ts';
import { type Block, edgeBlock, proseBlock, reactionBlock, rowHeight } from './block.ts';
import { type ChartEdge, type ChartState, type Statechart, describe } from './chart.ts';

export interface Contents {
  readonly states: readonly StateContent[];
  readonly groups: readonly GroupContent[];
  readonly edges: readonly EdgeContent[];
}

export interface StateContent {
  readonly state: ChartState;
  readonly description: Block;
  readonly reactions: Block;
}

/** A state with children. */
export interface GroupContent {
  readonly name: NegotiationState;
  readonly description: Block;
  readonly children: readonly StateContent[];
}

export interface EdgeContent {
  readonly edge: ChartEdge;
  readonly block: Block;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Between a box's border and its text. */
export const padding = 12;
/** Between a group's border and its children. */
export const inside = 18;
const nameHeight = 20;
/** Between description and reactions. */
export const ruleHeight = 8;
/** A box is not made wider than this for the sake of its description. */
const wrapAt = 200;

export const toContents = (chart: Statechart): Contents => {
  const states = chart.states.map((state) => ({
    state,
    description: proseBlock(state.description, wrapAt),
    reactions: reactionBlock(state),
  }));
  const names = new Set(chart.states.flatMap(({ path }) => parentOf(path) ?? []));
  return {
    states,
    groups: [...names].map((name) => {
      const children = states.filter(({ state }) => parentOf(state.path) === name);
      const widest = Math.max(...children.map((child) => sizeOfState(child).width));
      return { name, description: proseBlock(describe(name), widest + 2 * (inside - padding)), children };
    }),
    edges: chart.edges.map((edge) => ({ edge, block: edgeBlock(edge) })),
  };
};

export const sizeOfState = ({ state, description, reactions }: StateContent): Size => ({
  width: Math.max(sizeOfHeader(childOf(state.path), description).width, reactions.width) + 2 * padding,
  height:
    sizeOfHeader(childOf(state.path), description).height +
    (reactions.rows.length > 0 ? ruleHeight : 0) +
    reactions.rows.length * rowHeight +
    2 * padding -
    6,
});

/** Name and description. */
export const sizeOfHeader = (name: string, description: Block): Size => ({
  width: Math.max(textWidth(name, 13, true), description.width),
  height: nameHeight + description.rows.length * rowHeight,
});

export const sizeOfLabel = ({ rows, width }: Block): Size => ({
  width: width + 8,
  height: rows.length * rowHeight + 2,
});
