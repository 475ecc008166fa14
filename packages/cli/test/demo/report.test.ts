import { expect, it } from 'vitest';
import { toReport } from '../../src/demo/report.ts';
import { agreement, first, second } from './facts.ts';

// Colours depend on where the tests run.
const plain = (lines: readonly string[]) => lines.join('\n').replace(/\u001b\[\d+m/g, '');

it('sums up an agreement', () => {
  const { lines, failed, checks } = toReport(agreement);
  expect([failed, checks]).toEqual([0, 6]);
  expect(plain(lines)).toBe(`\
  changes        5   tracks that clients added or removed
  exchanges     12   6 offered by clients, 6 by the SFU
  waits          6   4 of a client for the SFU, 2 of the SFU for a client
  glares         0   offers that met an offer
  rollbacks      0   offers taken back
  errors         0   reported at either end

  client      publishes   receives      at rest
  client 1    1           1 of 1        both ends
  client 2    1           1 of 1        both ends

  ✓ every client receives exactly the tracks that are published
  ✓ both ends of every connection are stable and owe nothing
  ✓ no offers collided
  ✓ nothing was rolled back
  ✓ no error was reported
  ✓ no peer connection is left open`);
});

it('lists what is wrong under the claim, shortened', () => {
  const errors = Array.from({ length: 9 }, (_, index) => `trouble ${index}`);
  const ends = { ...first.ends, client: { ...first.ends.client, errors, unrest: ['its session is stuck'] } };
  const { lines, failed } = toReport({ ...agreement, clients: [{ ...first, ends }, second] });
  expect(failed).toBe(2);
  expect(plain(lines)).toContain('client 1    1           1 of 1        no');
  expect(plain(lines)).toContain(`  ✗ no error was reported\n      1 × trouble 0\n`);
  expect(plain(lines)).toContain('      and 4 more');
});
