// A link taken through a list of events: what unit tests tell their stories with.
import { linkStep } from '../../src/link/index.ts';
import type { LinkEffect, LinkEvent, LinkFrame, LinkState } from '../../src/link/index.ts';

export const send = (message: string): LinkEvent<string> => ({ type: 'send', message });
export const receive = (frame: LinkFrame<string>): LinkEvent<string> => ({ type: 'receive', frame });
export const timer: LinkEvent<string> = { type: 'timer' };
export const resync: LinkEvent<string> = { type: 'resync' };

export const transmit = (frame: LinkFrame<string>): LinkEffect<string> => ({ type: 'transmit', frame });
export const deliver = (message: string): LinkEffect<string> => ({ type: 'deliver', message });
export const startTimer = (delayMs: number): LinkEffect<string> => ({ type: 'startTimer', delayMs });
export const stopTimer: LinkEffect<string> = { type: 'stopTimer' };

/** The state after all events, with the effects of the last one. */
export function after(
  state: LinkState<string>,
  ...events: readonly LinkEvent<string>[]
): readonly [LinkState<string>, readonly LinkEffect<string>[]] {
  return events.reduce<readonly [LinkState<string>, readonly LinkEffect<string>[]]>(
    ([before], event) => linkStep(before, event),
    [state, []],
  );
}
