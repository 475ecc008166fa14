import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'detente-'));
});

afterAll(() => rm(folder, { recursive: true }));

const detente = (...args: readonly string[]) =>
  new Promise<{ readonly code: number; readonly output: string; readonly errors: string }>((resolve) => {
    const node = ['--import', 'tsx', '--conditions=@detente/source', main, ...args];
    execFile(process.execPath, node, (error, output, errors) =>
      resolve({ code: Number(error?.code ?? 0), output, errors }),
    );
  });

it('ends in agreement among clients in processes of their own', async () => {
  const flags = ['--seed', '7', '--clients', '4', '--seconds', '3', '--out', folder];
  const { code, output } = await detente('demo', ...flags);

  expect(output).toContain('ask-first · seed 7 · 4 clients · 3 s');
  expect(output.match(/✓/g)).toHaveLength(6);
  expect(output).toMatch(/glares +0 [^]*rollbacks +0 [^]*errors +0 /);
  expect(output).toContain('Everybody agrees.');
  expect(code).toBe(0);
}, 60_000);

it('refuses to be a client that nobody started', async () => {
  const { code, errors } = await detente('demo-client');
  expect(errors).toBe('demo-client is started by demo, not by hand.\n');
  expect(code).toBe(1);
}, 90_000);
