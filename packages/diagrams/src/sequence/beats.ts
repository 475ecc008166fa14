/**
 * A run in beats: what happens on one lifeline at one moment and has room in one row, which is at most one end of an arrow
 * and one remark.
 */
import type { Operation, StatePath } from '@detente/core';
import type { Run, RunEntry } from '../run/run.ts';
import { childOf } from '../state-path.ts';

export interface Beat {
  /** The lifeline's place, from the left. */
  readonly lifeline: number;
  readonly atMs: number;
  readonly arrow?: (RunEntry & { readonly type: 'send' | 'receive' }) | undefined;
  readonly notes: readonly { readonly text: string; readonly tone: 'plain' | 'trouble' }[];
  /** Where the lifeline's session is from here on, if it moves. */
  readonly path?: StatePath | undefined;
  /** The operation that begins here. */
  readonly begins?: Operation | undefined;
  /** How the operation in flight ends here. */
  readonly ends?: 'done' | 'failed' | 'hung' | undefined;
  /** It shares its row with no other beat. */
  readonly alone?: boolean | undefined;
}

/** What is written beside the lifeline: `change · asking`. The parent of the state is told by how the lifeline is drawn. */
export const remarkOf = ({ notes, path }: Beat): string =>
  [...notes.map(({ text }) => text), ...(path === undefined ? [] : [childOf(path)])].join(' · ');

export const hasRemark = (beat: Beat): boolean => beat.notes.length > 0 || beat.path !== undefined;

/** `apart`: lifelines between their partners, whose remarks stand where their arrows go and so need beats of their own. */
export const toBeats = ({ lifelines, entries }: Run, apart: ReadonlySet<number>): readonly Beat[] => {
  const places = new Map(lifelines.map(({ id }, place) => [id, place]));
  const beats: Beat[] = [];
  for (const entry of entries) {
    const lifeline = places.get(entry.on);
    if (lifeline === undefined) throw new RangeError(`no lifeline is called ${entry.on}`);
    const last = beats.at(-1);
    const goesOn = last?.lifeline === lifeline && last.atMs === entry.atMs && fits(entry, last, apart.has(lifeline));
    const beat = goesOn ? last : { lifeline, atMs: entry.atMs, notes: [] };
    const next = withEntry(beat, entry, apart.has(lifeline));
    if (goesOn) beats[beats.length - 1] = next;
    else beats.push(next);
  }
  return beats;
};

const fits = (entry: RunEntry, beat: Beat, apart: boolean): boolean => {
  switch (entry.type) {
    case 'send':
      return beat.arrow === undefined && !(apart && hasRemark(beat));
    case 'receive':
      return false;
    case 'state':
    case 'note':
      return !(apart && beat.arrow);
    case 'operation':
    case 'operation-over':
      return true;
  }
};

const withEntry = (beat: Beat, entry: RunEntry, alone: boolean): Beat => {
  switch (entry.type) {
    case 'send':
    case 'receive':
      return { ...beat, arrow: entry };
    case 'note':
      return { ...beat, notes: [...beat.notes, { text: entry.text, tone: entry.tone }], alone };
    case 'state':
      return { ...beat, path: entry.path, alone };
    case 'operation':
      return { ...beat, begins: entry.operation };
    case 'operation-over':
      return { ...beat, ends: entry.outcome };
  }
};
