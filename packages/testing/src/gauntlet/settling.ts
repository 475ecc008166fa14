/**
 * A bound on scenarios, which are code of others: on one that waits for what never comes, and on one that never stops. Only a
 * scenario that blocks the thread cannot be ended from here.
 */
import { microtasksDone } from '../clock.ts';
import type { World } from '../world.ts';

/** Turns of the event loop in which nothing moves, while every way to wait on a stage moves something in each. */
const idleTurns = 50;
/** An honest scenario needs some hundreds. */
const mostTurns = 20_000;

/** Settles as `playing` does; rejects when it will not, since nothing in its world moves any more, or moves for ever. */
export const settling = async (playing: Promise<void>, world: World): Promise<void> => {
  let settled = false;
  const watch = async () => {
    let [idle, before] = [0, ''];
    for (let turns = 0; !settled; turns += 1) {
      const now = [world.steps, world.clock.now(), world.events.length].join();
      idle = now === before ? idle + 1 : 0;
      before = now;
      if (idle === idleTurns) throw new Error('the scenario waits for what never comes');
      if (turns === mostTurns) throw new Error('the scenario never comes to an end');
      await microtasksDone();
    }
  };
  try {
    await Promise.race([playing, watch()]);
  } finally {
    settled = true;
  }
};
