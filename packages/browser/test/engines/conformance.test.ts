/** The port's contract, and the gauntlet's scenarios that can be played here, on every engine of the W3C's shape. */
import { expect, it } from 'vitest';
import { describeOn } from '../harness/stage.ts';
import { mishaps } from '../scenarios/mishaps.ts';

// A duplicate answer leaves a flag of the example stuck, which this one glare need not be lost by.
const deadlocks = mishaps.filter((mishap) => mishap !== 'duplicate answer, then glare');

for (const engine of ['chromium', 'firefox', 'wrtc'] as const) {
  describeOn(engine, (stage) => {
    it('keeps the contract of a port', async () => {
      const results = await stage.play('conformance', undefined);
      expect(Object.keys(results).length).toBeGreaterThan(10);
      expect(Object.entries(results).filter(([, result]) => result !== 'passed')).toEqual([]);
    });

    it.each(mishaps)('%s: ends in agreement in every pair of roles', async (mishap) => {
      for (const by of ['polite', 'requester', 'auto'] as const) {
        expect({ by, differences: await stage.play('mishap', { mishap, by }) }).toEqual({ by, differences: [] });
      }
    });

    // The example leaves it to the engine to make descriptions, which wrtc cannot.
    it.skipIf(engine === 'wrtc').each(deadlocks)("%s: the W3C's example never comes to agree", async (mishap) => {
      expect(await stage.play('mishap', { mishap, by: 'w3c' })).not.toEqual([]);
    });
  });
}
