/** An end on which a session negotiates, counted from the session's own trace. */
import type { NegotiationSession, Trace } from '@detente/session';
import { arbiters, type NegotiatorHub } from '@detente/sfu';
import type { RTCPeerConnection } from 'werift';
import { type End, type Tally, engineUnrest } from './end.ts';

export const watch = (session: NegotiationSession, pc: RTCPeerConnection): End => {
  const trace: Trace[] = [];
  const errors: string[] = [];
  session.on('trace', (step) => trace.push(withoutSdp(step)));
  session.on('error', (error) => errors.push(`${error.code}: ${error.message}`));

  return {
    negotiate: () => session.negotiate(),
    receive: (message) => session.receive(message),
    close: () => session.close(),
    settled: () => session.settled().catch(() => undefined),
    tally: () => tallyOf(trace),
    report: () => ({
      ...tallyOf(trace),
      errors: [...errors],
      unrest: [...(session.state === 'stable' ? [] : [`its session is ${session.state}`]), ...engineUnrest(pc)],
      trace: [...trace],
      offsetMs: performance.timeOrigin,
    }),
  };
};

/** The SFU's ends, each of them watched. */
export const watchedHub = (send: (client: string, message: object) => void): NegotiatorHub<End> => {
  const { add, announce } = arbiters(send);
  return { add: (client, pc, onError) => watch(add(client, pc, onError), pc), announce };
};

const tallyOf = (trace: readonly Trace[]): Tally => {
  let [exchanges, otherWaited, waited, glares, rollbacks] = [0, 0, 0, 0, 0];
  let waiting = false;
  for (const { input, from, outputs } of trace) {
    const othersTurn = from.startsWith('remote-offer-pending');
    if (!othersTurn) waiting = false;
    if (input.type === 'change' && othersTurn && !waiting) {
      waiting = true;
      waited++;
    }
    if (input.type === 'done' && from === 'local-offer-pending.applying-answer') exchanges++;
    if (input.type === 'message' && input.message.kind === 'request' && from !== 'stable') otherWaited++;
    if (input.type === 'message' && input.message.kind === 'offer' && isOffering(from)) glares++;
    rollbacks += outputs.filter((output) => output.type === 'perform' && output.operation === 'rollback').length;
  }
  return { exchanges, otherWaited, waited, glares, rollbacks };
};

const isOffering = (path: Trace['from']): boolean =>
  path === 'local-offer-pending.creating' || path === 'local-offer-pending.awaiting-answer';

/** Descriptions are most of a trace and tell nothing here. */
const withoutSdp = (step: Trace): Trace =>
  JSON.parse(JSON.stringify(step, (key, value: unknown) => (key === 'sdp' ? '' : value))) as Trace;
