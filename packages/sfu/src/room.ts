/** A room: everybody in it receives what the others publish. */
import type { NegotiatorHub } from './negotiator.ts';
import type { IncomingTrack } from './receivers.ts';

/** Whoever is in a room. */
export interface Member {
  readonly client: string;
  /** Forwards the publication to this client, once the change is negotiated. */
  subscribe(publication: Publication): void;
  unsubscribe(publication: Publication): void;
  negotiate(): void;
}

/** A track that one member sends and the others receive. */
export interface Publication extends IncomingTrack {
  readonly publisher: Member;
}

export interface Room {
  readonly hub: NegotiatorHub;
  readonly members: ReadonlySet<Member>;
  readonly publications: ReadonlySet<Publication>;
  join(member: Member): void;
  leave(member: Member): void;
  publish(publication: Publication): void;
  unpublish(publication: Publication): void;
}

export const createRoom = (hub: NegotiatorHub): Room => {
  const members = new Set<Member>();
  const publications = new Set<Publication>();
  const othersThan = (publisher: Member) => [...members].filter((member) => member !== publisher);

  const room: Room = {
    hub,
    members,
    publications,
    join(member) {
      members.add(member);
      for (const publication of publications) member.subscribe(publication);
      if (publications.size > 0) member.negotiate();
    },
    leave(member) {
      members.delete(member);
      for (const publication of publications) if (publication.publisher === member) room.unpublish(publication);
    },
    publish(publication) {
      const { publisher } = publication;
      publications.add(publication);
      for (const member of othersThan(publisher)) member.subscribe(publication);
      hub.announce(publisher.client);
    },
    unpublish(publication) {
      const { publisher } = publication;
      publications.delete(publication);
      for (const member of othersThan(publisher)) member.unsubscribe(publication);
      hub.announce(publisher.client);
    },
  };
  return room;
};
