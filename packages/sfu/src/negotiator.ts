/** What carries changes of peer connections to the other side. Ask-first unless somebody brings another. */
import { createHub, type NegotiationError, type NegotiationSession } from '@detente/session';
import { createWeriftPort, negotiate } from '@detente/werift';
import type { RTCPeerConnection } from 'werift';

export interface Negotiator {
  /** There is a change to negotiate. */
  negotiate(): void;
  receive(message: unknown): void;
  close(): void;
}

export interface NegotiatorContext {
  readonly pc: RTCPeerConnection;
  readonly send: (message: object) => void;
  /** Something went wrong. The connection ends when it is not recoverable. */
  readonly onError: (error: NegotiationError) => void;
}

/** Makes a client's end. */
export type NegotiatorFactory = (context: NegotiatorContext) => Negotiator;

/** The client's end: it asks for the floor. */
export const requester = ({ pc, send, onError }: NegotiatorContext): NegotiationSession => {
  const session = negotiate(pc, { role: 'requester', send });
  session.on('error', onError);
  return session;
};

/** The SFU's ends of the connections of a room. */
export interface NegotiatorHub<End extends Negotiator = Negotiator> {
  add(client: string, pc: RTCPeerConnection, onError: NegotiatorContext['onError']): End;
  /** There is a change to negotiate with everybody but one client. */
  announce(exceptClient: string): void;
}

/** Makes the ends of a room; `send` puts a message on the socket of one client. */
export type NegotiatorHubFactory = (send: (client: string, message: object) => void) => NegotiatorHub;

/** The SFU's ends: they hand out the floor. */
export const arbiters = (send: (client: string, message: object) => void): NegotiatorHub<NegotiationSession> => {
  const hub = createHub({ send, toPort: createWeriftPort });
  return {
    add(client, pc, onError) {
      const session = hub.add(client, pc);
      session.on('error', onError);
      return session;
    },
    announce: hub.announce,
  };
};
