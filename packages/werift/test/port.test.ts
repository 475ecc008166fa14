import type { Candidate, Description } from '@detente/core';
import { describe, expect, it } from 'vitest';
import { connected, createSide, directions, exchange, lines } from './loopback.ts';

describe('operations', () => {
  it('creates an offer and sets it', async () => {
    const { pc, port } = createSide();
    pc.addTransceiver('audio', { direction: 'sendonly' });

    const offer = await port.createOffer({ iceRestart: false });

    expect(offer.type).toBe('offer');
    expect(lines(offer.sdp)).toEqual(['audio 9']);
    expect(port.localDescription).toEqual(offer);
    expect(port.signalingState).toBe('have-local-offer');
  });

  it('puts the candidates that werift gathers meanwhile into the description', async () => {
    const { pc, port } = createSide();
    pc.addTransceiver('audio');
    const offer = await port.createOffer({ iceRestart: false });
    expect(offer.sdp).toMatch(/^a=candidate:.* 127\.0\.0\.1 /m);
  });

  it('applies an offer, answers it, applies the answer, and connects', async () => {
    const [left, right] = [createSide(), createSide()];
    left.pc.addTransceiver('video', { direction: 'sendonly' });

    await right.port.applyOffer(await left.port.createOffer({ iceRestart: false }));
    expect(right.port.signalingState).toBe('have-remote-offer');
    const answer = await right.port.createAnswer();
    expect(answer.type).toBe('answer');
    expect(right.port.localDescription).toEqual(answer);
    await left.port.applyAnswer(answer);

    await connected(left, right);
    expect([left.port.signalingState, right.port.signalingState]).toEqual(['stable', 'stable']);
    expect(directions(left.pc)).toEqual(['video sendonly/sendonly']);
    expect(directions(right.pc)).toEqual(['video recvonly/recvonly']);
  });

  it('has no local description before the first one is set', () => {
    expect(createSide().port.localDescription).toBeNull();
  });

  it('rolls a remote offer back to stable', async () => {
    const [left, right] = [createSide(), createSide()];
    left.pc.addTransceiver('audio');
    await right.port.applyOffer(await left.port.createOffer({ iceRestart: false }));

    await right.port.rollback();

    expect(right.port.signalingState).toBe('stable');
    expect(right.pc.getTransceivers()).toEqual([]);
  });

  it('rolls its own offer back to stable and forgets the mids, so that the other side can offer the same ones', async () => {
    const [left, right] = [createSide(), createSide()];
    left.pc.addTransceiver('audio', { direction: 'sendonly' });
    right.pc.addTransceiver('audio', { direction: 'sendonly' });
    await left.port.createOffer({ iceRestart: false });

    await left.port.rollback();
    expect(left.port.signalingState).toBe('stable');
    await exchange(right, left);
    await exchange(left, right);

    expect(directions(left.pc)).toEqual(['audio sendonly/sendonly', 'audio recvonly/recvonly']);
    expect(directions(right.pc)).toEqual(['audio sendonly/sendonly', 'audio recvonly/recvonly']);
  });

  it('says that it cannot roll back', () => {
    expect(createSide().port.capabilities).toEqual({ rollback: false });
  });

  it('connects by candidates alone when the descriptions have none', async () => {
    const [left, right] = [createSide(), createSide()];
    const bare = ({ type, sdp }: Description): Description => ({
      type,
      sdp: sdp.replace(/^a=(candidate:.*|end-of-candidates)\r\n/gm, ''),
    });
    const candidates: { readonly of: 'left' | 'right'; readonly candidate: Candidate | null }[] = [];
    const listener = (of: 'left' | 'right') => ({
      changed: () => undefined,
      closed: () => undefined,
      candidate: (candidate: Candidate | null) => candidates.push({ of, candidate }),
    });
    left.port.subscribe(listener('left'));
    right.port.subscribe(listener('right'));
    left.pc.createDataChannel('chat');

    await right.port.applyOffer(bare(await left.port.createOffer({ iceRestart: false })));
    await left.port.applyAnswer(bare(await right.port.createAnswer()));
    for (const { of, candidate } of candidates) {
      if (candidate !== null) await (of === 'left' ? right : left).port.addCandidate(candidate);
    }

    await connected(left, right);
    expect(candidates.find(({ of }) => of === 'left')?.candidate).toMatchObject({ sdpMid: '0', sdpMLineIndex: 0 });
    expect(candidates.filter(({ candidate }) => candidate === null).map(({ of }) => of)).toEqual(['left', 'right']);
  });

  it('rejects a candidate of other credentials and goes on', async () => {
    const [left, right] = [createSide(), createSide()];
    left.pc.createDataChannel('chat');
    await exchange(left, right);
    const alien: Candidate = {
      candidate: 'candidate:1 1 udp 2130706431 127.0.0.1 9 typ host',
      sdpMid: '0',
      sdpMLineIndex: 0,
      usernameFragment: 'none',
    };
    await expect(left.port.addCandidate(alien)).rejects.toThrow('ICE usernameFragment');
    await connected(left, right);
  });
});

