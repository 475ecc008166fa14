// Two reliable links, a connection that is in order until it breaks, and an application that resyncs on one side or on
// both, soon or late, before or after new messages.
import type { LinkOptions } from '../../src/link/index.ts';
import type { Model } from './explore.ts';
import { always, isAtRest } from './properties.ts';
import { act, arrive, connect, createWorld, cut, otherSide, sendNext, settle, sides } from './world.ts';
import type { Rules, Side, World } from './world.ts';
import { dangers, isDone, keyOf, nameOf } from './world-names.ts';

export interface ReliableBounds {
  readonly options: LinkOptions;
  readonly messages: Readonly<Record<Side, number>>;
  readonly cuts: number;
  readonly resyncs: number;
  readonly rules: Rules;
}

export interface Reconnecting {
  readonly world: World;
  readonly cuts: number;
  readonly resyncs: number;
  /** The connection broke and nobody has resynced since. */
  readonly owesResync: boolean;
}

export function reliableModel(bounds: ReliableBounds): Model<Reconnecting> {
  const { options, messages, rules } = bounds;
  const inWorld =
    <T>(judge: (world: World) => T) =>
    ({ world }: Reconnecting): T =>
      judge(world);
  const mapValues = <V, W>(values: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
  return {
    initial: { world: createWorld(options), cuts: 0, resyncs: 0, owesResync: false },
    moves: (state) => movesFrom(state, bounds),
    key: ({ world, cuts, resyncs, owesResync }) => `${cuts} ${resyncs} ${owesResync} ${keyOf(world)}`,
    always: { ...mapValues(always, inWorld), resumesWhoeverResyncs: resumesWhoeverResyncs(rules) },
    sometimes: {
      ...mapValues(dangers, inWorld),
      'the connection breaks with messages both ways': ({ world }) =>
        !world.connected && sides.every((side) => world[side].sent > world[otherSide(side)].delivered),
      'done after the last cut': ({ world, cuts }) =>
        cuts === bounds.cuts && isDone(messages.left + messages.right, world),
    },
  };
}

function movesFrom(state: Reconnecting, bounds: ReliableBounds): readonly (readonly [string, Reconnecting])[] {
  const { world, cuts, resyncs } = state;
  const { rules, messages } = bounds;
  const perSide = sides.flatMap((side) => {
    const [frame] = world[side].inbound;
    return [
      ...(world[side].sent < messages[side] ? [[`${side} sends`, sendNext(world, side, rules)] as const] : []),
      ...(frame ? [[`${side} gets ${nameOf(frame)}`, arrive(world, side, 0, false, rules)] as const] : []),
    ];
  });
  const connection = world.connected ? [] : [['the connection is back', connect(world)] as const];
  const breaks =
    world.connected && cuts < bounds.cuts
      ? [['the connection breaks', { world: cut(world), cuts: cuts + 1, resyncs, owesResync: true }] as const]
      : [];
  const resyncing = sides
    .filter(() => world.connected && resyncs < bounds.resyncs)
    .map((side) => {
      const next = act(world, side, { type: 'resync' }, rules);
      return [`${side} resyncs`, { world: next, cuts, resyncs: resyncs + 1, owesResync: false }] as const;
    });
  const inWorld = [...perSide, ...connection].map(([name, next]) => [name, { ...state, world: next }] as const);
  return [...inWorld, ...breaks, ...resyncing];
}

/** From here on nothing breaks: if a resync is owed, either side or both do it, and all is delivered. */
function resumesWhoeverResyncs(rules: Rules) {
  const choices: readonly (readonly Side[])[] = [['left'], ['right'], ['left', 'right']];
  return ({ world, owesResync }: Reconnecting): string | null => {
    const ends = (owesResync ? choices : [[]]).map((resyncing) => {
      const start = resyncing.reduce((next, side) => act(next, side, { type: 'resync' }, rules), connect(world));
      return settle(start, rules);
    });
    const verdicts = ends.filter(({ broken }) => broken === null).map(isAtRest);
    return verdicts.find((verdict) => verdict !== null) ?? null;
  };
}
