import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVectors } from '@detente/checker/vectors';
import { expect, it } from 'vitest';
import { temporaryFolder } from './support/folder.ts';
import { runCli } from './support/run-cli.ts';

const folder = temporaryFolder();

it('writes the vectors and their schema into a folder that is not there yet', async () => {
  const directory = join(folder, 'new', 'vectors');
  const { code, output } = await runCli('vectors', directory, '--role', 'answerer', '--walks', '1', '--seed', '3');

  expect(code).toBe(0);
  expect(readdirSync(directory)).toEqual(['vectors.json', 'vectors.schema.json']);
  expect(JSON.parse(readFileSync(join(directory, 'vectors.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(createVectors({ roles: ['answerer'], walks: 1, seed: 3 }))),
  );
  expect(output.split('\n').map((line) => line.split('  ')[0])).toEqual([
    join(directory, 'vectors.json'),
    join(directory, 'vectors.schema.json'),
    '',
  ]);
});

it('refuses with code 2 what it cannot do', async () => {
  expect(await runCli('vectors')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('missing required argument'),
  });
  expect(await runCli('vectors', folder, '--walks', '-1')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('It must be a whole number from 0 to 10000.'),
  });
  expect(await runCli('vectors', folder, '--role', 'boss')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('Allowed choices are polite, impolite'),
  });
  expect(await runCli('vectors', join(import.meta.filename, 'vectors'))).toMatchObject({
    code: 2,
    errors: expect.stringContaining('cannot be made: ENOTDIR'),
  });
});
