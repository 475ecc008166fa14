/** A folder for one test file's files, gone when its tests are done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'detente-cli-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
};
