/** What has to hold on each real engine: that it differs from the specifications where it is known to, and in that way. */
import { describe, expect, it } from 'vitest';
import { lackOf } from '../harness/stage.ts';
import { differences } from './differences.ts';
import { knownEngines } from './known-differences.ts';
import { type RealEngine, observe } from './observe.ts';

const slowMs = 60_000;

export const describeFidelity = (engine: RealEngine): void => {
  const lack = engine === 'werift' ? undefined : lackOf(engine);
  const required = process.env['DETENTE_REQUIRE_ENGINES'] === '1';
  if (lack !== undefined && !required) {
    process.stderr.write(`\nSKIPPED: what ${engine} does is not compared with the specifications here. ${lack}\n\n`);
  }
  describe.skipIf(lack !== undefined && !required)(engine, () => {
    it(
      'differs from the specifications in what is known, and in nothing else',
      async () => {
        if (lack !== undefined) expect.fail(lack);
        const { observations } = await observe(engine);
        expect(differences(observations)).toEqual(knownEngines[engine].differences);
      },
      slowMs,
    );
  });
};
