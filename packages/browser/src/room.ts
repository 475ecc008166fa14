/**
 * Room for an answerer that cannot add m-lines of its own: what it asks for, and what its other side's offer then
 * brings. Spec: RFC 9429 §5.10 says which transceiver takes which m-line.
 */
import type { MediaNeeds } from '@detente/session';
import { receives, sends } from './media-sections.ts';
import type { PeerConnectionLike, TransceiverLike } from './peer-connection-like.ts';

const kinds = ['audio', 'video'] as const;

/** The senders that no exchange has given an m-line yet, by kind. */
export const mediaNeeds = (pc: PeerConnectionLike): MediaNeeds => count(waiting(pc), sends);

/** Makes the next offer bring at least that many m-lines of each kind on which the other side can start to send. */
export const makeRoom = (pc: PeerConnectionLike, needs: MediaNeeds): void => {
  const room = count(waiting(pc), receives);
  for (const kind of kinds) {
    for (let have = room[kind]; have < needs[kind]; have++) pc.addTransceiver(kind, { direction: 'recvonly' });
  }
};

const waiting = (pc: PeerConnectionLike): readonly TransceiverLike[] =>
  pc.getTransceivers().filter(({ mid }) => (mid ?? null) === null);

const count = (transceivers: readonly TransceiverLike[], fits: (direction: string) => boolean): MediaNeeds => {
  const of = (kind: string) => transceivers.filter((each) => kindOf(each) === kind && fits(each.direction)).length;
  return { audio: of('audio'), video: of('video') };
};

const kindOf = ({ receiver, sender }: TransceiverLike): string | undefined => (receiver.track ?? sender.track)?.kind;
