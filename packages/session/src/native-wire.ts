/**
 * The native wire: the link and the envelope on the way out; the schema, the addresses and the link on the way in.
 */
import { type Envelope, type Message, parseEnvelope, wireVersion } from '@detente/core';
import {
  type LinkEffect,
  type LinkEvent,
  type LinkFrame,
  type LinkOptions,
  type LinkState,
  createLink,
  linkStep,
} from '@detente/core/link';
import type { Timers } from './timers.ts';
import type { Wire, WireOptions } from './wire.ts';

/** What a native wire remembers, as JSON. */
export interface NativeWireSnapshot {
  readonly peer: string | undefined;
  readonly link: LinkState<Message>;
}

export interface NativeWireOptions extends WireOptions {
  readonly id: string;
  readonly link: LinkOptions;
  readonly timers: Timers;
  readonly restored?: NativeWireSnapshot | undefined;
}

export const createNativeWire = (options: NativeWireOptions): Wire => {
  const { id, role, link, timers, transmit, listener, restored } = options;
  let state: LinkState<Message> = restored?.link ?? createLink(link);
  let peer = restored?.peer;
  let cancelTimer: () => void = () => undefined;
  const replacements = new Set<string>();

  const events: LinkEvent<Message>[] = [];
  let advancing = false;
  /** A move is finished before the next begins, even on a signaling channel that is synchronous. */
  const advance = (event: LinkEvent<Message>) => {
    events.push(event);
    if (advancing) return;
    advancing = true;
    for (let next = events.shift(); next; next = events.shift()) {
      const [moved, effects] = linkStep(state, next);
      state = moved;
      for (const effect of effects) perform(effect);
    }
    advancing = false;
  };

  const perform = (effect: LinkEffect<Message>) => {
    switch (effect.type) {
      case 'transmit':
        return transmit(toEnvelope(effect.frame));
      case 'deliver':
        return deliver(effect.message);
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

  const deliver = (message: Message) => {
    if (message.kind !== 'hello') return listener.take({ type: 'message', message });
    if (peer !== undefined) listener.take({ type: 'hello', arbiter: id > peer });
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
    listener.met(theirs);
    // It has not heard of us, so what we sent before it listened may be lost.
    if (to === undefined && state.unacked.length > 0) advance({ type: 'resync' });
  };

  const replaced = (by: string) => {
    // Told once each; the bound is for a channel that makes ids up.
    if (replacements.has(by) || replacements.size === 8) return;
    replacements.add(by);
    listener.restarted(by);
  };

  return {
    send: (message) => advance({ type: 'send', message }),
    receive(frame) {
      const parsed = parseEnvelope(frame);
      if (!parsed.ok) return listener.rejected('invalid-message', parsed.reason);
      const envelope = parsed.value;
      if (envelope.from === id) return listener.rejected('foreign-message', 'it carries the id of this session itself');
      if (envelope.to !== undefined && envelope.to !== id) {
        return listener.rejected('foreign-message', `it is for session ${envelope.to}`);
      }
      if (peer === undefined) meet(envelope);
      if (envelope.from !== peer) return replaced(envelope.from);
      advance({ type: 'receive', frame: toFrame(envelope) });
    },
    resync: () => advance({ type: 'resync' }),
    // On a signaling channel that is thought reliable, a lost message shows in no other way.
    stalled: () => advance({ type: 'resync' }),
    stop: () => cancelTimer(),
    snapshot: () => ({ peer, link: state }),
  };
};

const toFrame = ({ seq, ack, resync, message }: Envelope): LinkFrame<Message> =>
  ({
    ...(seq === undefined ? {} : { seq }),
    ...(message === undefined ? {} : { message }),
    ...(ack === undefined ? {} : { ack }),
    ...(resync ? { resync } : {}),
  }) as LinkFrame<Message>;
