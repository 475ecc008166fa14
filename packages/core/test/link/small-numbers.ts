// The same world with small numbers: what makes the states of an endless run finitely many.
import { renumberFrame, renumberLink } from '../../src/link/index.ts';
import type { LinkFrame } from '../../src/link/index.ts';
import { otherSide, withInbound } from './world.ts';
import type { Endpoint, Side, World } from './world.ts';
import { withFrameSets } from './world-names.ts';

/**
 * Moves the numbers of each direction so that the last acknowledged one is 1, and forgets frames that can never
 * matter.
 */
export function withSmallNumbers(world: World): World {
  const shiftOf = (side: Side): number => Math.min(0, 1 - world[side].link.acked);
  const shifts = { left: shiftOf('left'), right: shiftOf('right') };
  const live = withInbound(world, (side) =>
    world[side].inbound
      .flatMap((frame) => whatMatters(frame, world[side]))
      .map((frame) => renumberFrame(frame, shifts[otherSide(side)], shifts[side])),
  );
  const renumbered = (side: Side): Endpoint => {
    return { ...live[side], link: renumberLink(live[side].link, shifts[side], shifts[otherSide(side)]) };
  };
  return withFrameSets({ ...live, left: renumbered('left'), right: renumbered('right') });
}

/** Both `acked` and `received` only grow, so what lies behind them now lies behind them for ever. */
function whatMatters(frame: LinkFrame<number>, { link }: Endpoint): readonly LinkFrame<number>[] {
  const { acked, received, failed } = link;
  if (failed !== null) return [];
  if (frame.resync === true) return [{ ack: Math.max(frame.ack, acked), resync: true }];
  const news = frame.ack !== undefined && frame.ack > acked ? { ack: frame.ack } : null;
  if (frame.seq !== undefined && frame.seq >= received) return [{ seq: frame.seq, message: frame.message, ...news }];
  return news === null ? [] : [news];
}
