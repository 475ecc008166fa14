/** Whether what one side sends arrives at the other. */
import { type MediaKind, until } from '../scenarios/engine.ts';
import type { Peer, TransceiverView, View } from './peer.ts';

/** Both ways. Rejects with what does not. */
export const arrives = async (
  left: Peer,
  right: Peer,
  what: readonly ('data' | 'media')[],
  patienceMs: number,
): Promise<void> => {
  if (what.includes('data')) {
    await dataComesBack(left, 'left', patienceMs);
    await dataComesBack(right, 'right', patienceMs);
  }
  if (what.includes('media')) {
    await mediaArrives(await left.look(), right, 'right', patienceMs);
    await mediaArrives(await right.look(), left, 'left', patienceMs);
  }
};

export const isSent = (from: View, kind: MediaKind): boolean => sending(from).some((each) => each.kind === kind);

const sending = ({ transceivers }: View): readonly TransceiverView[] =>
  transceivers.filter(({ hasTrack, currentDirection }) => hasTrack && (currentDirection?.startsWith('send') ?? false));

const dataComesBack = async (peer: Peer, name: string, patienceMs: number): Promise<void> => {
  const { dataChannels } = await peer.look();
  let echoes: readonly string[] | undefined;
  const hearing = peer.echo().then((heard) => void (echoes = heard));
  await Promise.race([hearing, until('data come back', () => echoes !== undefined, patienceMs)]).catch(
    (cause: unknown) => {
      throw new Error(`no data come back through the data channels of ${name}`, { cause });
    },
  );
  const wanted = dataChannels.map(({ label }) => `${label} and back`);
  if (echoes?.join() !== wanted.join()) throw new Error(`${name} heard ${echoes?.join()}, not ${wanted.join()}`);
};

/** On every m-line on which one side sends a track and the other has agreed to receive it, more and more arrives. */
const mediaArrives = async (from: View, to: Peer, name: string, patienceMs: number): Promise<void> => {
  const sent = sending(from);
  const before = await to.received();
  let missing: readonly string[] = [];
  const allArrive = async () => {
    const now = await to.received();
    missing = sent.flatMap(({ mid, kind }) => {
      const [old, fresh] = [before, now].map((all) => all.findLast((each) => each.mid === mid));
      const grows = (part: 'packets' | 'frames') => (fresh?.[part] ?? 0) > (old?.[part] ?? 0);
      const flows = grows('packets') && (kind !== 'video' || fresh?.frames === undefined || grows('frames'));
      return flows ? [] : [`${kind} on m-line ${mid}`];
    });
    return missing.length === 0;
  };
  await until('media arrive', allArrive, patienceMs).catch((cause: unknown) => {
    throw new Error(`${name} receives no ${missing.join(', no ')}`, { cause });
  });
};
