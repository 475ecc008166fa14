/** One moment of the demo to look at: the SFU is offering, and the client asks for the floor. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Run, type Tone, type TracedSide, splitAtRest, toRun, toSequenceSvg, toText } from '@detente/diagrams';
import colors from 'picocolors';
import type { EndReport } from './end.ts';
import type { ClientFacts } from './judge.ts';

/** Draws the moment, if there was one, into `contention.svg` in the folder, and returns it as lines for a terminal. */
export const drawContention = async (
  clients: readonly ClientFacts[],
  { folder, title, width }: { readonly folder: string; readonly title: string; readonly width: number },
): Promise<readonly string[]> => {
  const run = findContention(clients);
  if (run === undefined)
    return ['The SFU and a client never wanted to offer at the same moment: give it more --seconds.'];
  const picture = join(folder, 'contention.svg');
  await mkdir(folder, { recursive: true });
  await writeFile(picture, toSequenceSvg({ ...run, title }));
  return [
    `${colors.bold('A moment of contention')}: the SFU is offering, so the client that asks for the floor waits.`,
    '',
    toText(run, { width, paint: (text, tone) => paints[tone](text) }),
    '',
    colors.dim(`also drawn in ${relative('', picture)}`),
  ];
};

const paints: Readonly<Record<Tone, (text: string) => string>> = {
  rest: colors.dim,
  ours: colors.green,
  theirs: colors.blue,
  waiting: colors.yellow,
  over: colors.dim,
  message: String,
  trouble: colors.red,
};

/** The shortest such moment of any client, or `undefined` if there was none. */
export const findContention = (clients: readonly ClientFacts[]): Run | undefined =>
  clients
    .flatMap(({ name, ends }) =>
      splitAtRest(toRun([side('client', name, 'requester', ends.client), side('sfu', 'SFU', 'arbiter', ends.sfu)])),
    )
    .filter(isContention)
    .sort((one, other) => one.entries.length - other.entries.length)[0];

const side = (id: string, name: string, role: string, { trace, offsetMs }: EndReport): TracedSide => ({
  id,
  name,
  role,
  trace,
  offsetMs,
});

const isContention = ({ entries }: Run): boolean => {
  let offering = false;
  return entries.some((entry) => {
    if (entry.on !== 'sfu') return false;
    if (entry.type === 'state') offering = entry.path.startsWith('local-offer-pending');
    return offering && entry.type === 'receive' && entry.kind === 'request';
  });
};
