import { createBrowserPort, type PeerConnectionLike } from '@detente/browser';
import type { Candidate } from '@detente/core';
import type { PeerConnectionPort } from '@detente/session';
import { createVirtualTrack, engineVariants, VirtualPeerConnection } from '@detente/testing';
import { describe, expect, it, vi } from 'vitest';

const ignore = () => undefined;
const deaf = { changed: ignore, candidate: ignore, closed: ignore };

const createEnds = () => {
  const [left, right] = [new VirtualPeerConnection({ label: 'left' }), new VirtualPeerConnection({ label: 'right' })];
  return { left, right, leftPort: createBrowserPort(left), rightPort: createBrowserPort(right) };
};

const exchange = async (offerer: PeerConnectionPort, answerer: PeerConnectionPort): Promise<void> => {
  await answerer.applyOffer(await offerer.createOffer({ iceRestart: false }));
  await offerer.applyAnswer(await answerer.createAnswer());
};

describe('the operations', () => {
  it('set what they create, and return what was set', async () => {
    const { left, right, leftPort, rightPort } = createEnds();
    left.addTransceiver('audio');
    const offer = await leftPort.createOffer({ iceRestart: false });
    expect(offer).toEqual(left.pendingLocalDescription?.toJSON());
    expect(leftPort).toMatchObject({ signalingState: 'have-local-offer', localDescription: offer });
    await rightPort.applyOffer(offer);
    const answer = await rightPort.createAnswer();
    expect(answer).toEqual(right.currentLocalDescription?.toJSON());
    await leftPort.applyAnswer(answer);
    expect([leftPort.signalingState, rightPort.signalingState]).toEqual(['stable', 'stable']);
  });

  it('need no engine that makes descriptions by itself', async () => {
    const pc = new VirtualPeerConnection({
      variant: { ...engineVariants.spec, parameterlessSetLocalDescription: false },
    });
    pc.addTransceiver('audio');
    expect(await createBrowserPort(pc).createOffer({ iceRestart: false })).toMatchObject({ type: 'offer' });
  });

  it('ask for new ICE credentials when told to', async () => {
    const { left, leftPort, rightPort } = createEnds();
    left.addTransceiver('audio');
    await exchange(leftPort, rightPort);
    const ufragIn = (sdp: string | undefined) => /^a=ice-ufrag:(\S+)/m.exec(sdp ?? '')?.[1];
    const before = ufragIn(left.currentLocalDescription?.sdp);
    expect(ufragIn((await leftPort.createOffer({ iceRestart: false })).sdp)).toBe(before);
    expect(ufragIn((await leftPort.createOffer({ iceRestart: true })).sdp)).not.toBe(before);
  });

  it('roll back from the side whose offer is pending, since the other side is refused', async () => {
    const { left, leftPort, rightPort } = createEnds();
    left.addTransceiver('audio');
    await rightPort.applyOffer(await leftPort.createOffer({ iceRestart: false }));
    await Promise.all([leftPort.rollback(), rightPort.rollback()]);
    expect([leftPort.signalingState, rightPort.signalingState]).toEqual(['stable', 'stable']);
  });

  it('reject as the engine does', async () => {
    const { leftPort } = createEnds();
    await expect(leftPort.createAnswer()).rejects.toMatchObject({ name: 'InvalidStateError' });
    await expect(leftPort.applyAnswer({ type: 'answer', sdp: '' })).rejects.toMatchObject({
      name: 'InvalidStateError',
    });
    await expect(leftPort.addCandidate({ candidate: 'candidate:1', sdpMid: '0' })).rejects.toMatchObject({
      name: 'InvalidStateError',
    });
  });
});

describe('an offer that the engine refuses', () => {
  const sdpOf = (ufrag: string) => `v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:${ufrag}\r\n`;
  const refuseUntilRestarted = (known: string | null) => {
    const calls: string[] = [];
    const pc = bare({
      remoteDescription: known === null ? null : { type: 'offer', sdp: sdpOf(known) },
      createOffer: async (options) => {
        calls.push(`createOffer ${JSON.stringify(options)}`);
        return { type: 'offer', sdp: '' };
      },
      setRemoteDescription: async ({ type }) => {
        calls.push(`setRemoteDescription ${type}`);
        if (!calls.includes('createOffer {"iceRestart":true}')) throw new Error('offer did not request ICE restart');
      },
    });
    return { calls, port: createBrowserPort(pc) };
  };

  it('is set once more after the engine has made a restarting offer, if it restarts ICE', async () => {
    const { calls, port } = refuseUntilRestarted('old');
    await port.applyOffer({ type: 'offer', sdp: sdpOf('new') });
    expect(calls).toEqual([
      'setRemoteDescription offer',
      'createOffer {"iceRestart":true}',
      'setRemoteDescription offer',
    ]);
  });

  it.each(['new', null])('is refused otherwise, when what is known is %s', async (known) => {
    const { calls, port } = refuseUntilRestarted(known);
    await expect(port.applyOffer({ type: 'offer', sdp: sdpOf('new') })).rejects.toThrow('did not request');
    expect(calls).toEqual(['setRemoteDescription offer']);
  });
});

