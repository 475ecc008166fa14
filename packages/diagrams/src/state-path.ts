/** State paths in pieces, and what colour says about them: whose turn it is. */
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

export const bearingOf = (path: StatePath | NegotiationState): Bearing => bearings[topOf(path)];

/** The state at the top level: the path's parent, or the path itself. */
export const topOf = (path: StatePath | NegotiationState): NegotiationState =>
  path.split('.', 1)[0] as NegotiationState;

/** The state's own name. */
export const childOf = (path: StatePath): string => path.split('.')[1] ?? path;

/** The parent, where there is one. */
export const parentOf = (path: StatePath): NegotiationState | undefined =>
  path.includes('.') ? topOf(path) : undefined;