describe('media needs', () => {
  it('counts the senders that have no m-line, by kind', async () => {
    const [left, right] = [createSide(), createSide()];
    left.pc.addTransceiver('audio', { direction: 'sendonly' });
    left.pc.addTransceiver('video', { direction: 'sendrecv' });
    left.pc.addTransceiver('video', { direction: 'recvonly' });
    left.pc.addTransceiver('video', { direction: 'sendonly' }).stop();
    expect(left.port.mediaNeeds()).toEqual({ audio: 1, video: 1 });

    await exchange(left, right);
    expect(left.port.mediaNeeds()).toEqual({ audio: 0, video: 0 });
  });

  it('are met by an offer with one new m-line for each', async () => {
    const [offerer, answerer] = [createSide(), createSide()];
    answerer.pc.addTransceiver('audio', { direction: 'sendonly' });
    answerer.pc.addTransceiver('video', { direction: 'sendonly' });
    offerer.pc.addTransceiver('video', { direction: 'recvonly' });

    const offer = await offerer.port.createOffer({ iceRestart: false, receive: answerer.port.mediaNeeds() });
    await answerer.port.applyOffer(offer);
    await offerer.port.applyAnswer(await answerer.port.createAnswer());

    expect(directions(answerer.pc)).toEqual(['audio sendonly/sendonly', 'video sendonly/sendonly']);
    expect(directions(offerer.pc)).toEqual(['video recvonly/recvonly', 'audio recvonly/recvonly']);
    expect(answerer.port.mediaNeeds()).toEqual({ audio: 0, video: 0 });
  });
});

describe('engine events', () => {
  it('reports a change, and nothing once unsubscribed', async () => {
    const { pc, port } = createSide();
    let changes = 0;
    const seen = new Promise<void>((resolve) => {
      const stop = port.subscribe({
        changed: () => {
          changes++;
          stop();
          resolve();
        },
        candidate: () => undefined,
        closed: () => undefined,
      });
    });
    pc.addTransceiver('audio');
    await seen;
    pc.addTransceiver('audio');
    await port.createOffer({ iceRestart: false });
    expect(changes).toBe(1);
  });

  it('reports that the connection was closed from outside', async () => {
    const { pc, port } = createSide();
    let closed = 0;
    port.subscribe({ changed: () => undefined, candidate: () => undefined, closed: () => closed++ });
    await pc.close();
    expect(closed).toBe(1);
    expect(port.signalingState).toBe('closed');
  });
});

describe('on a closed connection', () => {
  it('every operation rejects and no answer of the port throws', async () => {
    const [left, right] = [createSide(), createSide()];
    left.pc.addTransceiver('audio');
    const offer = await left.port.createOffer({ iceRestart: false });
    await right.pc.close();

    await expect(right.port.applyOffer(offer)).rejects.toThrow('closed');
    await expect(right.port.createAnswer()).rejects.toThrow('closed');
    await expect(right.port.applyAnswer({ type: 'answer', sdp: offer.sdp })).rejects.toThrow('closed');
    await expect(right.port.createOffer({ iceRestart: false })).rejects.toThrow('closed');
    await expect(right.port.rollback()).rejects.toThrow('closed');
    await expect(right.port.addCandidate({ candidate: '' })).rejects.toThrow('closed');
    expect(right.port.localDescription).toBeNull();
    expect(right.port.negotiationNeeded()).toBe(false);
    expect(right.port.mediaNeeds()).toEqual({ audio: 0, video: 0 });
  });
});

describe('an operation in the wrong signaling state', () => {
  it('stable->SetRemote(answer) rejects and stays stable', async () => {
    const { port } = createSide();
    await expect(port.applyAnswer({ type: 'answer', sdp: 'v=0\r\n' })).rejects.toThrow('Cannot handle answer');
    expect(port.signalingState).toBe('stable');
  });

  it('stable->CreateAnswer rejects and stays stable', async () => {
    const { port } = createSide();
    await expect(port.createAnswer()).rejects.toThrow('createAnswer failed');
    expect(port.signalingState).toBe('stable');
  });

  it('stable->rollback rejects and stays stable', async () => {
    const { port } = createSide();
    await expect(port.rollback()).rejects.toThrow('Cannot rollback');
    expect(port.signalingState).toBe('stable');
  });
});
