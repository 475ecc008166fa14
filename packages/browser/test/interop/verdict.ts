/** Whose fault it is that a cell went wrong: tried by hand, on the same engines. */
import type { Site } from '../harness/site.ts';
import { type Cell, firstLine, type PlayedCell, type RunOptions, withEnds } from './matrix.ts';
import { type Mishap, type Replay, replay } from './replay.ts';

export interface Verdict {
  /** By hand the same goes wrong in the same place. */
  readonly isEnginesFault: boolean;
  /** What went wrong by hand, in the engines' or the check's words, and how often it was tried. */
  readonly seen: string;
}

export interface JudgedCell extends PlayedCell {
  /** Of a cell that went wrong. */
  readonly verdict?: Verdict;
}

/** Such faults come by chance, and more often on a machine as busy as when the cells were played. */
const tries = 6;
const atOnce = 3;

/** Played `options` rounds, if all went well. */
export const judge = async (
  site: Site,
  cell: Cell,
  played: PlayedCell,
  { rounds }: RunOptions,
): Promise<JudgedCell> => {
  if (played.failure === undefined) return played;
  const whole = {
    rounds: played.record,
    isWhole: played.rounds === rounds,
    loser: cell.role === 'impolite' ? 'right' : 'left',
  } as const;
  const mishaps: (Mishap | undefined)[] = [];
  while (mishaps.length < tries) {
    mishaps.push(...(await Promise.all(Array.from({ length: atOnce }, () => tryByHand(site, cell, whole)))));
    const same = mishaps.find((mishap) => mishap !== undefined && isSame(played, mishap));
    if (same === undefined) continue;
    return {
      ...played,
      verdict: { isEnginesFault: true, seen: `${same.complaint} (try ${mishaps.indexOf(same) + 1})` },
    };
  }
  const seen = [...new Set(mishaps.map((mishap) => describe(played, mishap)))].join('; or ');
  return { ...played, verdict: { isEnginesFault: false, seen: `${seen} (${tries} tries)` } };
};

const tryByHand = async (site: Site, cell: Cell, whole: Replay): Promise<Mishap | undefined> => {
  try {
    return await withEnds(site, cell, ['hand', 'hand'], (left, right, room) => replay(whole, { left, right }, room));
  } catch (error) {
    return { round: 0, complaint: firstLine(error) };
  } finally {
    for (const host of [cell.left, cell.right]) host.complaints();
  }
};

/** No sooner than in the cell, and either what the check said there, or what an engine said last to a session. */
export const isSame = (
  { record, complaint = '', errors }: Pick<PlayedCell, 'record' | 'complaint' | 'errors'>,
  mishap: Mishap,
): boolean => {
  const causes = [errors.left, errors.right].flatMap(
    (reported) => reported.findLast(({ cause }) => cause)?.cause ?? [],
  );
  return (
    mishap.complaint !== '' &&
    mishap.round >= record.length - 1 &&
    (kindsIn(mishap.complaint) === kindsIn(complaint) || causes.some((cause) => cause.endsWith(mishap.complaint)))
  );
};

/** Whichever side, m-line or data channel it befell, and however a data channel fails to open. */
const kindsIn = (complaint: string): string => {
  const kinds = complaint.split(/[;,] /).map((part) =>
    part
      .replace(/\b(left|right)\b/g, 'one side')
      .replace(/^data channel '.*' is \w+/, 'a data channel is not open')
      .replace(/\d+/g, '#'),
  );
  return [...new Set(kinds)].sort().join('; ');
};

const describe = ({ record }: PlayedCell, mishap: Mishap | undefined): string => {
  if (mishap === undefined) return 'all is well';
  const sooner = record.length - 1 - mishap.round;
  return sooner > 0 ? `${mishap.complaint}, ${sooner} rounds sooner` : mishap.complaint;
};
