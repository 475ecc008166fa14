/**
 * The rounds of a cell once more, by hand: the same changes, and the same offers and answers in the order in which they
 * went, with nobody's help. A cell that went wrong and goes wrong so as well is not our sessions' fault.
 */
import { type Description, restartsIce } from '@detente/core';
import { arrives } from './arrival.ts';
import { atRest, type Ends, everythingFlows, look, type Round, withEverything } from './cell.ts';
import type { End } from './end.ts';
import { firstLine } from './matrix.ts';
import { apply, type HandEnds } from './tell.ts';

export interface Replay {
  readonly rounds: readonly Round[];
  /** Whether everything must flow after them. */
  readonly isWhole: boolean;
  /** Who takes back an offer, if both sides wait for an answer in the end. */
  readonly loser: SideName;
}

export type SideName = 'left' | 'right';

const patienceMs = 30_000;

/** Where a replay went wrong: in which of the rounds, counted from 0, or after all of them. */
export interface Mishap {
  readonly round: number;
  readonly complaint: string;
}

/** Resolves with what went wrong, if anything. */
export const replay = async (
  { rounds, isWhole, loser }: Replay,
  hands: HandEnds,
  room: Ends['room'],
): Promise<Mishap | undefined> => {
  const ends: Ends = {
    left: withEverything(hands.left, 'polite'),
    right: withEverything(hands.right, 'impolite'),
    room,
  };
  const table = createTable(hands);
  let round = 0;
  try {
    for (; round < rounds.length; round += 1) {
      const { left, right, said } = rounds[round] as Round;
      const before = await look(ends);
      await Promise.all([hands.left.act(left), hands.right.act(right)]);
      for (const { by, message } of said) {
        const { description } = JSON.parse(message) as Message;
        if (description !== undefined) await table.follow(by as SideName, description);
      }
      const isLast = round === rounds.length - 1;
      if (isLast) await table.answerAll(loser);
      const changes = [...left, ...right];
      // An adapter may know how to keep data channels alive here; what is dead by hand alone says nothing about later rounds.
      if (changes.some(({ type }) => type === 'restart-ice'))
        await arrives(hands.left, hands.right, ['data'], patienceMs);
      await atRest(ends, before, changes).catch(async (error: unknown) => {
        if (!isLast || needsNoOffer(before, firstLine(error))) throw error;
        await table.offerAgain();
        await atRest(ends, before, changes);
        throw new Error(`${firstLine(error)}, until either side offers once more`);
      });
    }
    if (isWhole) await everythingFlows(ends);
    return undefined;
  } catch (error) {
    return { round, complaint: firstLine(error) };
  }
};

/** Once one data channel is open others open without an offer, so that none can have been forgotten. Spec: RFC 8832 §4 */
const needsNoOffer = ({ left, right }: Awaited<ReturnType<typeof look>>, complaint: string): boolean =>
  complaint.split('; ').every((part) => part.startsWith('data channel ')) &&
  [...left.dataChannels, ...right.dataChannels].some(({ readyState }) => readyState === 'open');

/** Of either wire. */
interface Message {
  readonly description?: Description;
}

const other: Readonly<Record<SideName, SideName>> = { left: 'right', right: 'left' };

interface Table {
  /** Makes such a description as was sent in the cell. */
  follow(by: SideName, description: Description): Promise<void>;
  /** What was never answered in the cell. */
  answerAll(loser: SideName): Promise<void>;
  /** Whatever our sessions may have failed to offer. */
  offerAgain(): Promise<void>;
}

const createTable = (ends: Readonly<Record<SideName, End>>): Table => {
  /** By whoever waits for an answer. */
  const offers = new Map<SideName, Description | null>();
  /** What was last sent in the cell. */
  const sent = new Map<SideName, string>();
  const takeBack = async (by: SideName) => {
    if (offers.delete(by)) await ends[by].byHand({ do: 'rollback' });
  };
  const offer = async (by: SideName, like = '') => {
    await takeBack(by);
    offers.set(by, await ends[by].byHand({ do: 'offer', like, iceRestart: restartsIce(sent.get(by) ?? '', like) }));
  };
  const answer = async (by: SideName) => {
    const waiting = offers.get(other[by]);
    if (waiting === undefined) return;
    await takeBack(by);
    if (waiting === null) throw new Error('there is no offer');
    await ends[by].byHand({ do: 'apply', description: waiting, insist: true });
    await apply(ends[other[by]], await ends[by].byHand({ do: 'answer' }));
    offers.delete(other[by]);
  };
  return {
    async follow(by, { type, sdp }) {
      // What is sent again is not made again.
      if (sent.get(by) === sdp) return;
      await (type === 'offer' ? offer(by, sdp) : answer(by));
      sent.set(by, sdp);
    },
    async answerAll(loser) {
      await answer(loser);
      await answer(other[loser]);
    },
    async offerAgain() {
      for (const by of ['left', 'right'] as const) {
        await offer(by);
        await answer(other[by]);
      }
    },
  };
};
