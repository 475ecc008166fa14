// The link makes exactly-once, in-order delivery out of a signaling channel that loses, duplicates, reorders or
// reconnects. Theory of operation: each direction is on its own. The sender numbers its messages 1, 2, 3… and keeps
// each until the receiver has acknowledged it; the receiver delivers number `received + 1` and nothing else, keeps
// what came early, ignores what it has already, and acknowledges cumulatively ("all up to n"). Safety needs no more
// than that: whatever the channel does, what is delivered is a prefix of what was sent. Progress needs a reason to
// send again, and there are two. On a `lossy` channel it is a timer: while anything is unacknowledged everything
// unacknowledged is sent again, after delays that double. On a `reliable` channel only a broken connection loses
// anything, so no timer runs: after a reconnect `resync` sends a frame that says what we have and makes the other side
// send the rest, and then our own unacknowledged tail; a gap in what arrives sends that frame alone. Repetition is
// always harmless, so both sides may resync at once, one side may resync many times, and the two modes may talk to
// each other. Memory is bounded by `capacity` in each direction: a message that does not fit ends the link loudly, a
// frame beyond it is reported and ignored. Nothing is decided by a sequence number itself, only by the distance
// between two, so a model checker may count from wherever it likes (`renumberLink`). Left out on purpose: flow control
// (negotiation is a dialogue, capacity is far above what it has in flight), negative acknowledgements on a lossy
// channel, jitter (who performs `startTimer` may stretch a delay), and the other side's restart, which is a new link.
import { receive } from './incoming.ts';
import { expire, resync, send } from './outgoing.ts';
import type { LinkEvent, LinkMove, LinkState } from './types.ts';

/**
 * One move of the link. Pure and total; never throws. An event that changes nothing returns the same state object.
 *
 * Ordering: keep the new state first, then perform the effects in the order given, and all of them before the effects of
 * the next move, even when performing one brings a new event. `deliver` comes in the order in which the other side sent.
 * There is one timer, which `startTimer` replaces; a firing that crosses its `stopTimer` does no harm.
 *
 * Errors: `fail` is terminal. A failed link drops what it held, ignores every event, and answers each further `send`
 * with the same `fail`.
 */
export function linkStep<M>(state: LinkState<M>, event: LinkEvent<M>): LinkMove<M> {
  if (state.failed !== null) return [state, event.type === 'send' ? [{ type: 'fail', code: state.failed }] : []];
  switch (event.type) {
    case 'send':
      return send(state, event.message);
    case 'receive':
      return receive(state, event.frame);
    case 'timer':
      return expire(state);
    case 'resync':
      return resync(state);
  }
}
