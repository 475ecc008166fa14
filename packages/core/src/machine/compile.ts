/**
 * From the statechart to the compiled chart: for each leaf state and each event, the moves to try in order. Runs when the
 * chart is changed; what ships is its result.
 */
import type { Chart, Deed, Move, Moves } from './chart-types.ts';
import { negotiationMachine } from './machine.ts';

type ActionNode = string | ActionObject;

interface ActionObject {
  readonly type: string;
  readonly params?: object;
}

/** What is read of XState's own resolved nodes and transitions; nothing of the config is interpreted again here. */
interface StateNode {
  readonly id: string;
  readonly path: readonly string[];
  readonly parent?: StateNode;
  readonly type: string;
  readonly states: Readonly<Record<string, StateNode>>;
  readonly initial?: { readonly target?: readonly StateNode[] };
  readonly entry: readonly ActionNode[];
  readonly exit: readonly ActionNode[];
  readonly always?: readonly Transition[];
  readonly transitions: ReadonlyMap<string, readonly Transition[]>;
}

interface Transition {
  readonly guard?: unknown;
  readonly target?: readonly StateNode[];
  readonly actions: readonly ActionNode[];
  readonly reenter: boolean;
}

/** The chart that `chart.ts` holds. Deterministic. */
export const compileChart = (): Chart => {
  const root = negotiationMachine.root as unknown as StateNode;
  const states = Object.fromEntries(leavesOf(root).map((leaf) => [leaf.path.join('.'), toState(leaf)]));
  return { common: toMoves([root]), states } as unknown as Chart;
};

const leavesOf = (node: StateNode): readonly StateNode[] => {
  const children = Object.values(node.states);
  return children.length === 0 ? [node] : children.flatMap(leavesOf);
};

const toState = (leaf: StateNode) => ({
  entry: leaf.entry.map(toDeed),
  exit: leaf.exit.map(toDeed),
  always: (leaf.always ?? []).map(toMove),
  on: leaf.type === 'final' ? {} : toMoves(scopesOf(leaf)),
});

/** A leaf and what it is nested in, but not the root, whose moves are common to all. */
const scopesOf = (node: StateNode): readonly StateNode[] => (node.parent ? [node, ...scopesOf(node.parent)] : []);

/** An inner state's transitions are tried before an outer one's. Spec: SCXML, selectTransitions. */
const toMoves = (scopes: readonly StateNode[]): Moves => {
  const events = [...new Set(scopes.flatMap((scope) => [...scope.transitions.keys()]))].sort();
  return Object.fromEntries(
    events.map((event) => [
      event,
      untilUnguarded(scopes.flatMap((scope) => scope.transitions.get(event) ?? []).map(toMove)),
    ]),
  );
};

const untilUnguarded = (moves: readonly Move[]): readonly Move[] => {
  const last = moves.findIndex(({ guard }) => guard === undefined);
  return last === -1 ? moves : moves.slice(0, last + 1);
};

const toMove = ({ guard, target, actions }: Transition): Move => {
  const node = target?.[0];
  return {
    ...(typeof guard === 'string' ? { guard } : {}),
    ...(node ? { target: initialLeaf(node).path.join('.') } : {}),
    does: actions.map(toDeed),
  } as Move;
};

const toDeed = (action: ActionNode): Deed =>
  (typeof action === 'string' ? action : action.params ? { type: action.type, ...action.params } : action.type) as Deed;

const initialLeaf = (node: StateNode): StateNode => {
  const inner = node.initial?.target?.[0];
  return inner ? initialLeaf(inner) : node;
};
