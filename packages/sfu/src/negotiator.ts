/** What carries changes of a peer connection to the other side. Ask-first unless somebody brings another. */
import type { NegotiationError, NegotiationSession } from '@detente/session';
import { negotiate } from '@detente/werift';
import type { RTCPeerConnection } from 'werift';

export interface Negotiator {
  /** There is a change to negotiate. */
  negotiate(): void;
  receive(message: unknown): void;
  close(): void;
}

export interface NegotiatorContext {
  /** Id of the client at whose connection this end is. */
  readonly client: string;
  readonly pc: RTCPeerConnection;
  readonly send: (message: object) => void;
  /** Something went wrong. The connection ends when it is not recoverable. */
  readonly onError: (error: NegotiationError) => void;
}

export type NegotiatorFactory = (context: NegotiatorContext) => Negotiator;

/** The SFU's end: it hands out the floor. */
export const arbiter = (context: NegotiatorContext): NegotiationSession => askFirst('arbiter', context);

/** The client's end: it asks for the floor. */
export const requester = (context: NegotiatorContext): NegotiationSession => askFirst('requester', context);

const askFirst = (role: 'arbiter' | 'requester', { pc, send, onError }: NegotiatorContext): NegotiationSession => {
  const session = negotiate(pc, { role, send });
  session.on('error', onError);
  return session;
};
