// How the exploration tells worlds and frames apart, and the dangers that it must be seen to reach.
import type { LinkFrame } from '../../src/link/index.ts';
import { otherSide, sides, withInbound } from './world.ts';
import type { World } from './world.ts';

/** Shape: `#3`, `#3 ack 7`, `ack 7`, `ack 7 resync`. */
export function nameOf({ seq, ack, resync }: LinkFrame<number>): string {
  const parts = [
    seq === undefined ? [] : [`#${seq}`],
    ack === undefined ? [] : [`ack ${ack}`],
    resync ? ['resync'] : [],
  ];
  return parts.flat().join(' ');
}

/** Everything in a world that can differ between two states of one model. */
export function keyOf({ left, right, connected, broken }: World): string {
  const parts = [left, right].map(({ link, sent, delivered, timer, inbound }) => {
    const { acked, unacked, received, early, told, attempts, failed } = link;
    return [acked, unacked, received, early, told, attempts, failed, sent, delivered, timer, inbound];
  });
  return JSON.stringify([parts, connected, broken]);
}

/** The same world with the frames on the way as sets: no copies, no order. */
export const withFrameSets = (world: World): World =>
  withInbound(world, (side) => {
    const named = new Map(world[side].inbound.map((frame) => [nameOf(frame), frame]));
    return [...named].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, frame]) => frame);
  });

const onSomeSide =
  (judge: (endpoint: World['left']) => boolean) =>
  (world: World): boolean =>
    sides.some((side) => judge(world[side]));

export const dangers = {
  'a message comes early': onSomeSide(({ link }) => link.early.length > 0),
  'a delivered message comes again': onSomeSide(({ link, inbound }) =>
    inbound.some(({ seq }) => seq !== undefined && seq <= link.received),
  ),
  'an old acknowledgement comes again': onSomeSide(({ link, inbound }) =>
    inbound.some(({ ack, resync }) => ack !== undefined && ack <= link.acked && resync !== true),
  ),
  'both sides resync at once': (world: World) =>
    sides.every((side) => world[side].inbound.some(({ resync }) => resync === true)),
};

export const failures = {
  'one side is exhausted': onSomeSide(({ link }) => link.failed === 'link-exhausted'),
  'one side overflows': onSomeSide(({ link }) => link.failed === 'link-overflow'),
};

/** All messages of all sides are where they belong. */
export const isDone = (messages: World['left']['sent'], world: World): boolean =>
  sides.every((side) => world[otherSide(side)].delivered === world[side].sent) &&
  sides.reduce((total, side) => total + world[side].sent, 0) === messages;
