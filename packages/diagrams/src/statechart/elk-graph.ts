/** A statechart as a graph for ELK's layered layout, from top to bottom. */
import type { ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import { parentOf } from '../state-path.ts';
import {
  type Contents,
  type EdgeContent,
  type GroupContent,
  type StateContent,
  inside,
  padding,
  sizeOfHeader,
  sizeOfLabel,
  sizeOfState,
} from './contents.ts';

/** The id of the second `stable`. */
export const againId = 'again';

export const toElkGraph = ({ states, groups, edges }: Contents): ElkNode => ({
  id: 'chart',
  layoutOptions: options,
  children: [
    ...states.filter(({ state }) => parentOf(state.path) === undefined).map((item) => toNode(item, top)),
    ...groups.map(toGroup),
    { id: againId, width: 260, height: 34, layoutOptions: bottom },
  ],
  edges: edges.map(toEdge),
});

const toGroup = ({ name, description, children }: GroupContent): ElkNode => {
  const above = 2 * padding + sizeOfHeader(name, description).height;
  return {
    id: name,
    layoutOptions: { 'elk.padding': `[top=${above},left=${inside},bottom=${inside},right=${inside}]` },
    children: children.map((child) => toNode(child, movablePorts)),
  };
};

const toNode = (content: StateContent, layoutOptions: LayoutOptions): ElkNode => ({
  id: content.state.path,
  ...sizeOfState(content),
  layoutOptions,
});

const toEdge = ({ edge, block }: EdgeContent, index: number): ElkExtendedEdge => ({
  id: `edge ${index}`,
  sources: [edge.from],
  targets: [edge.to === 'stable' ? againId : edge.to],
  labels: [
    {
      // ELK takes no notice of a label without text; its size is what counts.
      text: 'label',
      ...sizeOfLabel(block),
      layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' },
    },
  ],
});

const flexible = (what: 'PORT_POSITION' | 'NODE_SIZE'): LayoutOptions => ({
  'elk.layered.nodePlacement.networkSimplex.nodeFlexibility': what,
});
const movablePorts = flexible('PORT_POSITION');
const top = { ...flexible('NODE_SIZE'), 'elk.layered.layering.layerConstraint': 'FIRST' };
const bottom = { ...flexible('NODE_SIZE'), 'elk.layered.layering.layerConstraint': 'LAST' };

const options: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
  'elk.layered.spacing.nodeNodeBetweenLayers': '26',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.thoroughness': '60',
  // Our own offer stands on the left, the other side's on the right, in every picture.
  'elk.layered.considerModelOrder.strategy': 'PREFER_NODES',
};