describe('an offer that comes when the DTLS roles are settled', () => {
  const sdpOf = (ufrag: string, setup: string) =>
    ['v=0', 'm=video 0 RTP/AVP 96', 'a=setup:holdconn', 'm=audio 9 RTP/AVP 111', `a=ice-ufrag:${ufrag}`]
      .concat(`a=setup:${setup}`, '')
      .join('\r\n');
  const set = async (descriptions: Partial<PeerConnectionLike>, ufrag: string) => {
    const offers: string[] = [];
    const pc = bare({
      ...descriptions,
      setRemoteDescription: async ({ sdp }) => void offers.push(sdp),
    });
    await createBrowserPort(pc).applyOffer({ type: 'offer', sdp: sdpOf(ufrag, 'actpass') });
    return offers;
  };
  const theyAnswered = (setup: string) => ({ remoteDescription: { type: 'answer', sdp: sdpOf('old', setup) } });
  const weAnswered = (setup: string) => ({
    remoteDescription: { type: 'offer', sdp: sdpOf('old', 'actpass') },
    localDescription: { type: 'answer', sdp: sdpOf('ours', setup) },
  });

  it.each([
    ['active', theyAnswered('active')],
    ['passive', theyAnswered('passive')],
    ['passive', weAnswered('active')],
    ['active', weAnswered('passive')],
    ['actpass', weAnswered('actpass')],
  ])('names the role that the other side keeps, which is %s, if it restarts ICE', async (role, descriptions) => {
    expect(await set(descriptions, 'new')).toEqual([sdpOf('new', role)]);
  });

  it('is set as it is otherwise', async () => {
    expect(await set(theyAnswered('active'), 'old')).toEqual([sdpOf('old', 'actpass')]);
    expect(await set({ remoteDescription: null }, 'new')).toEqual([sdpOf('new', 'actpass')]);
  });
});

describe('a candidate', () => {
  const sdpOf = (...mids: readonly string[]) =>
    [
      `v=0`,
      `a=group:BUNDLE ${mids.join(' ')}`,
      ...['0', '1'].flatMap((mid) => ['m=audio 9 RTP/AVP 111', `a=mid:${mid}`]),
    ]
      .concat('')
      .join('\r\n');
  const bundled = sdpOf('0', '1');
  const unbundled = sdpOf('1');
  const addTo = async (descriptions: Partial<PeerConnectionLike>, ...candidates: readonly Candidate[]) => {
    const added: unknown[] = [];
    const pc = bare({ ...descriptions, addIceCandidate: async (candidate) => void added.push(candidate) });
    const port = createBrowserPort(pc);
    for (const candidate of candidates) await port.addCandidate(candidate);
    return added;
  };
  const candidateFor = (sdpMid: string) => ({ candidate: 'candidate:1', sdpMid });
  const asked = (sdp: string) =>
    ({ signalingState: 'have-remote-offer', remoteDescription: { type: 'offer', sdp } }) as const;
  const answered = (sdp: string) => ({ remoteDescription: { type: 'answer', sdp } });

  it.each([
    ['offered', asked(bundled)],
    [
      'offered, after an answer of ours without',
      { ...asked(bundled), localDescription: { type: 'answer', sdp: unbundled } },
    ],
    ['accepted by the other side', answered(bundled)],
    ['accepted here', { ...answered(unbundled), localDescription: { type: 'answer', sdp: bundled } }],
  ])('is kept from the engine for all but the first m-line of a bundle that was %s', async (_, descriptions) => {
    const byIndex = { candidate: 'candidate:1', sdpMLineIndex: 1 };
    expect(await addTo(descriptions, candidateFor('0'), candidateFor('1'), byIndex)).toEqual([candidateFor('0')]);
  });

  it('is added for the m-line that was the first of the bundle until another took a place before it', async () => {
    const added: unknown[] = [];
    let sdp = sdpOf('1', '2');
    const pc = bare({
      get remoteDescription() {
        return { type: 'answer', sdp };
      },
      addIceCandidate: async (candidate) => void added.push(candidate),
      setRemoteDescription: async () => undefined,
    });
    const port = createBrowserPort(pc);
    await port.applyOffer({ type: 'offer', sdp: '' });
    sdp = sdpOf('0', '1', '2');
    for (const mid of ['0', '1', '2']) await port.addCandidate(candidateFor(mid));
    expect(added).toEqual([candidateFor('0'), candidateFor('1')]);
  });

  it('is added for an m-line of no bundle, and for one that nobody knows', async () => {
    const all = [candidateFor('0'), candidateFor('1'), candidateFor('2'), { candidate: '' }];
    expect(await addTo(answered(unbundled), ...all)).toEqual(all);
    expect(await addTo({ remoteDescription: null }, ...all)).toEqual(all);
    const refusedHere = { remoteDescription: { type: 'offer', sdp: bundled } };
    expect(await addTo({ ...refusedHere, localDescription: { type: 'answer', sdp: unbundled } }, ...all)).toEqual(all);
  });
});

