import { describe, expect, it } from 'vitest';
import { check, formatPath, formatReport, type Report } from '../../src/engine/index.ts';
import { createModel as createAlternatingBit } from './models/alternating-bit.ts';
import { createModel as createJugs } from './models/jugs.ts';
import { createModel as createTokens } from './models/tokens.ts';

const inSeconds = (report: Report, seconds: number): Report => ({ ...report, seconds });

describe('formatReport', () => {
  it('sums up a report in one line, failures by their ids', async () => {
    expect(formatReport(inSeconds(await check(createJugs()), 1.5))).toBe(
      'states=16 transitions=96 depth=7 sec=1.50 holds=2/4 failed=unsolved:violated,overflow:never-reached',
    );
  });

  it('says why a search stopped', async () => {
    const report = await check(createTokens({ places: 2, tokens: 3 }), { maxStates: 1 });
    expect(formatReport(inSeconds(report, 0))).toBe(
      'states=3 transitions=2 depth=0 sec=0.00 holds=0/3 failed=no-deadlock:undecided,no-crowd:undecided,even:undecided stopped=states',
    );
  });
});

describe('formatPath', () => {
  it('writes steps as numbered lines, and the cycle below them', async () => {
    const { properties } = await check(createAlternatingBit({ deliveries: 'weak' }));
    expect(formatPath(properties.at(-1)!.counterexample!)).toBe(
      [
        '  0. 0 0 -1 -1',
        '  1. send → 0 0 0 -1',
        '  2. deliver data → 0 1 -1 0',
        '  3. deliver ack → 1 1 -1 -1',
        'for ever:',
        '  4. send → 1 1 1 -1',
        '  5. lose data → 1 1 -1 -1',
      ].join('\n'),
    );
  });
});

describe('a report', () => {
  it('is plain data', async () => {
    const report = await check(createAlternatingBit({ deliveries: 'weak' }));
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
