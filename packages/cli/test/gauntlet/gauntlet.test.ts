import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GauntletResult, type Verdict, scenarios } from '@detente/testing';
import { describe, expect, it } from 'vitest';
import { toSummary } from '../../src/gauntlet/summary.ts';
import { temporaryFolder } from '../support/folder.ts';
import { runCli } from '../support/run-cli.ts';

const glare = ['--scenario', 'glare in a call', '--tries', '8'];

describe('detente gauntlet', () => {
  it('ends with code 0 when ours passes, and others may fail beside it', async () => {
    const { code, output, errors } = await runCli('gauntlet', '--negotiator', 'detente, auto', 'naive', ...glare);

    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output.split('\n').slice(0, 5)).toEqual([
      '1  détente, auto passes 1 of 1',
      '2  naive passes 0 of 1',
      '',
      '                 1  2',
      'glare in a call  ✓  ✗',
    ]);
    expect(output).toMatch(
      /✗ naive, glare in a call: kills the call in \d of 8 \(.+, at \d+ ms\)\n {4}last: .+; .+; .+\n$/,
    );
  });

  it('prints the results for programs, each with its trace', async () => {
    const { output } = await runCli('gauntlet', '--negotiator', 'naive', ...glare, '--json');
    const [result, ...more] = JSON.parse(output) as readonly GauntletResult[];
    expect(more).toEqual([]);
    expect(result).toMatchObject({
      negotiator: 'naive',
      scenario: 'glare in a call',
      verdict: 'kills the call',
      tried: 8,
    });
    expect(result?.trace.length).toBeGreaterThan(3);
  });

  it('prints a page of the chosen scenarios alone', async () => {
    const { output } = await runCli('gauntlet', '--negotiator', 'naive', ...glare, '--markdown');
    expect(output).toContain('| scenario | naive |');
    expect(output).toContain('The end of the shortest, naive:');
    expect(output.match(/^## .+$/gm)).toEqual(['## glare in a call']);
  });

  it('takes a part of a name for all that contain it, and a whole name for one', async () => {
    const play = async (scenario: string) => {
      const { output } = await runCli(
        ...['gauntlet', '--negotiator', 'naive', '--scenario', scenario, '--tries', '1', '--json'],
      );
      return (JSON.parse(output) as readonly GauntletResult[]).map((result) => result.scenario);
    };
    expect(await play('IS LOST')).toEqual(scenarios.map(({ name }) => name).filter((name) => name.includes('is lost')));
    expect(await play('turns')).toEqual(['turns']);
  });

  it.each([
    [['--negotiator', 'peerjs'], "There is no negotiator 'peerjs'. There are:\n  détente, polite / impolite\n"],
    [['--scenario', 'rain'], "There is no scenario 'rain'. There are:\n  turns\n"],
    [['--tries', '0'], 'It must be a whole number from 1 to 1000.'],
    [['--json', '--markdown'], "option '--json' cannot be used with option '--markdown'"],
  ])('refuses %j with code 2', async (args, complaint) => {
    const { code, output, errors } = await runCli('gauntlet', ...args);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain(complaint);
  });
});

describe("detente gauntlet with a driver of one's own", () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const mute = `{ name: 'mute', create: () => ({ receive() {} }) }`;

  it.each([
    ['its default export', `export default ${mute};`],
    ['the export of that name', `export const driver = ${mute};`],
  ])('plays it alone, from %s, and ends with 1 when it fails', async (_, text) => {
    const file = write(`${_.length}.mjs`, text);
    const { code, output, errors } = await runCli('gauntlet', '--driver', file, '--scenario', 'turns', '--tries', '1');
    expect({ code, errors }).toEqual({ code: 1, errors: '' });
    expect(output).toMatch(/^1 {2}mute passes 0 of 1\n\n/);
    expect(output).toContain('✗ mute, turns: loses a change in 1 of 1');
  });

  it('plays it beside others', async () => {
    const file = write('beside.mjs', `export default ${mute};`);
    const { output } = await runCli(
      ...['gauntlet', '--driver', file, '--negotiator', 'naive', '--scenario', 'turns', '--tries', '1'],
    );
    expect(output.split('\n').slice(0, 2)).toEqual(['1  mute passes 0 of 1', '2  naive passes 1 of 1']);
  });

  it.each([
    [
      'nothing.mjs',
      'export const other = 1;',
      'exports no driver: its default export, or the one named driver, must be',
    ],
    ['wrong.mjs', `export default { name: 'x' };`, 'exports no driver'],
    ['broken.mjs', `throw new Error('not today');`, 'cannot be loaded: not today'],
  ])('refuses %s with code 2', async (name, text, complaint) => {
    const file = write(name, text);
    const { code, output, errors } = await runCli('gauntlet', '--driver', file);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain(`${file} ${complaint}`);
  });

  it('refuses a file that there is not with code 2', async () => {
    const { code, errors } = await runCli('gauntlet', '--driver', join(folder, 'absent.mjs'));
    expect(code).toBe(2);
    expect(errors).toContain('absent.mjs cannot be loaded: ');
  });
});

describe('the summary', () => {
  it('has a row for each scenario, a column for each negotiator, and for each failure what went wrong, when, and after what', () => {
    const result = (negotiator: string, scenario: string, verdict: Verdict): GauntletResult => ({
      ...{ negotiator, scenario, verdict },
      ...{ reason: 'it rains', because: 'it rains', atMs: 1, seen: 2, tried: 3, seed: 1 },
      ...{ length: 4, trace: ['  0 ms  wind', '  0 ms  clouds', '  1 ms  drops', '  1 ms  rain'] },
    });
    const lines = toSummary([
      result('left', 'sun', 'passes'),
      result('left', 'storm', 'deadlocks'),
      result('right', 'sun', 'passes'),
      result('right', 'storm', 'passes'),
    ]);
    expect(lines).toEqual([
      '1  left passes 1 of 2',
      '2  right passes 2 of 2',
      '',
      '       1  2',
      'sun    ✓  ✓',
      'storm  ✗  ✓',
      '',
      '✗ left, storm: deadlocks in 2 of 3 (it rains, at 1 ms)\n    last: 0 ms  clouds; 1 ms  drops; 1 ms  rain',
    ]);
  });
});
