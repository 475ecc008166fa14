import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/folder.ts';
import { runCli } from './support/run-cli.ts';

const folder = temporaryFolder();
const small = ['--model', 'answerer-offerer', 'rollback-none', 'broken-engines-1'];
const name = 'answerer-offerer.rollback-none.broken-engines-1';

describe('detente export', () => {
  it('prints a model for Spin, which begins with what it is', async () => {
    const { code, output, errors } = await runCli('export', '--promela', ...small);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output.split('\n').slice(0, 2)).toEqual(['/*', name]);
    expect(output).toContain('active proctype Sides()');
  });

  it('writes a module for TLC under the name of its file, and its configuration beside it', async () => {
    const file = join(folder, 'new', 'Answering.tla');
    const { code, output } = await runCli('export', '--tla', ...small, '--out', file);
    expect(code).toBe(0);
    expect(output.split('\n').map((line) => line.split('  ')[0])).toEqual([file, file.replace('.tla', '.cfg'), '']);
    expect(readFileSync(file, 'utf8')).toMatch(/^-+ MODULE Answering -+\n/);
    expect(readFileSync(file.replace('.tla', '.cfg'), 'utf8')).toMatch(/^SPECIFICATION Spec\nINVARIANTS no_deadlock /);
  });

  it('prints a module for TLC with its configuration below, where no tool reads it', async () => {
    const { output } = await runCli('export', '--tla', ...small);
    expect(output).toMatch(/\n=+\n\nSPECIFICATION Spec\n/);
  });

  it.each([
    [[], 'Say what for: --promela (Spin) or --tla (TLC).'],
    [['--promela', '--tla'], "option '--promela' cannot be used with option '--tla'"],
    [['--promela', '--model', 'peerjs'], 'no model is called peerjs; there are '],
    [['--promela', '--model', 'link', 'reliable'], 'link.reliable cannot be exported: only models of two sides'],
    [['--promela', '--model', 'polite'], 'models have polite in their names, such as polite-impolite.'],
    [['--tla', ...small, '--out', join(folder, 'two-words.tla')], 'it must be called like one, as Detente.tla'],
    [['--promela', ...small, '--out', join(import.meta.filename, 'model.pml')], 'cannot be made: '],
  ])('refuses %j with code 2, and says what would be right', async (args, complaint) => {
    const { code, errors } = await runCli('export', ...args);
    expect(code).toBe(2);
    expect(errors).toContain(complaint);
    expect(existsSync(join(folder, 'two-words.tla'))).toBe(false);
  });
});
