/** A room: everybody in it receives what the others publish. */
import type { IncomingTrack } from './receivers.ts';

/** Whoever is in a room. */
export interface Member {
  readonly client: string;
  /** Forwards the publication to this client. */
  subscribe(publication: Publication): void;
  unsubscribe(publication: Publication): void;
}

/** A track that one member sends and the others receive. */
export interface Publication extends IncomingTrack {
  readonly publisher: Member;
}

export interface Room {
  readonly members: ReadonlySet<Member>;
  readonly publications: ReadonlySet<Publication>;
  join(member: Member): void;
  leave(member: Member): void;
  publish(publication: Publication): void;
  unpublish(publication: Publication): void;
}

export const createRoom = (): Room => {
  const members = new Set<Member>();
  const publications = new Set<Publication>();
  const othersThan = (publisher: Member) => [...members].filter((member) => member !== publisher);

  const room: Room = {
    members,
    publications,
    join(member) {
      members.add(member);
      for (const publication of publications) member.subscribe(publication);
    },
    leave(member) {
      members.delete(member);
      for (const publication of publications) if (publication.publisher === member) room.unpublish(publication);
    },
    publish(publication) {
      publications.add(publication);
      for (const member of othersThan(publication.publisher)) member.subscribe(publication);
    },
    unpublish(publication) {
      publications.delete(publication);
      for (const member of othersThan(publication.publisher)) member.unsubscribe(publication);
    },
  };
  return room;
};
