import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../src/program.ts';

let errors = '';
let output = '';

beforeEach(() => {
  errors = '';
  output = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((errors += String(text)), true));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((output += String(text)), true));
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a wrong call ends with code 2 and says what would be right', () => {
  it.each([
    [['demo', '--speed', '2'], "unknown option '--speed'"],
    [['demo', '--clients', 'many'], "argument 'many' is invalid. It must be a whole number from 2 to 16."],
    [['demo', '--clients', '1'], 'It must be a whole number from 2 to 16.'],
    [['demo', '--seconds', '0'], 'It must be a whole number from 1 to 600.'],
    [['demo', '--seconds', '1e2'], 'It must be a whole number from 1 to 600.'],
    [['demo', '--seed', '-1'], 'It must be a whole number from 0 to 999999.'],
    [['demo', '--port', '70000'], 'It must be a whole number from 0 to 65535.'],
    [['demo', 'now'], 'too many arguments'],
    [['demonstrate'], "unknown command 'demonstrate'"],
    [[], 'Usage: detente'],
  ])('%j', async (args, complaint) => {
    expect(await runProgram(args)).toBe(2);
    expect(errors).toContain(complaint);
  });
});

it('refuses a folder for the picture that is none before the demo begins, with code 2', async () => {
  const file = fileURLToPath(import.meta.url);
  expect(await runProgram(['demo', '--out', file])).toBe(2);
  expect(errors).toContain(`The folder ${file} cannot be made: `);
  expect(output).toBe('');
});

it('shows examples of the demo and ends with code 0', async () => {
  expect(await runProgram(['demo', '--help'])).toBe(0);
  expect(output).toContain('$ detente demo --naive');
});

it('says its version, which is that of its package, and ends with code 0', async () => {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  expect(await runProgram(['--version'])).toBe(0);
  expect(output).toBe(`${version}\n`);
});

it('says that a port is in use, and what to do, and ends with code 1', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const { port } = squatter.address() as { port: number };

  expect(await runProgram(['demo', '--port', String(port)])).toBe(1);

  expect(errors).toBe(
    `Port ${port} of 127.0.0.1 is in use: stop what listens there, or take another port (0 is any free one).\n`,
  );
  squatter.close();
});