describe('the events', () => {
  it('tell of changes and candidates, until nobody listens any more', async () => {
    const { left, leftPort, rightPort } = createEnds();
    const changed = vi.fn();
    const candidates: (Candidate | null)[] = [];
    const stop = leftPort.subscribe({ ...deaf, changed, candidate: (one) => candidates.push(one) });
    left.addTransceiver('audio');
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
    await exchange(leftPort, rightPort);
    await vi.waitFor(() => expect(candidates.at(-1)).toBeNull());
    expect(candidates[0]).toEqual({
      candidate: expect.stringContaining('candidate:'),
      sdpMid: '0',
      sdpMLineIndex: 0,
      usernameFragment: /^a=ice-ufrag:(\S+)/m.exec(left.localDescription?.sdp ?? '')?.[1],
    });
    stop();
    left.addTransceiver('audio');
    await exchange(leftPort, rightPort);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('say nothing of the end of a gathering that another one has replaced', () => {
    const heard: (string | null)[] = [];
    const pc = bare<Partial<PeerConnectionLike> & { onicecandidate?: (event: object) => void }>({
      onicecandidate: () => undefined,
    });
    createBrowserPort(pc).subscribe({ ...deaf, candidate: (one) => heard.push(one && (one.candidate ?? null)) });
    const holds = (ufrag: string) =>
      Object.assign(pc, {
        localDescription: { type: 'offer', sdp: `v=0\r\nm=audio 9 RTP/AVP 0\r\na=ice-ufrag:${ufrag}\r\n` },
      });
    const gathers = (candidate: object | null) => pc.onicecandidate?.({ candidate });
    holds('old');
    gathers({ candidate: 'of the old', usernameFragment: 'old' });
    holds('new');
    gathers(null);
    gathers({ candidate: 'of the new', usernameFragment: 'new' });
    gathers(null);
    expect(heard).toEqual(['of the old', 'of the new', null]);
  });

  it('tell that the connection was closed, where the engine says so', () => {
    const pc = new VirtualPeerConnection({ variant: 'wrtc' });
    const closed = vi.fn();
    createBrowserPort(pc).subscribe({ ...deaf, closed });
    pc.close();
    expect(closed).toHaveBeenCalledTimes(1);
  });

  it('are heard from an engine that only has on… attributes, beside the handlers of the application', () => {
    const theirs = vi.fn();
    const changed = vi.fn();
    const pc = bare({ onnegotiationneeded: theirs });
    const stop = createBrowserPort(pc).subscribe({ ...deaf, changed });
    pc.onnegotiationneeded({});
    expect([changed, theirs].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    stop();
    pc.onnegotiationneeded({});
    expect([changed, theirs].map(({ mock }) => mock.calls.length)).toEqual([1, 2]);
    expect(pc.onnegotiationneeded).toBe(theirs);
  });
});

/** The least that passes for a peer connection, with whatever the test needs of it. */
const bare = <Rest extends Partial<PeerConnectionLike> & { onnegotiationneeded?: (event: object) => void }>(
  rest: Rest,
) => {
  const none = () => Promise.reject(new Error('not here'));
  const pc: PeerConnectionLike = {
    signalingState: 'stable',
    localDescription: null,
    remoteDescription: null,
    createOffer: none,
    createAnswer: none,
    setLocalDescription: none,
    setRemoteDescription: none,
    addIceCandidate: none,
    getTransceivers: () => [],
    addTransceiver: ignore,
  };
  return { ...pc, ...rest };
};

describe('negotiation', () => {
  /** Lets the test say when the engine says that negotiation is needed. */
  const takeOverEvent = (pc: VirtualPeerConnection, port: PeerConnectionPort): (() => void) => {
    let raise: (() => void) | undefined;
    vi.spyOn(pc, 'addEventListener').mockImplementation((type, listener) => {
      if (type === 'negotiationneeded') raise = () => listener({ type, target: pc } as never);
    });
    port.subscribe(deaf);
    return raise ?? expect.fail('it does not listen');
  };

  it('is needed for what only the event tells, until an exchange carries it', async () => {
    const { left, leftPort, rightPort } = createEnds();
    leftPort.subscribe(deaf);
    left.createDataChannel('one');
    await vi.waitFor(() => expect(leftPort.negotiationNeeded()).toBe(true));
    await leftPort.createOffer({ iceRestart: false });
    await leftPort.rollback();
    expect(leftPort.negotiationNeeded()).toBe(true);
    await exchange(leftPort, rightPort);
    expect(leftPort.negotiationNeeded()).toBe(false);
  });

  it('is still needed for that when the event comes again before the offer is taken back, as in Chromium', async () => {
    const { left, leftPort } = createEnds();
    const raise = takeOverEvent(left, leftPort);
    left.createDataChannel('one');
    raise();
    await leftPort.createOffer({ iceRestart: false });
    raise();
    await leftPort.rollback();
    expect(leftPort.negotiationNeeded()).toBe(true);
  });

  it('is needed for an m-line whose transceiver is gone, as long as neither side rejects it', () => {
    const sdpOf = (port: number) => `v=0\r\nm=audio ${port} UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=sendrecv\r\n`;
    const needed = (ours: number, theirs: number) =>
      createBrowserPort(
        bare({
          localDescription: { type: 'offer', sdp: sdpOf(ours) },
          remoteDescription: { type: 'answer', sdp: sdpOf(theirs) },
        }),
      ).negotiationNeeded();
    expect([needed(9, 9), needed(0, 0), needed(9, 0)]).toEqual([true, false, false]);
  });

  it('is judged by the direction that holds for a whole description, where an m-line has none', () => {
    const sdp = (direction: string) =>
      `v=0\r\n${direction}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=msid:- one\r\n`;
    const needed = (ours: string, theirs: string) => {
      const track = { track: { kind: 'audio' } };
      const transceiver = { mid: '0', direction: 'sendonly', currentDirection: null, sender: track, receiver: track };
      return createBrowserPort(
        bare({
          localDescription: { type: 'offer', sdp: sdp(ours) },
          remoteDescription: { type: 'answer', sdp: sdp(theirs) },
          getTransceivers: () => [transceiver],
        }),
      ).negotiationNeeded();
    };
    expect(needed('a=sendonly\r\n', '')).toBe(false);
    expect(needed('', 'a=recvonly\r\n')).toBe(false);
    expect(needed('', '')).toBe(true);
  });

  it.each(['left', 'right'])('is no longer needed for a false alarm once %s begins the next exchange', async (next) => {
    const { left, leftPort, rightPort } = createEnds();
    left.addTransceiver('audio');
    await exchange(leftPort, rightPort);
    takeOverEvent(left, leftPort)();
    await exchange(leftPort, rightPort);
    expect(leftPort.negotiationNeeded()).toBe(true);
    await (next === 'left' ? exchange(leftPort, rightPort) : exchange(rightPort, leftPort));
    expect(leftPort.negotiationNeeded()).toBe(false);
  });

  it('is needed to send what the other side does not want until that was offered, and then no more', async () => {
    const { left, right, leftPort, rightPort } = createEnds();
    const raise = takeOverEvent(left, leftPort);
    right.addTransceiver('audio', { direction: 'sendonly' });
    await exchange(rightPort, leftPort);
    const [transceiver] = left.getTransceivers();
    if (transceiver) transceiver.direction = 'sendrecv';
    expect(leftPort.negotiationNeeded()).toBe(true);
    await exchange(leftPort, rightPort);
    await exchange(rightPort, leftPort);
    expect(left.negotiationNeeded).toBe(true);
    raise();
    expect(leftPort.negotiationNeeded()).toBe(false);
  });
});

describe('room for an answerer', () => {
  it('is what its senders without an m-line need', async () => {
    const { left, leftPort, rightPort } = createEnds();
    left.addTransceiver('video');
    await exchange(leftPort, rightPort);
    left.addTrack(createVirtualTrack({ kind: 'audio', id: 'microphone' }));
    left.addTransceiver('video', { direction: 'sendonly' });
    left.addTransceiver('video', { direction: 'recvonly' });
    left.addTransceiver('audio').stop();
    expect(leftPort.mediaNeeds()).toEqual({ audio: 1, video: 1 });
  });

  it('is added to an offer as far as it has too little', async () => {
    const { left, leftPort } = createEnds();
    left.addTransceiver('audio', { direction: 'sendrecv' });
    left.addTransceiver('video', { direction: 'sendonly' });
    for (let times = 0; times < 2; times++) {
      await leftPort.createOffer({ iceRestart: false, receive: { audio: 2, video: 1 } });
      expect(left.getTransceivers().map(({ receiver, direction }) => `${receiver.track.kind} ${direction}`)).toEqual([
        'audio sendrecv',
        'video sendonly',
        'audio recvonly',
        'video recvonly',
      ]);
      await leftPort.rollback();
    }
  });
});
