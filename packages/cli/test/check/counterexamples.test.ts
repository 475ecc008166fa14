import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { chart } from '@detente/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { type Outcome, runCli } from '../support/run-cli.ts';

type Chart = typeof chart;
type MutableChart = { readonly states: Record<string, { on: Record<string, readonly unknown[]> }> } & Pick<
  Chart,
  'common'
>;

/** The program around a chart that somebody has changed: its modules are loaded once more. */
const runChanged = async (change: (chart: MutableChart) => void, ...args: readonly string[]): Promise<Outcome> => {
  vi.resetModules();
  const core = await import('@detente/core');
  change(core.chart as unknown as MutableChart);
  const { runCli: run } = await import('../support/run-cli.ts');
  return run(...args);
};

/** Applies a remote offer while it makes its own. */
const breaksS1 = ({ states, common }: MutableChart) => {
  states['local-offer-pending.creating']!.on['remote.offer'] = common['remote.offer']!;
};
/** Owes another offer after every exchange. */
const breaksL4 = ({ states }: MutableChart) => {
  states['local-offer-pending.applying-answer']!.on['engine.done'] = [{ target: 'stable', does: ['owe'] }];
};

const folder = temporaryFolder();
const at = (name: string) => join(folder, 'found', `polite.rollback-both.changes-1.${name}`);
const read = (name: string) => readFileSync(at(name), 'utf8');

describe('detente check --out, for a chart that breaks a rule,', () => {
  let outcome: Outcome;
  beforeAll(async () => {
    outcome = await runChanged(breaksS1, 'check', 'polite', '--changes', '1', '--out', join(folder, 'found'));
  });
  afterAll(() => vi.resetModules());

  it('ends with code 1, and writes text, pictures and a recording', () => {
    expect(outcome.code).toBe(1);
    expect(outcome.output).toContain('S1 violated');
    expect(readdirSync(join(folder, 'found')).filter((name) => name.includes('.S1.'))).toEqual(
      ['mmd', 'svg', 'trace.json', 'txt'].map((ending) => `polite.rollback-both.changes-1.S1.${ending}`),
    );
  });

  it('tells the steps, and what the real sessions say that take them', () => {
    const text = read('S1.txt');
    expect(text).toMatch(/ {2}4\. right gets offer 1 → .* violates S1\n/);
    expect(text).toMatch(/Real sessions take these steps, and say: .*S1/);
  });

  it('draws what went wrong', () => {
    expect(read('S1.svg')).toMatch(/^<svg[^]*violates S1[^]*<\/svg>\s*$/);
    expect(read('S1.mmd')).toContain('sequenceDiagram');
    expect(read('S1.mmd')).toContain('violates S1');
  });

  it('records what is replayed as long as the chart is as it was', async () => {
    const same = await runChanged(breaksS1, 'replay', at('S1.trace.json'));
    expect({ code: same.code, errors: same.errors }).toEqual({ code: 0, errors: '' });
    expect(same.output).toContain('right (impolite, right-1): all');

    vi.resetModules();
    const mended = await import('../support/run-cli.ts');
    const { code, output } = await mended.runCli('replay', at('S1.trace.json'));
    expect(code).toBe(1);
    expect(output).toContain('comes out otherwise than recorded');
  });
});

it('marks where a run begins to repeat itself', async () => {
  const out = join(folder, 'endless');
  await runChanged(breaksL4, 'check', 'polite', '--changes', '1', '--out', out);
  const file = join(out, 'polite.rollback-both.changes-1.L4');
  expect(readFileSync(`${file}.txt`, 'utf8')).toContain('for ever:\n');
  expect(readFileSync(`${file}.svg`, 'utf8')).toContain('from here for ever');
  expect(existsSync(`${file}.trace.json`)).toBe(true);
});

it('writes nothing when everything holds', async () => {
  const out = join(folder, 'nothing');
  expect((await runCli('check', 'polite', '--changes', '1', '--out', out)).code).toBe(0);
  expect(existsSync(out)).toBe(false);
});
