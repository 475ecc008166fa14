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
import type { NativeWireSnapshot, Wire, WireOptions } from './wire.ts';

/** `null`: something that could not be read came in this place. Its number counts, or the link would wait for it for ever. */
type Numbered = Message | null;

/** How much of what came ahead of its turn is kept, in UTF-16 units of SDP. What is beyond it is lost, and comes again. */
const earlyLimit = 4_000_000;

export interface NativeWireOptions extends WireOptions {
  readonly id: string;
  readonly link: LinkOptions;
  readonly timers: Timers;
  readonly restored?: NativeWireSnapshot | undefined;
}

export const createNativeWire = (options: NativeWireOptions): Wire => {
  const { id, role, link, timers, transmit, listener, restored } = options;
  let state: LinkState<Numbered> = restored?.link ?? createLink(link);
  let peer = restored?.peer;
  /** What is not acknowledged went to a session that is no more. */
  let misled = false;
  let cancelTimer: () => void = () => undefined;
  const replacements = new Set<string>();

  const events: LinkEvent<Numbered>[] = [];
  let advancing = false;
  let stopped = false;
  /** A move is finished before the next begins, even on a signaling channel that is synchronous. */
  const advance = (event: LinkEvent<Numbered>) => {
    if (stopped) return;
    events.push(event);
    if (advancing) return;
    advancing = true;
    for (let next = events.shift(); next; next = events.shift()) {
      // Judged in its turn: what was said just before may still have waited for its own.
      if (next.type === 'send' && next.message && isHeld(next.message)) continue;
      const [moved, effects] = linkStep(state, next);
      state = moved;
      for (const effect of effects) perform(effect);
    }
    advancing = false;
  };

  const perform = (effect: LinkEffect<Numbered>) => {
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

  const deliver = (message: Numbered) => {
    if (message === null) return;
    if (message.kind !== 'hello') return listener.take({ type: 'message', message });
    if (peer !== undefined) listener.take({ type: 'hello', arbiter: id > peer });
  };

  const toEnvelope = ({ seq, ack, resync, ...frame }: LinkFrame<Numbered> & { message?: Numbered }) => ({
    v: wireVersion,
    from: id,
    ...(peer === undefined ? {} : { to: peer }),
    role,
    ...(seq === undefined ? {} : { seq }),
    ...(ack === undefined ? {} : { ack }),
    ...(resync ? { resync } : {}),
    ...(frame.message ?? { kind: 'sync' }),
  });

  const meet = ({ from, role: theirs }: Envelope) => {
    peer = from;
    listener.met(theirs);
  };

  /**
   * What was sent before the other side listened is lost, and what crosses its first frame is not. So who was not heard of
   * yet only says that it is there, and who finds that nothing has come before asks for it. What went to somebody else is
   * said again. A lossy link insists by itself.
   */
  const greet = ({ to, seq }: Envelope, hadSaid: boolean) => {
    if (link.mode === 'lossy') return;
    if (to === undefined && hadSaid) {
      state = { ...state, told: state.received };
      transmit(toEnvelope({ ack: state.received }));
    } else if (misled || (to !== undefined && seq === undefined && state.received === 0)) advance({ type: 'resync' });
    misled = false;
  };

  /**
   * It talks to the session that was here before this one, and would wait for ever. When both sides know only the one that
   * was there before, one of them must keep still, or each would be replaced because of the other.
   */
  const introduce = (to: string) => {
    // What came of it before it had heard of anybody was not meant for us; nothing came of that as long as it is not in turn.
    if (to === peer && state.received === 0) {
      peer = undefined;
      misled = state.unacked.length > 0;
      state = { ...state, early: [], told: 0 };
    }
    if (to === peer || (peer !== undefined && id < to)) return;
    transmit({ v: wireVersion, from: id, role, ack: 0, kind: 'sync' });
  };

  const replaced = (by: string) => {
    // Told once each; the bound is for a channel that makes ids up.
    if (replacements.has(by) || replacements.size === 8) return;
    replacements.add(by);
    listener.restarted(by);
  };

  const isTooEarly = ({ seq = 0 }: Envelope, message: Message): boolean => {
    if (seq <= state.received + 1) return false;
    const kept = state.early.reduce((sum, early) => sum + sizeOf(early.message), 0);
    return kept > 0 && kept + sizeOf(message) > earlyLimit;
  };

  /** The link says it again by itself: repetitions must not fill it up while the other side is away. */
  const isHeld = (message: Message): boolean => {
    // A candidate that came with a declined offer was dropped, and is wanted again when that offer insists.
    const since =
      message.kind === 'candidate' ? state.unacked.findLastIndex((one) => one && 'description' in one) + 1 : 0;
    return state.unacked.slice(since).some((one) => isSame(one, message));
  };

  const accept = (envelope: Envelope, message: Numbered | undefined) => {
    if (message === null && envelope.seq === undefined) return;
    if (message && isTooEarly(envelope, message)) return;
    advance({ type: 'receive', frame: toFrame(envelope, message) });
  };

  return {
    send: (message) => advance({ type: 'send', message }),
    receive(frame) {
      const parsed = parseEnvelope(frame);
      if (!parsed.ok) listener.rejected('invalid-message', parsed.reason);
      const envelope = parsed.ok ? parsed.value : parsed.envelope;
      if (!envelope) return;
      if (envelope.from === id) return listener.rejected('foreign-message', 'it carries the id of this session itself');
      if (envelope.to !== undefined && envelope.to !== id) {
        introduce(envelope.from);
        return listener.rejected('foreign-message', `it is for session ${envelope.to}`);
      }
      const isFirst = peer === undefined;
      const hadSaid = state.unacked.length > 0;
      if (isFirst) meet(envelope);
      if (envelope.from !== peer) return replaced(envelope.from);
      accept(envelope, parsed.ok ? envelope.message : null);
      if (isFirst) greet(envelope, hadSaid);
    },
    resync: () => advance({ type: 'resync' }),
    // On a signaling channel that is thought reliable, a lost message shows in no other way.
    stalled: () => advance({ type: 'resync' }),
    stop() {
      stopped = true;
      cancelTimer();
    },
    snapshot: () => ({ peer, link: state }),
  };
};

const toFrame = ({ seq, ack, resync }: Envelope, message: Numbered | undefined): LinkFrame<Numbered> =>
  ({
    ...(seq === undefined ? {} : { seq }),
    ...(message === undefined ? {} : { message }),
    ...(ack === undefined ? {} : { ack }),
    ...(resync ? { resync } : {}),
  }) as LinkFrame<Numbered>;

const sizeOf = (message: Numbered): number =>
  message && 'description' in message ? message.description.sdp.length : 1_000;

/** Whether a message only repeats another. One without an id means something new each time. */
const isSame = (one: Numbered, other: Message): boolean => {
  if (one?.kind !== other.kind) return false;
  switch (other.kind) {
    case 'offer':
    case 'answer':
    case 'candidate':
    case 'request':
    case 'grant':
      return JSON.stringify(one) === JSON.stringify(other);
    case 'hello':
    case 'release':
    case 'decline':
    case 'bye':
      return false;
  }
};
