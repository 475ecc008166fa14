/**
 * Events: facts about the application, the other side, the engine and the clock. Their parameters are finite; where
 * a fact turns on an id (is this the answer to the offer that is out?), the endpoint has already decided it.
 */

export type CandidateOwner =
  /** Belongs to the description that the engine has. */
  | 'current'
  /** Belongs to a description that is still to be applied. */
  | 'coming'
  /** Belongs to a description that was ignored, rolled back or superseded, or to none that we know. */
  | 'dead';

export type DeclineReason =
  /** The sender asked for the floor and wants it first. */
  | 'busy'
  /** The sender's engine refused the offer. */
  | 'refused'
  /** The sender has an offer of its own out and cannot take it back. */
  | 'taken';

export type NegotiationEvent =
  | { readonly type: 'app.change' }
  | { readonly type: 'app.restart-ice' }
  | { readonly type: 'app.close' }
  /** `insists`: we declined it, and the other side has no way to take it back. */
  | { readonly type: 'remote.offer'; readonly insists: boolean }
  /** `current`: it answers the offer that is out. `wants`: its sender still owes an offer. */
  | { readonly type: 'remote.answer'; readonly current: boolean; readonly wants: boolean }
  | { readonly type: 'remote.candidate'; readonly of: CandidateOwner }
  | { readonly type: 'remote.request' }
  /** `current`: it grants the request that is out. */
  | { readonly type: 'remote.grant'; readonly current: boolean }
  | { readonly type: 'remote.release' }
  /** `current`: it declines the offer that is out. */
  | { readonly type: 'remote.decline'; readonly current: boolean; readonly reason: DeclineReason }
  /** `arbiter`: the comparison of the two session ids makes us the arbiter. */
  | { readonly type: 'remote.hello'; readonly arbiter: boolean }
  | { readonly type: 'remote.bye' }
  /** The other side plays a role that does not fit ours. */
  | { readonly type: 'remote.unfit' }
  /** The operation in flight left the engine where it should. `needed`: something local is still not negotiated. */
  | { readonly type: 'engine.done'; readonly needed: boolean }
  /** The operation in flight left the engine in `state`, which is not where it should be. */
  | { readonly type: 'engine.failed'; readonly state: EngineRest }
  /** The operation in flight passed its deadline and may never settle. */
  | { readonly type: 'engine.hung' }
  | { readonly type: 'engine.closed' }
  /** The one timer that runs. */
  | { readonly type: 'timer.fired' }
  | { readonly type: 'link.failed' };

/** The engine's signaling states in which a failed operation can leave it. */
export type EngineRest = 'stable' | 'have-local-offer' | 'have-remote-offer';

const booleans = [false, true] as const;

/** Every event there is: the machine's input alphabet, in a fixed order. */
export const allEvents: readonly NegotiationEvent[] = [
  { type: 'app.change' },
  { type: 'app.restart-ice' },
  { type: 'app.close' },
  ...booleans.map((insists) => ({ type: 'remote.offer', insists }) as const),
  ...booleans.flatMap((current) => booleans.map((wants) => ({ type: 'remote.answer', current, wants }) as const)),
  ...(['current', 'coming', 'dead'] as const).map((of) => ({ type: 'remote.candidate', of }) as const),
  { type: 'remote.request' },
  ...booleans.map((current) => ({ type: 'remote.grant', current }) as const),
  { type: 'remote.release' },
  ...booleans.flatMap((current) =>
    (['busy', 'refused', 'taken'] as const).map((reason) => ({ type: 'remote.decline', current, reason }) as const),
  ),
  ...booleans.map((arbiter) => ({ type: 'remote.hello', arbiter }) as const),
  { type: 'remote.bye' },
  { type: 'remote.unfit' },
  ...booleans.map((needed) => ({ type: 'engine.done', needed }) as const),
  ...(['stable', 'have-local-offer', 'have-remote-offer'] as const).map(
    (state) => ({ type: 'engine.failed', state }) as const,
  ),
  { type: 'engine.hung' },
  { type: 'engine.closed' },
  { type: 'timer.fired' },
  { type: 'link.failed' },
];

/** One line an event, such as `remote.answer current wants`; distinct for distinct events. */
export const eventName = (event: NegotiationEvent): string => {
  const words = Object.entries(event).flatMap(([key, value]) =>
    key === 'type' || value === false ? [] : [value === true ? key : String(value)],
  );
  return [event.type, ...words].join(' ');
};
