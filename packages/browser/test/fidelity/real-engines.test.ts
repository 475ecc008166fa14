/** Each real engine differs from the specifications where it is known to, and in that way. */
import { describe, expect, it } from 'vitest';
import { lackOf } from '../harness/stage.ts';
import { differences } from './differences.ts';
import { knownEngines } from './known-differences.ts';
import { observe, realEngines } from './observe.ts';

const slowMs = 60_000;
const required = process.env['DETENTE_REQUIRE_ENGINES'] === '1';

// Together, since most of the time goes into starting browsers.
describe.concurrent('differs from the specifications in what is known, and in nothing else:', () => {
  for (const engine of realEngines) {
    const lack = engine === 'werift' ? undefined : lackOf(engine);
    const skipped = lack !== undefined && !required;
    if (skipped) {
      process.stderr.write(`\nSKIPPED: what ${engine} does is not compared with the specifications here. ${lack}\n\n`);
    }
    it.skipIf(skipped)(
      engine,
      async () => {
        if (lack !== undefined) expect.fail(lack);
        const { observations } = await observe(engine);
        expect(differences(observations)).toEqual(knownEngines[engine].differences);
      },
      slowMs,
    );
  }
});
