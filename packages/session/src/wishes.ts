/**
 * When the session hears an engine that asks for negotiation. An engine that cannot be satisfied, or whose offer was taken
 * back, asks again at once: it is heard again and again, but not in a storm, and what it wants anew meanwhile is looked for,
 * since it cannot ask twice.
 */
import { asksForNegotiation } from './engine-queue.ts';
import type { MediaNeeds, PeerConnectionPort } from './port.ts';
import type { Timers } from './timers.ts';

export interface WishesOptions {
  readonly port: PeerConnectionPort;
  readonly timers: Timers;
  /** Whether the port's side only answers, and asks for m-lines instead of offering them. */
  readonly onlyAnswers: boolean;
  /** There is something to negotiate. */
  readonly heard: () => void;
  /** It asks in vain. Said once. */
  readonly inVain: () => void;
}

export interface Wishes {
  /** The engine asks, or may. */
  hear(): void;
  /** The other side is asked for an offer with these m-lines. */
  asked(needs: MediaNeeds): void;
  /** An exchange is over. Those that leave the engine asking for what it offered are in vain. */
  tried(isSatisfied: boolean): void;
  /** A change failed for good, which was reported: it is in vain. */
  gaveUp(): void;
  stop(): void;
}

/** Attempts that are heard at once. */
const atOnce = 3;
const lookAgainMs = 1_000;
const mostRareMs = 60_000;

export const createWishes = ({ port, timers, onlyAnswers, heard, inVain }: WishesOptions): Wishes => {
  /** Attempts in a row after which the engine still wants what it wanted. */
  let vain = 0;
  /** Times in a row that it asked although no offer would carry anything. */
  let idle = 0;
  let isTold = false;
  /** M-lines that an answerer has asked for and lacked ever since. */
  let lackedInVain = 0;
  let cancelRetry: () => void = () => undefined;

  /** One more is a change that came since and has not been tried, though its engine, which asks already, cannot say so. */
  const lacksMore = () => {
    if (!onlyAnswers || port.signalingState !== 'stable') return false;
    const { audio, video } = port.mediaNeeds();
    lackedInVain = Math.min(lackedInVain, audio + video);
    return audio + video > lackedInVain;
  };

  const retryAfter = (delayMs: number, wasWanted: boolean) => {
    cancelRetry();
    cancelRetry = timers.set(Math.min(delayMs, lookAgainMs), () => {
      const isNew = lacksMore() || (!wasWanted && port.signalingState === 'stable' && asksForNegotiation(port));
      if (isNew || delayMs <= lookAgainMs) heard();
      else retryAfter(delayMs - lookAgainMs, wasWanted);
    });
  };

  return {
    hear() {
      const isWanted = asksForNegotiation(port);
      if (port.signalingState === 'stable') idle = isWanted ? 0 : idle + 1;
      const excess = Math.max(vain, idle) - atOnce;
      if (excess < 0) isTold = false;
      if (excess < 0 || lacksMore()) return heard();
      if (!isTold) {
        isTold = true;
        inVain();
      }
      retryAfter(Math.min(lookAgainMs * 2 ** excess, mostRareMs), isWanted);
    },
    asked({ audio, video }) {
      lackedInVain = audio + video;
    },
    tried(isSatisfied) {
      vain = isSatisfied ? 0 : vain + 1;
    },
    gaveUp() {
      vain = Math.max(vain + 1, atOnce);
      isTold = true;
    },
    stop: () => cancelRetry(),
  };
};
