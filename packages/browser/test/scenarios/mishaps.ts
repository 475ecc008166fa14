/**
 * Scenarios of the gauntlet on real engines: those whose trouble the signaling channel or a wrapped peer connection can
 * make. The two sides have a call already; left is the one that gives way, or asks.
 */
import { type Role, counterpart } from '@detente/core';
import { agreement } from '@detente/testing';
import { createEnds, type Ends, type EndsOptions, ours, w3cExample } from './ends.ts';
import { type Engine, until } from './engine.ts';
import { failing, intercept, type OperationName } from './intercept.ts';

/** Named as in the gauntlet. */
export const mishaps = [
  "the impolite end's offer is lost",
  "the polite end's offer is lost",
  'the answer is lost',
  'duplicate answer, then glare',
  'setLocalDescription fails once',
] as const;

export type Mishap = (typeof mishaps)[number];

export interface MishapOptions {
  readonly mishap: Mishap;
  readonly by: Role | 'w3c';
}

/** Resolves with what differs once nothing more happens: nothing, where both sides agree and all m-lines are there. */
export const mishap = async (engine: Engine, { mishap, by }: MishapOptions): Promise<readonly string[]> => {
  let isCalling = false;
  let hasFailed = false;
  const inject = failing('setLocalDescription offer', 'before', mishap === 'setLocalDescription fails once' ? 1 : 0);
  const wrap = (pc: RTCPeerConnection) =>
    intercept(pc, async (name, perform) => {
      if (!isCalling) return perform();
      return inject(nameOf(name), perform).catch((cause: unknown) => {
        hasFailed = true;
        throw cause;
      });
    });
  const ends = createEnds(engine, by === 'w3c' ? examples(wrap) : sessions(by, wrap));
  const { left, right } = ends;
  try {
    for (const kind of ['audio', 'video'] as const) left.addTransceiver(kind);
    const base = left.createDataChannel('base');
    await ends.settled(() => base.readyState === 'open' && left.getTransceivers().length === 2);
    isCalling = true;
    await play(ends, mishap, () => hasFailed);
    const lacks = () => [...agreement(left, right).differences, ...missing(left, 'left'), ...missing(right, 'right')];
    const patienceMs = by === 'w3c' ? patience.deadlock : patience.repair;
    await until('they agree', () => lacks().length === 0, patienceMs).catch(() => undefined);
    return lacks();
  } finally {
    ends.close();
  }
};

/** In ms: what is in a deadlock says nothing more; what is lost is asked for again after a time that the session is told. */
const patience = { deadlock: 1_500, repair: 10_000, stall: 300 };

const examples = (wrap: Wrap): Omit<EndsOptions, 'latencyMs'> => ({
  left: w3cExample(true, wrap),
  right: w3cExample(false),
});

const sessions = (role: Role, wrap: Wrap): Omit<EndsOptions, 'latencyMs'> => {
  const timeouts = { answer: patience.stall, grant: patience.stall, turn: patience.stall, lease: patience.stall };
  return { left: ours(role, { wrap, timeouts }), right: ours(counterpart[role], { timeouts }) };
};

type Wrap = (pc: RTCPeerConnection) => RTCPeerConnection;

/** The example leaves it to the engine which description it makes. */
const nameOf = (name: string): OperationName =>
  name === 'setLocalDescription undefined' ? 'setLocalDescription offer' : (name as OperationName);

const missing = (pc: RTCPeerConnection, side: string): readonly string[] =>
  pc.getTransceivers().some(({ mid }) => mid === null) ? [`${side} has a transceiver without an m-line`] : [];

const play = async (
  { left, right, channel, settled }: Ends,
  mishap: Mishap,
  hasFailed: () => boolean,
): Promise<void> => {
  const add = (pc: RTCPeerConnection) => void pc.addTransceiver('audio', { direction: 'sendonly' });
  switch (mishap) {
    case "the impolite end's offer is lost":
      channel.next('right', 'offer', 'is lost');
      add(right);
      await until('it offers', () => right.signalingState === 'have-local-offer');
      return add(left);
    case "the polite end's offer is lost":
      channel.next('left', 'offer', 'is lost');
      return add(left);
    case 'the answer is lost':
      channel.next('left', 'answer', 'is lost');
      return add(right);
    case 'duplicate answer, then glare':
      channel.next('left', 'answer', 'arrives twice');
      add(right);
      await settled(() => left.getTransceivers().length === 3);
      channel.hold();
      for (const pc of [left, right]) add(pc);
      await until('both have spoken', () => channel.sent.length >= 2);
      return channel.release();
    case 'setLocalDescription fails once':
      add(left);
      await until('it has failed', hasFailed);
      return add(left);
  }
};
