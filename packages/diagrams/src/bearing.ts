/** What colour says: whose turn it is, from where the session stands. */
import type { NegotiationState, StatePath } from '@detente/core';

/** `ours`: our offer; `theirs`: the other side's; `waiting`: for the floor; `rest`: nothing in flight; `over`: closed. */
export type Bearing = 'ours' | 'theirs' | 'waiting' | 'rest' | 'over';

/** In the order of a legend. */
export const bearings: Readonly<Record<NegotiationState, Bearing>> = {
  stable: 'rest',
  'local-offer-pending': 'ours',
  'remote-offer-pending': 'theirs',
  'pending-renegotiation': 'waiting',
  closed: 'over',
};

/** The parent of a state, or the state itself. */
export const parentOf = (path: StatePath): NegotiationState => path.split('.', 1)[0] as NegotiationState;

export const bearingOf = (path: StatePath): Bearing => bearings[parentOf(path)];
