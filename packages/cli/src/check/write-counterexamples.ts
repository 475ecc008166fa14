/** Counterexamples as files: to be read, to be looked at, and to be replayed. */
import { join } from 'node:path';
import { type Model, type Path, type Report, formatPath } from '@detente/checker/engine';
import { Pair } from '@detente/checker/model';
import { type UnfoldedPath, realise, unfold } from '@detente/checker/realise';
import { type Run, toSequenceMermaid, toSequenceSvg } from '@detente/diagrams';
import { toPicture } from '../explore/draw.ts';
import { writeText } from '../files.ts';

type Failure = Report['properties'][number];

/**
 * For each property of the model that is violated `<model>.<property>.txt`; where the model is one of two sides also
 * `.svg`, `.mmd` and `.trace.json`.
 */
export const writeCounterexamples = async (
  folder: string,
  name: string,
  model: Model,
  { properties }: Report,
): Promise<void> => {
  for (const failure of properties) {
    const { id, holds, counterexample } = failure;
    if (holds || counterexample === undefined) continue;
    const file = join(folder, `${name}.${id}`);
    const heading = `${name}\n${id}: ${failure.sentence}\n\n`;
    if (!(model instanceof Pair)) {
      await writeText(`${file}.txt`, `${heading}${formatPath(counterexample)}\n`);
      continue;
    }
    const path = unfold(model.parameters, movesOf(counterexample));
    const run = drawn(path, failure, counterexample);
    await writeText(`${file}.svg`, toSequenceSvg(run));
    await writeText(`${file}.mmd`, toSequenceMermaid(run));
    const realised = await realise(path);
    if (realised.ok) {
      await writeText(`${file}.trace.json`, `${JSON.stringify({ sides: realised.recordings }, null, 1)}\n`);
    }
    const sessions = realised.ok
      ? `Real sessions take these steps${realised.violation ? `, and say: ${realised.violation.message}` : ''}.`
      : `Real sessions take ${realised.at} of these steps, then differ: ${realised.difference}`;
    await writeText(`${file}.txt`, `${heading}${formatPath(asSteps(path, counterexample))}\n\n${sessions}\n`);
  }
};

const movesOf = ({ steps, cycle = [] }: Path): readonly number[] => [...steps, ...cycle].map(({ move }) => move);

/** The same path, with the names that messages keep all the way. */
const asSteps = ({ initial, steps }: UnfoldedPath, { steps: before, cycle }: Path): Path => ({
  initial,
  steps: steps.slice(0, before.length),
  ...(cycle ? { cycle: steps.slice(before.length) } : {}),
});

const drawn = (
  { pair, initial, steps }: UnfoldedPath,
  { id, sentence }: Failure,
  { steps: before, cycle }: Path,
): Run => {
  const run = toPicture(pair, initial, steps);
  const turns = cycle === undefined ? -1 : run.entries.findIndex(({ atMs }) => atMs >= before.length);
  const at = turns < 0 ? run.entries.length : turns;
  const text = turns < 0 ? `violates ${id}` : 'from here for ever';
  const on = (run.entries[at] ?? run.entries.at(-1))?.on ?? 'left';
  const note = { type: 'note', text, tone: 'trouble', on, atMs: Infinity } as const;
  return { ...run, title: `${id}: ${sentence}`, entries: run.entries.toSpliced(at, 0, note) };
};
