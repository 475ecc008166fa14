// Sequence numbers grow for ever, but the link decides by distances only: moving all numbers of one direction by the
// same amount, in both links and in every frame between them, changes nothing. A model checker uses this to keep the
// states of an unbounded run finite.
import type { LinkFrame, LinkState } from './types.ts';

/** The same link with its own numbers moved by `outgoing` and the other side's by `incoming`. */
export function renumberLink<M>(state: LinkState<M>, outgoing: number, incoming: number): LinkState<M> {
  return {
    ...state,
    acked: state.acked + outgoing,
    received: state.received + incoming,
    told: state.told + incoming,
    early: state.early.map(({ seq, message }) => ({ seq: seq + incoming, message })),
  };
}

/**
 * The same frame for renumbered links: `outgoing` moves the numbers of the frame's sender, `incoming` the other
 * side's.
 */
export function renumberFrame<M>(frame: LinkFrame<M>, outgoing: number, incoming: number): LinkFrame<M> {
  const ack = frame.ack === undefined ? {} : { ack: frame.ack + incoming };
  return frame.seq === undefined
    ? { ...frame, ack: frame.ack + incoming }
    : { ...frame, ...ack, seq: frame.seq + outgoing };
}
