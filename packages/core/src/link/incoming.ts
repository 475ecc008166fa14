// The receiving direction: judges a frame as a whole, takes its acknowledgement, then its message or its wish to
// resync.
import { distance, isCountFrom } from './distance.ts';
import { acknowledge, replay, tell } from './outgoing.ts';
import type { LinkEffect, LinkFrame, LinkMove, LinkReport, LinkState } from './types.ts';

export function receive<M>(state: LinkState<M>, frame: LinkFrame<M>): LinkMove<M> {
  const objection = objectionTo(state, frame);
  if (objection !== null) return [state, [{ type: 'report', ...objection }]];
  const [heard, effects] = frame.ack === undefined ? ([state, []] as const) : acknowledge(state, frame.ack);
  const [next, more] = takeRest(heard, frame);
  return [next, [...effects, ...more]];
}

function takeRest<M>(state: LinkState<M>, frame: LinkFrame<M>): LinkMove<M> {
  if (frame.seq !== undefined) return accept(state, frame.seq, frame.message);
  return frame.resync === true ? replay(state, 0) : [state, []];
}

function accept<M>(state: LinkState<M>, seq: number, message: M): LinkMove<M> {
  const ahead = distance(state.received, seq);
  // A sender that repeats the last message delivered has not heard that we have it. If it has not heard of older ones
  // either, it repeats the last one too, so that one answer to a whole replay is enough.
  if (ahead === 0) return tell(state, { ack: state.received });
  if (ahead < 0 || state.early.some((kept) => kept.seq === seq)) return [state, []];
  const early = [...state.early, { seq, message }].sort((one, other) => distance(other.seq, one.seq));
  return ahead === 1 ? deliver({ ...state, early }) : keep({ ...state, early });
}

function deliver<M>(state: LinkState<M>): LinkMove<M> {
  const inTurn = state.early.filter(({ seq }, index) => distance(state.received, seq) === index + 1);
  const received = state.received + inTurn.length;
  const next = { ...state, received, early: state.early.slice(inTurn.length) };
  const effects = inTurn.map(({ message }): LinkEffect<M> => ({ type: 'deliver', message }));
  if (distance(next.told, received) < next.options.ackEvery) return [next, effects];
  const [told, ack] = tell(next, { ack: received });
  return [told, [...effects, ...ack]];
}

/** On a reliable channel a gap means that something was lost: once per gap, ask for it. */
function keep<M>(state: LinkState<M>): LinkMove<M> {
  const gapIsNew = state.early.length === 1;
  return state.options.mode === 'reliable' && gapIsNew
    ? tell(state, { ack: state.received, resync: true })
    : [state, []];
}

interface Objection {
  readonly code: LinkReport;
  readonly detail: string;
}

function objectionTo<M>(state: LinkState<M>, frame: LinkFrame<M>): Objection | null {
  if (!isWellFormed(frame)) return { code: 'link-malformed-frame', detail: 'neither a numbered message nor an ack' };
  const { seq = state.received, ack = state.acked } = frame;
  if (distance(state.acked, ack) > state.unacked.length) {
    return { code: 'link-ack-beyond-sent', detail: `ack ${ack}, last sent ${state.acked + state.unacked.length}` };
  }
  if (distance(state.received, seq) > state.options.capacity) {
    return { code: 'link-beyond-window', detail: `seq ${seq}, last received ${state.received}` };
  }
  return null;
}

function isWellFormed(frame: unknown): boolean {
  if (typeof frame !== 'object' || frame === null) return false;
  const { seq, ack, message } = frame as { readonly seq?: unknown; readonly ack?: unknown; readonly message?: unknown };
  const isMessage = seq !== undefined;
  return (
    (isMessage || ack !== undefined) &&
    isMessage === (message !== undefined) &&
    (!isMessage || isCountFrom(1, seq)) &&
    (ack === undefined || isCountFrom(0, ack))
  );
}
