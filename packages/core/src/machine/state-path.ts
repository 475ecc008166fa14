/** The names of the machine's states, as far as the leaves. */

/** A state with its child, where it has any. */
export type StatePath =
  | 'stable'
  | 'closed'
  | `local-offer-pending.${'creating' | 'awaiting-answer' | 'applying-answer' | 'rolling-back'}`
  | `remote-offer-pending.${'awaiting-offer' | 'applying-offer' | 'answering' | 'rolling-back'}`
  | `pending-renegotiation.${'asking' | 'yielding'}`;
