/**
 * Between endpoint and signaling channel: the link and the envelope on the way out, the schema, the addresses and the
 * link on the way in.
 */
import { type Envelope, type Message, type Role, parseEnvelope, wireVersion } from '@detente/core';
import {
  type LinkEffect,
  type LinkEvent,
  type LinkFailure,
  type LinkFrame,
  type LinkOptions,
  type LinkState,
  createLink,
  linkStep,
} from '@detente/core/link';
import type { Timers } from './timers.ts';

export interface WireListener {
  /** A message of the other side, exactly once and in order. */
  readonly message: (message: Message) => void;
  /** The first message of the other side: who it is and what it plays. */
  readonly met: (peer: { readonly id: string; readonly role: Role }) => void;
  /** A message of a session that took the other side's place. */
  readonly restarted: (id: string) => void;
  readonly rejected: (code: 'invalid-message' | 'foreign-message', reason: string) => void;
  readonly failed: (code: LinkFailure) => void;
}

export interface WireOptions {
  readonly id: string;
  readonly role: Role;
  readonly link: LinkOptions;
  readonly timers: Timers;
  readonly transmit: (message: object) => void;
  readonly listener: WireListener;
}

export interface Wire {
  send(message: Message): void;
  receive(input: unknown): void;
  /** The transport reconnected. */
  resync(): void;
  stop(): void;
}

export const createNativeWire = ({ id, role, link, timers, transmit, listener }: WireOptions): Wire => {
  let state: LinkState<Message> = createLink(link);
  let peer: string | undefined;
  let cancelTimer: () => void = () => undefined;

  const advance = (event: LinkEvent<Message>) => {
    const [next, effects] = linkStep(state, event);
    state = next;
    for (const effect of effects) perform(effect);
  };

  const perform = (effect: LinkEffect<Message>) => {
    switch (effect.type) {
      case 'transmit':
        return transmit(toEnvelope(effect.frame));
      case 'deliver':
        return listener.message(effect.message);
      case 'startTimer':
        cancelTimer();
        cancelTimer = timers.set(effect.delayMs, () => advance({ type: 'timer' }));
        return;
      case 'stopTimer':
        return cancelTimer();
      case 'report':
        return listener.rejected('invalid-message', effect.detail);
      case 'fail':
        return listener.failed(effect.code);
    }
  };

  const toEnvelope = ({ seq, ack, resync, ...frame }: LinkFrame<Message> & { message?: Message }) => ({
    v: wireVersion,
    from: id,
    ...(peer === undefined ? {} : { to: peer }),
    role,
    ...(seq === undefined ? {} : { seq }),
    ...(ack === undefined ? {} : { ack }),
    ...(resync ? { resync } : {}),
    ...(frame.message ?? { kind: 'sync' }),
  });

  const meet = ({ from, role: theirs, to }: Envelope) => {
    peer = from;
    listener.met({ id: from, role: theirs });
    // It has not heard of us, so what we sent before it listened may be lost.
    if (to === undefined && state.unacked.length > 0) advance({ type: 'resync' });
  };

  return {
    send: (message) => advance({ type: 'send', message }),
    receive(input) {
      const parsed = parseEnvelope(input);
      if (!parsed.ok) return listener.rejected('invalid-message', parsed.reason);
      const { value } = parsed;
      if (value.from === id) return listener.rejected('foreign-message', 'it carries the id of this session itself');
      if (value.to !== undefined && value.to !== id)
        return listener.rejected('foreign-message', `it is for session ${value.to}`);
      if (peer === undefined) meet(value);
      if (value.from !== peer) return listener.restarted(value.from);
      advance({ type: 'receive', frame: toFrame(value) });
    },
    resync: () => advance({ type: 'resync' }),
    stop: () => cancelTimer(),
  };
};

const toFrame = ({ seq, ack, resync, message }: Envelope): LinkFrame<Message> =>
  ({
    ...(seq === undefined ? {} : { seq, message }),
    ...(ack === undefined ? {} : { ack }),
    ...(resync ? { resync } : {}),
  }) as LinkFrame<Message>;
