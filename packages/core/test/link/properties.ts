// What must hold of two links in every state, and what must hold once faults are over. The property tests and the
// exhaustive exploration judge by the same sentences; each answers with null or with what is wrong.
import { otherSide, sides } from './world.ts';
import type { Side, World } from './world.ts';

export type Property = (world: World) => string | null;

const eachSide =
  (judge: (world: World, side: Side) => string | false): Property =>
  (world) =>
    sides.map((side) => judge(world, side)).find((verdict) => verdict !== false) ?? null;

/** Exactly once, in order, and no honest frame is taken for garbage. */
export const deliversInOrder: Property = (world) => world.broken;

export const neverForgetsTooEarly = eachSide(
  (world, side) =>
    world[side].link.acked > world[otherSide(side)].link.received && `${side} forgot a message that was not delivered`,
);

export const staysBounded = eachSide((world, side) => {
  const { unacked, early, options } = world[side].link;
  return (unacked.length > options.capacity || early.length >= options.capacity) && `${side} outgrows its capacity`;
});

export const runsItsTimerWhileItWaits = eachSide((world, side) => {
  const { link, timer } = world[side];
  const waits = link.options.mode === 'lossy' && link.unacked.length > 0;
  return waits !== (timer !== null) && `${side} ${waits ? 'waits without a timer' : 'runs a timer for nothing'}`;
});

export const always = { deliversInOrder, neverForgetsTooEarly, staysBounded, runsItsTimerWhileItWaits };

/**
 * Nothing on the way, nothing out of turn, everything sent was delivered, and replay buffers as empty as the mode
 * promises.
 */
export const isAtRest = eachSide((world, side) => {
  const { link, inbound, sent } = world[side];
  const { mode, ackEvery } = world[otherSide(side)].link.options;
  if (link.failed !== null) return `${side} failed with ${link.failed}`;
  if (sent !== world[otherSide(side)].delivered) return `what ${side} sent is not all delivered`;
  if (inbound.length > 0 || link.early.length > 0) return `${side} still has frames in hand`;
  return link.unacked.length >= ackEvery && `${side} still keeps ${link.unacked.length} messages of a ${mode} link`;
});
