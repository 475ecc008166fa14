/** Two peer connections with a session each, over a channel in the same program. */
import { negotiate, type PeerConnectionLike } from '@detente/browser';
import { type Role, counterpart } from '@detente/core';
import type { NegotiationSession } from '@detente/session';
import { agreement } from '@detente/testing';
import { type Channel, createChannel, type SideName } from './channel.ts';
import { type Engine, until } from './engine.ts';
import { negotiateAsW3c } from './w3c-example.ts';

/** What every scenario needs of two sides, whoever negotiates on them. */
export interface Ends {
  readonly left: RTCPeerConnection;
  readonly right: RTCPeerConnection;
  readonly channel: Channel;
  /** What went wrong so far, each with its side, such as `left offer-ignored`. */
  readonly errors: readonly string[];
  /** Waits until nothing is under way, both sides agree, and `carried` holds. */
  settled(carried?: () => boolean): Promise<void>;
  close(): void;
}

export interface Pair extends Ends {
  readonly sessions: Readonly<Record<SideName, NegotiationSession>>;
}

export interface PairOptions {
  /** The left side's role; the right side plays the counterpart. */
  readonly role: Role;
  readonly latencyMs?: number | undefined;
  /** What the left session gets instead of the left peer connection itself. */
  readonly wrap?: ((pc: RTCPeerConnection) => PeerConnectionLike) | undefined;
}

export const createPair = (engine: Engine, { role, latencyMs = 0, wrap = (pc) => pc }: PairOptions): Pair => {
  const errors: string[] = [];
  const channel: Channel = createChannel(
    { left: (message) => sessions.left.receive(message), right: (message) => sessions.right.receive(message) },
    latencyMs,
  );
  const [left, right] = [engine.createPc(), engine.createPc()];
  const start = (name: SideName, pc: PeerConnectionLike, plays: Role) => {
    const session = negotiate(pc, { role: plays, send: (message) => channel.send(name, message) });
    session.on('error', ({ code }) => errors.push(`${name} ${code}`));
    return session;
  };
  const sessions = { left: start('left', wrap(left), role), right: start('right', right, counterpart[role]) };
  return {
    left,
    right,
    channel,
    errors,
    sessions,
    settled: (carried = () => true) =>
      atRest({ left, right, errors }, async () => {
        await Promise.all([sessions.left.settled(), sessions.right.settled()]);
        return channel.isEmpty && carried();
      }),
    close() {
      sessions.left.close();
      sessions.right.close();
      left.close();
      right.close();
    },
  };
};

/** The same with the W3C's example in place of the sessions; the left side is polite. */
export const createW3cPair = (engine: Engine): Ends => {
  const errors: string[] = [];
  const [left, right] = [engine.createPc(), engine.createPc()];
  let closed = false;
  const take = (name: SideName) => (message: object) => {
    if (closed) return;
    void receivers[name](message).catch((cause: unknown) => errors.push(`${name} ${String(cause)}`));
  };
  const channel: Channel = createChannel({ left: take('left'), right: take('right') }, 0);
  const receivers = {
    left: negotiateAsW3c(left, true, (message) => channel.send('left', message)),
    right: negotiateAsW3c(right, false, (message) => channel.send('right', message)),
  };
  return {
    left,
    right,
    channel,
    errors,
    settled: (carried = () => true) => atRest({ left, right, errors }, () => channel.isEmpty && carried()),
    close() {
      closed = true;
      left.close();
      right.close();
    },
  };
};

const atRest = async (
  { left, right, errors }: Pick<Ends, 'left' | 'right' | 'errors'>,
  isQuiet: () => boolean | Promise<boolean>,
): Promise<void> => {
  const isAtRest = async () => (await isQuiet()) && agreement(left, right).agrees;
  await until('both sides are at rest', isAtRest).catch((cause: unknown) => {
    const { differences } = agreement(left, right);
    throw new Error(`not at rest: ${[...differences, ...errors].join('; ')}`, { cause });
  });
};
