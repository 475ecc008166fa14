/** A failure of fuzzing as files: what happened in words, as a sequence diagram, and as recordings for `detente replay`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { toRun, toSequenceMermaid, toSequenceSvg, toText } from '@detente/diagrams';
import { type PairRun, type StoryFailure, ends } from '@detente/testing';

/** Where they go unless told otherwise; git ignores it. */
export const outFolder = fileURLToPath(new URL('../../../out/fuzz/', import.meta.url));

/** Resolves with the files' names. */
export const writeFailure = async (
  { message, run }: StoryFailure,
  name: string,
  folder = outFolder,
): Promise<readonly string[]> => {
  const picture = toRun(run.sides, name);
  const base = `${folder}/${name.replaceAll(/[^a-z0-9]+/gi, '-')}`.replace('//', '/');
  const files = {
    [`${base}.txt`]: `${message}\n\n${toText(picture)}\n`,
    [`${base}.svg`]: toSequenceSvg(picture),
    [`${base}.mmd`]: toSequenceMermaid(picture),
    [`${base}.json`]: `${JSON.stringify(toRecordings(run), null, 2)}\n`,
  };
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(file, text);
  return Object.keys(files);
};

/** Each end's last session, as `detente replay` takes them. */
const toRecordings = ({ sides }: PairRun) => ({
  sides: Object.fromEntries(
    ends.map((end) => {
      const last = sides.findLast(({ name }) => name === end);
      return [end, { v: 1, id: last?.id, start: last?.start, steps: last?.trace }];
    }),
  ),
});
