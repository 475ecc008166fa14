/** One moment of the demo to look at: the SFU is offering, and the client asks for the floor. */
import { join, relative } from 'node:path';
import { type Run, type RunEntry, type TracedSide, toRun, toSequenceSvg, toText } from '@detente/diagrams';
import colors from 'picocolors';
import { writeText } from '../files.ts';
import { paint } from '../terminal.ts';
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
  await writeText(picture, toSequenceSvg({ ...run, title }));
  return [
    `${colors.bold('A moment of contention')}: the SFU is offering, so the client that asks for the floor waits.`,
    '',
    toText(run, { width, paint }),
    '',
    colors.dim(`also drawn in ${relative('', picture)}`),
  ];
};

/** The clearest such moment of any client, or `undefined` if there was none. */
const findContention = (clients: readonly ClientFacts[]): Run | undefined =>
  clients
    .map(({ name, ends }) =>
      toRun([side('client', name, 'requester', ends.client), side('sfu', 'SFU', 'arbiter', ends.sfu)]),
    )
    .flatMap((run) => momentsOf(run.entries).map(([from, to]) => cut(run, from, to)))
    .sort((one, other) => effort(one) - effort(other))[0];

/** Of looking at it: a moment that begins at rest explains itself. */
const effort = ({ lifelines, entries }: Run): number =>
  entries.length + (lifelines.every(({ path }) => path === 'stable') ? 0 : 12);

const side = (id: string, name: string, role: string, { trace, offsetMs }: EndReport): TracedSide => ({
  id,
  name,
  role,
  trace,
  offsetMs,
});

/**
 * Where the request of the client passes an offer of the SFU: from whichever was begun first until the client is done with
 * the offer that it was granted.
 */
const momentsOf = (entries: readonly RunEntry[]): readonly (readonly [from: number, to: number])[] => {
  const after = (index: number, found: (entry: RunEntry) => boolean): number =>
    index < 0 ? -1 : entries.findIndex((entry, at) => at > index && found(entry));
  let offering = -1;
  return entries.flatMap((entry, index) => {
    if (entry.on !== 'sfu') return [];
    if (entry.type === 'state' && !entry.path.startsWith('local-offer-pending')) offering = -1;
    if (entry.type === 'state' && entry.path === 'local-offer-pending.creating') offering = index;
    if (entry.type !== 'receive' || entry.kind !== 'request' || offering < 0) return [];

    const asked = entries.findIndex((each) => each.type === 'send' && each.message === entry.message);
    const met = after(asked, (each) => arrives(each, 'offer'));
    const granted = after(index, (each) => arrives(each, 'grant'));
    const answered = after(granted, (each) => arrives(each, 'answer'));
    const done = after(answered, (each) => each.on === 'client' && each.type === 'state' && !isApplying(each.path));
    if (met < 0 || met > granted || done < 0) return [];
    const first = Math.min(asked, offering);
    const start = entries.findIndex((each) => isSameStep(each, entries[first]));
    const end = entries.findLastIndex((each) => isSameStep(each, entries[done]));
    return [[start, end + 1] as const];
  });
};

const arrives = (entry: RunEntry, kind: 'offer' | 'grant' | 'answer'): boolean =>
  entry.on === 'client' && entry.type === 'receive' && entry.kind === kind;

const isApplying = (path: string): boolean => path === 'local-offer-pending.applying-answer';

const isSameStep = (one: RunEntry, other: RunEntry | undefined): boolean =>
  one.on === other?.on && one.atMs === other.atMs;

const cut = ({ lifelines, entries }: Run, from: number, to: number): Run => ({
  lifelines: lifelines.map((lifeline) => {
    const before = entries.slice(0, from).findLast(({ on, type }) => on === lifeline.id && type === 'state');
    return { ...lifeline, path: before?.type === 'state' ? before.path : lifeline.path };
  }),
  entries: entries.slice(from, to),
});
