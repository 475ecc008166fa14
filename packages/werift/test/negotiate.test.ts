import type { Role } from '@detente/core';
import { NegotiationError, type NegotiationSession } from '@detente/session';
import { negotiate } from '@detente/werift';
import type { RTCPeerConnection } from 'werift';
import { expect, it } from 'vitest';
import { createMarkedTrack, createPc, directions, listen, until } from './loopback.ts';

interface Peer {
  readonly pc: RTCPeerConnection;
  readonly session: NegotiationSession;
  readonly errors: NegotiationError[];
}

/** Two sessions with nothing between them but a queue, so that messages cross as they do on a socket. */
const pair = (...roles: readonly [Role, Role]): readonly [Peer, Peer] => {
  const peers: Peer[] = [];
  for (const [index, role] of roles.entries()) {
    const pc = createPc();
    const errors: NegotiationError[] = [];
    const send = (message: object) => setImmediate(() => peers[1 - index]?.session.receive(structuredClone(message)));
    const session = negotiate(pc, { role, send });
    session.on('error', (error) => errors.push(error));
    peers.push({ pc, session, errors });
  }
  return peers as unknown as readonly [Peer, Peer];
};

const settled = (...peers: readonly Peer[]) => Promise.all(peers.map(({ session }) => session.settled()));

it.each([
  ['requester', 'arbiter'],
  ['answerer', 'offerer'],
  ['auto', 'auto'],
] as const)('%s and %s carry what both change at the same moment, and media flows', async (first, second) => {
  const [left, right] = pair(first, second);
  for (const [name, { pc, session }] of Object.entries({ left, right })) {
    pc.addTransceiver(createMarkedTrack('audio', `${name} audio`), { direction: 'sendonly' });
    pc.addTransceiver(createMarkedTrack('video', `${name} video`), { direction: 'sendonly' });
    session.negotiate();
  }

  await until(() => [left, right].every(({ pc }) => pc.getTransceivers().length === 4));
  await settled(left, right);

  for (const [from, { pc }] of Object.entries({ right: left, left: right })) {
    const receivers = pc.getTransceivers().filter((each) => each.currentDirection === 'recvonly');
    const heard = receivers.map(listen);
    await until(() => heard.every((marks) => marks.size > 0));
    expect(heard.flatMap((marks) => [...marks]).sort()).toEqual([`${from} audio`, `${from} video`]);
  }
  expect([...left.errors, ...right.errors]).toEqual([]);
});

it('carries changes that both sides keep making, without glare', async () => {
  const [client, server] = pair('requester', 'arbiter');
  for (let round = 0; round < 10; round++) {
    for (const { pc, session } of [client, server]) {
      const mine = pc.getTransceivers().find((each) => each.sender.track !== null);
      if (mine === undefined) pc.addTransceiver(createMarkedTrack('video', 'film'), { direction: 'sendonly' });
      else mine.direction = mine.direction === 'sendonly' ? 'inactive' : 'sendonly';
      session.negotiate();
    }
    await settled(client, server);
  }
  expect(directions(client.pc)).toEqual(['video inactive/inactive', 'video recvonly/inactive']);
  expect([...client.errors, ...server.errors]).toEqual([]);
});

it('refuses the polite role and says which roles fit', () => {
  const attempt = () => negotiate(createPc(), { role: 'polite', send: () => undefined });
  expect(attempt).toThrow(NegotiationError);
  expect(attempt).toThrow(/requester, arbiter/);
});

it('ends when the peer connection is closed from outside', async () => {
  const [client] = pair('requester', 'arbiter');
  await client.pc.close();
  expect(client.session.state).toBe('closed');
  expect(client.errors.map(({ code }) => code)).toEqual(['engine-closed']);
});

it('refuses what it cannot negotiate on, and says what to do', () => {
  const refusal = (pc: unknown) => {
    try {
      negotiate(pc as RTCPeerConnection, { role: 'auto', send: () => undefined });
      return 'none';
    } catch (error) {
      return error instanceof NegotiationError ? error.code : error;
    }
  };
  const closed = createPc();
  void closed.close();
  expect(refusal({})).toBe('unknown-engine');
  expect(refusal(null)).toBe('unknown-engine');
  expect(refusal(closed)).toBe('engine-closed');
  const pc = createPc();
  const session = negotiate(pc, { role: 'auto', send: () => undefined });
  expect(refusal(pc)).toBe('second-session');
  session.close();
  expect(refusal(pc)).toBe('none');
});
