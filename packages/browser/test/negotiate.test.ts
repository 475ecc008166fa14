import { createBrowserPort, negotiate, type PeerConnectionLike } from '@detente/browser';
import { iceUfrags } from '@detente/core';
import { type NegotiationError, type NegotiationSession, createSession } from '@detente/session';
import { VirtualPeerConnection } from '@detente/testing';
import { describe, expect, it, vi } from 'vitest';

const send = () => undefined;
const refusal = (act: () => unknown): Pick<NegotiationError, 'code' | 'message'> => {
  try {
    act();
  } catch (error) {
    return error as NegotiationError;
  }
  throw new Error('It was not refused');
};

describe('what cannot be negotiated on is refused, and told what to do instead', () => {
  it.each([
    ['nothing', undefined, /createOffer\(\), createAnswer\(\).* Pass the RTCPeerConnection itself/],
    ['something else', { signalingState: 'stable', createOffer: send }, /it lacks createAnswer\(\)/],
    ['a wrapper', { pc: new VirtualPeerConnection() }, /it lacks createOffer\(\)/],
    ['one without a state', { ...Object.fromEntries(namesOf()), signalingState: undefined }, /it lacks signalingState/],
  ])('%s', (_, pc, message) => {
    expect(refusal(() => negotiate(pc as unknown as PeerConnectionLike, { role: 'auto', send }))).toMatchObject({
      code: 'unknown-engine',
      message: expect.stringMatching(message),
    });
  });

  it('a closed connection', () => {
    const pc = new VirtualPeerConnection();
    pc.close();
    expect(refusal(() => negotiate(pc, { role: 'auto', send }))).toMatchObject({
      code: 'engine-closed',
      message: expect.stringMatching(/make a new one/),
    });
  });

  it('a role that needs a rollback, on an engine that is said to have none', () => {
    expect(
      refusal(() => negotiate(new VirtualPeerConnection(), { role: 'polite', rollback: false, send })),
    ).toMatchObject({
      code: 'role-needs-rollback',
      message: expect.stringMatching(/Roles that fit it: impolite, requester, arbiter/),
    });
  });

  it('a connection that is negotiated already', () => {
    const pc = new VirtualPeerConnection();
    negotiate(pc, { role: 'auto', send });
    expect(refusal(() => negotiate(pc, { role: 'auto', send }))).toMatchObject({
      code: 'second-session',
      message: expect.stringMatching(/use that one, or close\(\) it first/),
    });
  });
});

function namesOf() {
  const prototype = Object.getOwnPropertyNames(VirtualPeerConnection.prototype);
  return prototype.filter((name) => /^(create|set|add|get)/.test(name)).map((name) => [name, send] as const);
}

describe('a connection', () => {
  it('can be negotiated again once its session is closed', () => {
    const pc = new VirtualPeerConnection();
    negotiate(pc, { role: 'auto', send }).close();
    expect(negotiate(pc, { role: 'auto', send }).state).toBe('stable');
  });

  it('is not taken by a session that could not be made', () => {
    const pc = new VirtualPeerConnection();
    expect(refusal(() => negotiate(pc, { role: 'polite', rollback: false, send })).code).toBe('role-needs-rollback');
    expect(negotiate(pc, { role: 'requester', rollback: false, send }).state).toBe('stable');
  });

  it('that is closed under its session is noticed at the next change', async () => {
    const pc = new VirtualPeerConnection();
    const session = negotiate(pc, { role: 'impolite', send });
    pc.close();
    session.negotiate();
    await expect(session.settled()).rejects.toMatchObject({ code: 'engine-closed', recoverable: false });
  });

  it('of any engine can also be given to a session as a port', () => {
    expect(createSession(createBrowserPort(new VirtualPeerConnection()), { role: 'offerer', send }).state).toBe(
      'stable',
    );
  });
});

describe('an answerer', () => {
  it('has ICE restarted for what cannot be seen, and not for what can, when its engine asks in vain', async () => {
    const [mine, theirs] = [new VirtualPeerConnection(), new VirtualPeerConnection()];
    const sessions: NegotiationSession[] = [];
    const sendTo = (index: number) => (message: object) =>
      void setImmediate(() => sessions[index]?.receive(structuredClone(message)));
    const errors: string[] = [];
    sessions.push(negotiate(mine, { role: 'answerer', send: sendTo(1) }));
    sessions.push(negotiate(theirs, { role: 'offerer', send: sendTo(0) }));
    sessions[0]?.on('error', ({ code }) => errors.push(code));
    const ufrags = () => iceUfrags(mine.localDescription?.sdp ?? '');

    theirs.addTransceiver('audio', { direction: 'sendonly' });
    await vi.waitFor(() => expect(mine.getTransceivers()).toHaveLength(1));
    await Promise.all(sessions.map((session) => session.settled()));
    const first = ufrags();
    mine.restartIce();
    await vi.waitFor(() => expect(ufrags()).not.toEqual(first));
    await Promise.all(sessions.map((session) => session.settled()));

    const second = ufrags();
    const [transceiver] = mine.getTransceivers();
    if (transceiver) transceiver.direction = 'sendonly';
    await vi.waitFor(() => expect(errors).toEqual(['change-failed']));
    expect(ufrags()).toEqual(second);
  });
});
