// Two lossy links over a channel that loses, duplicates and reorders without any limit. Frames on the way are a set
// that only grows: a frame may arrive at any time, any number of times, in any order, or never, so that every such
// fault is a path.
import type { LinkOptions } from '../../src/link/index.ts';
import type { Model } from './explore.ts';
import { always, isAtRest } from './properties.ts';
import { withSmallNumbers } from './small-numbers.ts';
import { act, arrive, createWorld, fire, sendNext, settle, sides, withInbound } from './world.ts';
import type { Rules, Side, World } from './world.ts';
import { dangers, failures, isDone, keyOf, nameOf, withFrameSets } from './world-names.ts';

export interface LossyBounds {
  readonly options: LinkOptions;
  readonly messages: Readonly<Record<Side, number>>;
  readonly rules: Rules;
}

export function lossyModel({ options, messages, rules }: LossyBounds): Model<World> {
  return {
    initial: createWorld(options),
    moves: (world) => movesFrom(world, rules, (side) => world[side].sent < messages[side], withFrameSets),
    key: keyOf,
    always: { ...always, comesToRest: comesToRest(rules) },
    sometimes: { ...dangers, ...failures, done: (world) => isDone(messages.left + messages.right, world) },
  };
}

// Renumbering forgets acknowledgements that say nothing new.
const { 'an old acknowledgement comes again': _, ...lastingDangers } = dangers;

/** No end of messages: numbers move back as acknowledgements move on, so that a run without end revisits its states. */
export function endlessModel({ options, senders, rules }: EndlessBounds): Model<World> {
  const maySend = (world: World, side: Side): boolean =>
    senders.includes(side) && world[side].link.unacked.length < world[side].link.options.capacity;
  return {
    initial: createWorld(options),
    moves: (world) => movesFrom(world, rules, (side) => maySend(world, side), withSmallNumbers),
    key: keyOf,
    always: { ...always, comesToRest: comesToRest(rules) },
    sometimes: { ...lastingDangers, 'one side is exhausted': failures['one side is exhausted'] },
  };
}

export interface EndlessBounds {
  readonly options: LinkOptions;
  /** A sender never sends more than its link has room for. */
  readonly senders: readonly Side[];
  readonly rules: Rules;
}

function movesFrom(
  world: World,
  rules: Rules,
  maySend: (side: Side) => boolean,
  tidy: (world: World) => World,
): readonly (readonly [string, World])[] {
  const moves = sides.flatMap((side) => [
    ...(maySend(side) ? [[`${side} sends`, sendNext(world, side, rules)] as const] : []),
    ...(world[side].timer === null ? [] : [[`${side} times out`, fire(world, side, rules)] as const]),
    [`${side} resyncs`, act(world, side, { type: 'resync' }, rules)] as const,
    ...world[side].inbound.map(
      (frame, index) => [`${side} gets ${nameOf(frame)}`, arrive(world, side, index, true, rules)] as const,
    ),
  ]);
  return moves.map(([name, next]) => [name, tidy(next)]);
}

/**
 * From here on nothing is lost, whether or not what is on the way still arrives: all is delivered and forgotten,
 * unless a link that has no attempts left says so.
 */
function comesToRest(rules: Rules) {
  return (world: World): string | null => {
    const mayFail = sides.some((side) => {
      const { failed, attempts, unacked, options } = world[side].link;
      return failed !== null || (unacked.length > 0 && attempts === options.attempts);
    });
    const ends = [world, withInbound(world, () => [])].map((start) => settle(start, rules));
    const hasFailed = (end: World): boolean => sides.some((side) => end[side].link.failed !== null);
    const verdicts = ends.filter((end) => !(mayFail && hasFailed(end)) && end.broken === null).map(isAtRest);
    return verdicts.find((verdict) => verdict !== null) ?? null;
  };
}
