/** Recordings as a run to look at. */
import { counterpart } from '@detente/core';
import { type Run, type TracedSide, type TracedStep, toRun } from '@detente/diagrams';
import type { Recording } from '@detente/session';
import type { RecordedSide } from './recording-file.ts';

/** Both sides; of a side that was recorded alone, the other as far as it was heard of. */
export const toPicture = (sides: readonly RecordedSide[]): Run => {
  const traced = sides.map(toTraced);
  const [only] = sides;
  return toRun(sides.length === 1 && only ? [...traced, heardOf(only.recording)] : traced);
};

const toTraced = ({ name, recording }: RecordedSide): TracedSide => ({
  id: name,
  name,
  role: recording.start.machine.context.role,
  trace: recording.steps,
});

/** The other side: it said what was received, at that moment, and was told what was sent. Its states are not known. */
const heardOf = ({ start, steps }: Recording): TracedSide => ({
  id: 'other side',
  name: 'other side',
  role: counterpart[start.machine.context.role],
  trace: steps.flatMap(({ atMs, input, outputs }): readonly TracedStep[] => {
    const place = { atMs, from: 'stable', to: 'stable' } as const;
    const said = input.type === 'message' ? [{ type: 'send', message: input.message } as const] : [];
    const heard = outputs.flatMap((output) => (output.type === 'send' ? [output.message] : []));
    return [
      ...said.map((output): TracedStep => ({ ...place, input: { type: 'timer' }, outputs: [output] })),
      ...heard.map((message): TracedStep => ({ ...place, input: { type: 'message', message }, outputs: [] })),
    ];
  }),
});
