/**
 * Effects: what a step asks for, as data, in the spec's words. The machine names them without payload; the endpoint adds
 * the descriptions, candidates and ids.
 */
import type { ReportCode } from '../errors.ts';
import type { DeclineReason } from './events.ts';

/** What the machine can wait for; at most one timer runs at a time. */
export type TimerName = 'answer' | 'grant' | 'turn' | 'lease';

export type Effect =
  | { readonly type: 'createOffer' }
  | { readonly type: 'applyOffer' }
  | { readonly type: 'createAnswer' }
  | { readonly type: 'applyAnswer' }
  | { readonly type: 'rollback' }
  | { readonly type: 'addCandidate' }
  | { readonly type: 'holdCandidate' }
  | { readonly type: 'dropCandidate' }
  /** Keep the offer that just came, instead of one that may already be held. */
  | { readonly type: 'holdOffer' }
  /** Forget the offer that just came, or the one that is held. */
  | { readonly type: 'dropOffer'; readonly which: 'incoming' | 'held' }
  /** `insists`: the other side declined it, and it cannot be taken back. */
  | { readonly type: 'sendOffer'; readonly insists: boolean }
  | { readonly type: 'sendAnswer'; readonly wants: boolean }
  | { readonly type: 'sendRequest' }
  | { readonly type: 'sendGrant' }
  | { readonly type: 'sendRelease' }
  | { readonly type: 'sendDecline'; readonly reason: DeclineReason }
  | { readonly type: 'sendBye' }
  | { readonly type: 'startTimer'; readonly timer: TimerName }
  | { readonly type: 'stopTimer'; readonly timer: TimerName }
  | { readonly type: 'report'; readonly code: ReportCode };

/** The effects that make the engine work: at most one is in flight at a time. */
export type Operation = 'createOffer' | 'applyOffer' | 'createAnswer' | 'applyAnswer' | 'rollback';
