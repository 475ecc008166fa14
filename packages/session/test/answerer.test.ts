import { agreement, createPair } from '@detente/testing';
import { iceUfrags, liveUfrags } from '@detente/core';
import { describe, expect, it } from 'vitest';

/** An answerer and its offerer that have agreed on one track. */
const start = async (engine: 'spec' | 'chromium' = 'spec') => {
  const pair = createPair({ role: 'answerer', variants: { left: engine, right: engine } });
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

  it('has it restarted once, also where what an m-line had lives on in its rejection', async () => {
    const { pair, ufrags } = await start('chromium');
    pair.change('right', { kind: 'addTrack', which: 1 });
    await pair.drive();
    const [before] = ufrags();
    const { length } = pair.left.trace;
    pair.left.session.restartIce();
    pair.right.engine.pc.getTransceivers()[0]?.stop();
    await pair.drive();
    const generations = pair.left.trace
      .slice(length)
      .flatMap(({ outputs }) =>
        outputs.flatMap((output) =>
          output.type === 'send' && output.message.kind === 'answer' ? liveUfrags(output.message.description.sdp) : [],
        ),
      );
    expect(generations).toEqual([before, expect.not.stringMatching(`^${before}$`)]);
    expect(pair.left.errors).toEqual([]);
    expect(agreement(pair.left.engine.pc, pair.right.engine.pc).agrees).toBe(true);
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

  it('asks at once for a track that was added just when something else failed for good once more', async () => {
    const { pair, pc } = await start();
    pc.createDataChannel('first');
    await pair.drive(500);
    const { errors } = pair.left;
    const failed = errors.length;
    while (errors.length === failed) await pair.step();
    const madeAtMs = pair.world.clock.now();
    pair.change('left', { kind: 'addTrack', which: 0 });
    const isNegotiated = () => pc.getTransceivers().every(({ currentDirection }) => currentDirection !== null);
    while (!isNegotiated() && pair.world.clock.now() - madeAtMs < 100_000) await pair.step();
    expect(pair.world.clock.now() - madeAtMs).toBeLessThanOrEqual(1_000);
  });
});
