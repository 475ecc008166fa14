// The sending direction: numbers messages, keeps them until they are acknowledged, sends them again when there is
// reason to.
import { distance } from './distance.ts';
import type { LinkEffect, LinkFailure, LinkFrame, LinkMove, LinkState } from './types.ts';

export function send<M>(state: LinkState<M>, message: M): LinkMove<M> {
  if (state.unacked.length >= state.options.capacity) return fail(state, 'link-overflow');
  const queued = { ...state, unacked: [...state.unacked, message] };
  const [sent, effects] = transmitFrom(queued, state.unacked.length);
  return [sent, [...effects, ...(awaitsTimer(state) ? [] : timerEffects(sent))]];
}

/** Takes "I have everything up to `ack`", where `ack` is not beyond what was sent. */
export function acknowledge<M>(state: LinkState<M>, ack: number): LinkMove<M> {
  const progress = distance(state.acked, ack);
  if (progress <= 0) return [state, []];
  const next = { ...state, acked: ack, unacked: state.unacked.slice(progress), attempts: 0 };
  return [next, timerEffects(next)];
}

/**
 * Sends everything unacknowledged again, as it was first sent, and starts the timer with the delay for this attempt.
 */
export function replay<M>(state: LinkState<M>, attempts: number): LinkMove<M> {
  if (state.unacked.length === 0) return [state, []];
  const [sent, effects] = transmitFrom({ ...state, attempts }, 0);
  return [sent, [...effects, ...timerEffects(sent)]];
}

export function expire<M>(state: LinkState<M>): LinkMove<M> {
  if (!awaitsTimer(state)) return [state, []];
  if (state.attempts >= state.options.attempts) return fail(state, 'link-exhausted');
  return replay(state, state.attempts + 1);
}

/** Asking goes first, so that the other side can drop what we have before it sends the rest. */
export function resync<M>(state: LinkState<M>): LinkMove<M> {
  const [asked, ask] = tell(state, { ack: state.received, resync: true });
  const [next, again] = replay(asked, 0);
  return [next, [...ask, ...again]];
}

/** Transmits a frame that acknowledges everything received. */
export function tell<M>(state: LinkState<M>, frame: LinkFrame<M>): LinkMove<M> {
  return [{ ...state, told: state.received }, [{ type: 'transmit', frame }]];
}

function transmitFrom<M>(state: LinkState<M>, first: number): LinkMove<M> {
  const news = distance(state.told, state.received) > 0 ? { ack: state.received } : {};
  const effects = state.unacked.slice(first).map((message, index): LinkEffect<M> => {
    return { type: 'transmit', frame: { seq: state.acked + 1 + first + index, ...news, message } };
  });
  return [{ ...state, told: state.received }, effects];
}

/** The timer runs exactly while a lossy link has something unacknowledged. */
const awaitsTimer = <M>(state: LinkState<M>): boolean => state.options.mode === 'lossy' && state.unacked.length > 0;

function timerEffects<M>(state: LinkState<M>): readonly LinkEffect<M>[] {
  const { mode, baseDelayMs, maxDelayMs } = state.options;
  if (mode === 'reliable') return [];
  if (state.unacked.length === 0) return [{ type: 'stopTimer' }];
  return [{ type: 'startTimer', delayMs: Math.min(maxDelayMs, baseDelayMs * 2 ** state.attempts) }];
}

function fail<M>(state: LinkState<M>, code: LinkFailure): LinkMove<M> {
  const failed = { ...state, unacked: [], early: [], attempts: 0, failed: code };
  return [failed, [...timerEffects(failed), { type: 'fail', code }]];
}
