import { agreement, createPair } from '@detente/testing';
import { iceUfrags } from '@detente/core';
import { describe, expect, it } from 'vitest';

/** An answerer and its offerer that have agreed on one track. */
const start = async () => {
  const pair = createPair({ role: 'answerer' });
  pair.change('left', { kind: 'addTrack', which: 0 });
  await pair.drive();
  const { pc } = pair.left.engine;
  return { pair, pc, ufrags: () => iceUfrags(pc.localDescription?.sdp ?? '') };
};

describe('an answerer', () => {
  it('has ICE restarted that its application asked the engine for, which no offerer can see', async () => {
    const { pair, pc, ufrags } = await start();
    const before = ufrags();
    pc.restartIce?.();
    expect(await pair.drive()).toBe(true);
    expect(ufrags()).not.toEqual(before);
    expect([pair.left.errors, pair.right.errors]).toEqual([[], []]);
    expect(agreement(pc, pair.right.engine.pc).agrees).toBe(true);
  });

  it('guesses so only once for something that no offer can bring', async () => {
    const { pair, pc, ufrags } = await start();
    pc.createDataChannel('first');
    await pair.drive(60);
    const guessed = ufrags();
    await pair.drive(2_000);
    expect(ufrags()).toEqual(guessed);
    expect(pair.left.errors.map(({ code }) => code)).toContain('change-failed');
    const madeAtMs = pair.world.clock.now();
    const waitedMs = () => pair.world.clock.now() - madeAtMs;
    const directions = () => pc.getTransceivers().map(({ currentDirection }) => currentDirection);
    pair.change('left', { kind: 'addTrack', which: 0 });
    while (directions().includes(null) && waitedMs() < 100_000) await pair.drive(1);
    expect(directions()).toEqual(['sendonly', 'sendonly']);
    // Long before it asks again for what it asked for in vain.
    expect(waitedMs()).toBeLessThanOrEqual(1_000);
  });
});
