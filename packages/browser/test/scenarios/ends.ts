/** Two peer connections in one program, with somebody who negotiates on each, over a channel between them. */
import { negotiate, type PeerConnectionLike } from '@detente/browser';
import { type Role, counterpart } from '@detente/core';
import type { SessionOptions } from '@detente/session';
import { agreement } from '@detente/testing';
import { createChannel, type Channel, type SideName } from './channel.ts';
import { type Engine, until } from './engine.ts';
import { negotiateAsW3c } from './w3c-example.ts';

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

interface Negotiator {
  receive(message: object): void;
  settled(): Promise<void>;
  close(): void;
}

interface Surroundings {
  readonly send: (message: object) => void;
  readonly complain: (what: string) => void;
}

type Negotiate = (pc: RTCPeerConnection, surroundings: Surroundings) => Negotiator;

export interface OwnOptions extends Pick<SessionOptions, 'wire' | 'timeouts'> {
  /** What the session gets instead of the peer connection itself. */
  readonly wrap?: (pc: RTCPeerConnection) => PeerConnectionLike;
}

export const ours =
  (role: Role, { wrap = (pc) => pc, ...options }: OwnOptions = {}): Negotiate =>
  (pc, { send, complain }) => {
    const session = negotiate(wrap(pc), { role, send, ...options });
    session.on('error', ({ code }) => complain(code));
    return session;
  };

/** The W3C's example: it does not know when it is done, nor when it is over. */
export const w3cExample =
  (polite: boolean, wrap: (pc: RTCPeerConnection) => RTCPeerConnection = (pc) => pc): Negotiate =>
  (pc, { send, complain }) => {
    const take = negotiateAsW3c(wrap(pc), polite, send);
    let isOver = false;
    return {
      receive: (message) => void (isOver || take(message).catch((cause: unknown) => complain(String(cause)))),
      settled: () => Promise.resolve(),
      close() {
        isOver = true;
      },
    };
  };

export interface EndsOptions {
  readonly left: Negotiate;
  readonly right: Negotiate;
  readonly latencyMs?: number;
}

export const createEnds = (engine: Engine, { left, right, latencyMs = 0 }: EndsOptions): Ends => {
  const errors: string[] = [];
  const pcs = { left: engine.createPc(), right: engine.createPc() };
  const channel: Channel = createChannel(
    { left: (message) => negotiators.left.receive(message), right: (message) => negotiators.right.receive(message) },
    latencyMs,
  );
  const start = (name: SideName, negotiateOn: Negotiate): Negotiator =>
    negotiateOn(pcs[name], {
      send: (message) => channel.send(name, message),
      complain: (what) => errors.push(`${name} ${what}`),
    });
  const negotiators = { left: start('left', left), right: start('right', right) };
  return {
    ...pcs,
    channel,
    errors,
    async settled(carried = () => true) {
      await until('both sides are at rest', async () => {
        await Promise.all([negotiators.left.settled(), negotiators.right.settled()]);
        return channel.isEmpty && carried() && agreement(pcs.left, pcs.right).agrees;
      }).catch((cause: unknown) => {
        const { differences } = agreement(pcs.left, pcs.right);
        throw new Error(`not at rest: ${[...differences, ...errors].join('; ')}`, { cause });
      });
    },
    close() {
      for (const negotiator of Object.values(negotiators)) negotiator.close();
      for (const pc of Object.values(pcs)) pc.close();
    },
  };
};

/** Ours on both sides; the right one plays the counterpart. */
export const createPair = (engine: Engine, role: Role, { wrap, latencyMs }: OwnPairOptions = {}): Ends =>
  createEnds(engine, {
    left: ours(role, wrap && { wrap }),
    right: ours(counterpart[role]),
    ...(latencyMs === undefined ? {} : { latencyMs }),
  });

export interface OwnPairOptions extends Pick<OwnOptions, 'wrap'> {
  readonly latencyMs?: number;
}
