/** Files that the caller names. What cannot be read or written is bad input. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BadInput, reasonOf } from './bad-input.ts';

export const readJson = async (file: string): Promise<unknown> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new BadInput(`${file} cannot be read: ${reasonOf(error)}`);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new BadInput(`${file} is not JSON: ${reasonOf(error)}`);
  }
};

export const makeFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new BadInput(`The folder ${folder} cannot be made: ${reasonOf(error)}`);
  });
};

/** Makes the folder, too. */
export const writeText = async (file: string, text: string): Promise<void> => {
  await makeFolder(dirname(file));
  await writeFile(file, text).catch((error: unknown) => {
    throw new BadInput(`${file} cannot be written: ${reasonOf(error)}`);
  });
};
