// Links that are wrong in one way each. A property that no mutant breaks proves nothing.
import { linkStep } from '../../src/link/index.ts';
import type { LinkEffect, LinkEvent, LinkMove, LinkState } from '../../src/link/index.ts';
import type { LinkStep } from './world.ts';

type State = LinkState<number>;
type Event = LinkEvent<number>;
type Effect = LinkEffect<number>;

/** Sees a different state than the one it is in. */
const blindTo =
  (change: (state: State, event: Event) => Partial<State>): LinkStep =>
  (state, event) =>
    linkStep({ ...state, ...change(state, event) }, event);

/** Performs other effects than the link asks for. */
const mishandling =
  (change: (effect: Effect, event: Event, state: State) => readonly Effect[]): LinkStep =>
  (state, event) => {
    const [next, effects] = linkStep(state, event);
    return [next, effects.flatMap((effect) => change(effect, event, state))];
  };

const seqOf = (event: Event): number => (event.type === 'receive' ? (event.frame.seq ?? 0) : 0);
const isMessage = (effect: Effect): boolean => effect.type === 'transmit' && effect.frame.seq !== undefined;
const asks = (event: Event): boolean => event.type === 'receive' && event.frame.resync === true;

export const deliversDuplicates = blindTo(({ received, told }, event) => {
  const seq = seqOf(event);
  return seq > 0 && seq <= received ? { received: seq - 1, told: Math.min(told, seq - 1) } : {};
});

export const deliversOutOfTurn = blindTo(({ received }, event) => {
  const seq = seqOf(event);
  return seq > received ? { received: seq - 1, early: [] } : {};
});

export const acknowledgesOneTooMany = mishandling((effect) => {
  if (effect.type !== 'transmit' || effect.frame.ack === undefined) return [effect];
  return [{ type: 'transmit', frame: { ...effect.frame, ack: effect.frame.ack + 1 } }];
});

export const neverAnswersDuplicates = mishandling((effect, event, { received }) =>
  effect.type === 'transmit' && seqOf(event) > 0 && seqOf(event) <= received ? [] : [effect],
);

export const neverReplays = mishandling((effect, event) =>
  isMessage(effect) && (event.type === 'resync' || asks(event)) ? [] : [effect],
);

export const neverReplaysWhenAsked = mishandling((effect, event) => (isMessage(effect) && asks(event) ? [] : [effect]));

export const neverReplaysUnasked = mishandling((effect, event) =>
  isMessage(effect) && event.type === 'resync' ? [] : [effect],
);

export const firesOnlyOnce = mishandling((effect, event) =>
  effect.type === 'startTimer' && event.type === 'timer' ? [] : [effect],
);

export const neverStopsTheTimer = mishandling((effect) => (effect.type === 'stopTimer' ? [] : [effect]));

export const acknowledgesEarlyMessages: LinkStep = (state, event) => {
  const [next, effects] = linkStep(state, event);
  const last = next.early.at(-1);
  return [next, last === undefined ? effects : [...effects, { type: 'transmit', frame: { ack: last.seq } }]];
};

export const neverOverflows: LinkStep = (state, event): LinkMove<number> => {
  const { options } = state;
  const [next, effects] = linkStep({ ...state, options: { ...options, capacity: options.capacity + 1 } }, event);
  return [{ ...next, options }, effects];
};
