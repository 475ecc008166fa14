/** Between endpoint and signaling channel: what every wire does, and the wires of others, which have no link. */
import type { Codec, Endpoint, Input, Message, Role } from '@detente/core';
import type { LinkFailure, LinkState } from '@detente/core/link';

/** What the endpoint is to take in: an input, or inputs that can be told only from the endpoint as it is by then. */
export type Intake = Input | ((endpoint: Endpoint) => readonly Input[]);

export interface WireListener {
  readonly take: (intake: Intake) => void;
  /** The other side is heard of for the first time. */
  readonly met: (role: Role) => void;
  /** A session with this id took the other side's place. */
  readonly restarted: (id: string) => void;
  readonly rejected: (code: 'invalid-message' | 'foreign-message', reason: string) => void;
  readonly failed: (code: LinkFailure) => void;
}

export interface WireOptions {
  readonly role: Role;
  readonly transmit: (frame: object) => void;
  readonly listener: WireListener;
}

/** What a native wire remembers, as JSON. */
export interface NativeWireSnapshot {
  readonly peer: string | undefined;
  readonly link: LinkState<Message | null>;
}

export interface Wire {
  send(message: Message): void;
  receive(frame: unknown): void;
  /** The signaling channel was connected anew. */
  resync(): void;
  /** Something has not come in time, though the signaling channel seems to be connected. */
  stalled(): void;
  stop(): void;
  /** What it remembers; `null` when it remembers nothing. */
  snapshot(): NativeWireSnapshot | null;
}

export const createCodecWire = ({ transmit, listener }: WireOptions, codec: Codec): Wire => {
  let offered = '';
  /** The candidates that followed that offer. */
  const followed = new Set<string>();
  const isRepetition = (message: Message): boolean => {
    switch (message.kind) {
      case 'offer': {
        const offer = `${message.id} ${message.insists}`;
        if (offer === offered) return true;
        offered = offer;
        followed.clear();
        return false;
      }
      case 'candidate': {
        if (!('offer' in message)) return false;
        const candidate = JSON.stringify(message);
        return followed.has(candidate) || !followed.add(candidate);
      }
      default:
        return false;
    }
  };
  return {
    send(message) {
      // Without ids, the second answer to an offer that was said twice would be taken for the answer to the next one.
      if (isRepetition(message)) return;
      for (const frame of codec.encode(message)) transmit(frame);
    },
    receive(frame) {
      listener.take((endpoint) => {
        const decoded = codec.decode(frame, endpoint);
        if (decoded.ok) return decoded.value;
        listener.rejected('invalid-message', decoded.reason);
        return [];
      });
      listener.take((endpoint) => {
        for (const reply of codec.reply?.(endpoint) ?? []) transmit(reply);
        return [];
      });
    },
    resync() {
      offered = '';
      followed.clear();
      listener.take({ type: 'repeat' });
    },
    stalled: () => undefined,
    stop: () => undefined,
    snapshot: () => null,
  };
};
