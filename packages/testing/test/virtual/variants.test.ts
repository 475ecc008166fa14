import { describe, expect, it } from 'vitest';
import { VirtualPeerConnection } from '../../src/virtual/peer-connection.ts';
import { type EngineName, type EngineVariant, engineVariants } from '../../src/virtual/variants.ts';
import {
  addMedia,
  answer,
  createEnds,
  createManualEnds,
  deliver,
  driven,
  ending,
  eventLog,
  exchange,
  finish,
  mLines,
  mids,
  offer,
} from './support.ts';

const engines = Object.keys(engineVariants) as readonly EngineName[];

const spec = (changes: Partial<EngineVariant>): EngineVariant => ({ ...engineVariants.spec, ...changes });

/** Where each rollback leads from each state, as the engines were seen to do. */
const createOfferer = async (variant: EngineName | EngineVariant) => {
  const ends = createEnds(variant);
  addMedia(ends.left, 'audio', 'one');
  await ends.left.setLocalDescription({ type: 'offer' });
  return ends;
};

const createAnswerer = async (variant: EngineName | EngineVariant) => {
  const ends = createEnds('spec', variant);
  addMedia(ends.left, 'audio', 'one');
  await offer(ends.left, ends.right);
  return ends;
};

describe('every engine', () => {
  it.each(engines)('%s completes plain exchanges in both directions', async (name) => {
    const { left, right } = createEnds(name, name);
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    addMedia(right, 'video', 'two');
    await exchange(right, left);
    expect([mLines(left), mLines(right)]).toEqual([
      ['0 audio sendonly', '1 video recvonly'],
      ['0 audio recvonly', '1 video sendrecv'],
    ]);
  });

  const rollbacks: readonly [EngineName, string, string, string, string, string][] = [
    ['spec', 'stable', 'stable', 'InvalidStateError', 'InvalidStateError', 'have-remote-offer'],
    ['chromium', 'stable', 'stable', 'stable', 'stable', 'have-remote-offer'],
    ['firefox', 'stable', 'stable', 'InvalidStateError', 'InvalidStateError', 'have-remote-offer'],
    ['wrtc', 'stable', 'stable', 'stable', 'stable', 'InvalidStateError'],
    ['werift', 'stable', 'stable', 'InvalidStateError', 'InvalidStateError', 'have-remote-offer'],
    [
      'pion',
      'InvalidModificationError',
      'InvalidModificationError',
      'InvalidModificationError',
      'InvalidModificationError',
      'InvalidStateError',
    ],
    ['aiortc', 'have-local-offer', 'have-remote-offer', 'have-remote-offer', 'have-local-offer', 'InvalidStateError'],
  ];

  it.each(rollbacks)(
    '%s: have-local-offer->SetLocal(rollback)->%s, have-remote-offer->SetRemote(rollback)->%s; from the wrong side %s and %s; SetRemote(offer)->%s',
    async (name, local, remote, wrongLocal, wrongRemote, implicit) => {
      const rollback = { type: 'rollback' } as const;
      const result = async (pc: VirtualPeerConnection, promise: Promise<void>) => {
        const how = await ending(promise);
        return how === 'done' ? pc.signalingState : how;
      };
      const offerers = await Promise.all([1, 2, 3].map(() => createOfferer(name)));
      const answerers = await Promise.all([1, 2].map(() => createAnswerer(name)));
      const [first, second, third] = offerers.map(({ left }) => left) as [
        VirtualPeerConnection,
        VirtualPeerConnection,
        VirtualPeerConnection,
      ];
      const [fourth, fifth] = answerers.map(({ right }) => right) as [VirtualPeerConnection, VirtualPeerConnection];
      const { left: other } = await createOfferer('spec');
      expect([
        await result(first, first.setLocalDescription(rollback)),
        await result(fourth, fourth.setRemoteDescription(rollback)),
        await result(fifth, fifth.setLocalDescription(rollback)),
        await result(second, second.setRemoteDescription(rollback)),
        await result(third, deliver(other, third)),
      ]).toEqual([local, remote, wrongLocal, wrongRemote, implicit]);
    },
  );

  it.each(engines)('%s takes setLocalDescription without a description, or says that it does not', async (name) => {
    const { left } = createEnds(name);
    const works = engineVariants[name].parameterlessSetLocalDescription;
    expect(await ending(left.setLocalDescription())).toBe(works ? 'done' : 'TypeError');
    expect(left.signalingState).toBe(works ? 'have-local-offer' : 'stable');
  });

  it.each(engines)('%s creates an offer in have-remote-offer, or says that it does not', async (name) => {
    const { right } = await createAnswerer(name);
    expect(await ending(right.createOffer())).toBe(
      engineVariants[name].createsOfferAnywhere ? 'done' : 'InvalidStateError',
    );
  });

  it.each(engines)('%s knows provisional answers, or says that it does not', async (name) => {
    const { right } = await createAnswerer(name);
    expect(await ending(right.setLocalDescription({ type: 'pranswer' }))).toBe(
      engineVariants[name].pranswer ? 'done' : 'NotSupportedError',
    );
  });

  it.each(engines)('%s adds a candidate with an unknown ufrag, or says that it does not', async (name) => {
    const { right } = await createAnswerer(name);
    const candidate = { candidate: 'candidate:1', sdpMid: '0', usernameFragment: 'zzzz' };
    expect(await ending(right.addIceCandidate(candidate))).toBe(
      engineVariants[name].unknownUfrag === 'accepted' ? 'done' : 'OperationError',
    );
    expect(await ending(right.addIceCandidate({ ...candidate, sdpMid: '7' }))).toBe('OperationError');
  });

  it.each(engines)('%s has the methods that it has', (name) => {
    const pc = new VirtualPeerConnection({ variant: name });
    const missing = (['restartIce', 'removeTrack'] as const).filter((method) => typeof pc[method] !== 'function');
    expect(missing).toEqual(engineVariants[name].missingMethods);
  });

  it.each(engines)('%s fires signalingstatechange on close, or does not', (name) => {
    const pc = new VirtualPeerConnection({ variant: name });
    const log = eventLog(pc, 'signalingstatechange');
    pc.close();
    expect(log).toEqual(engineVariants[name].closeFiresStateChange ? ['signalingstatechange:closed'] : []);
  });
});

describe('a rollback that keeps mids', () => {
  it('loses the media of a kind whose mid the other side took, without a word', async () => {
    const { left: polite, right: impolite } = createEnds('werift');
    addMedia(polite, 'audio', 'one');
    addMedia(impolite, 'video', 'two');
    await polite.setLocalDescription();
    await offer(impolite, polite);
    await answer(polite, impolite);
    expect(mids(polite)).toEqual(['0', '0']);
    expect(polite.negotiationNeeded).toBe(false);
    await exchange(polite, impolite);
    expect(mLines(polite)).toEqual(['0 video recvonly']);
  });

  it('merges media of the same kind', async () => {
    const { left: polite, right: impolite } = createEnds('werift');
    addMedia(polite, 'audio', 'one');
    addMedia(impolite, 'audio', 'two');
    await polite.setLocalDescription();
    await offer(impolite, polite);
    await answer(polite, impolite);
    expect(mLines(polite)).toEqual(['0 audio sendrecv']);
  });

  it('offers again what the other side has no mid for', async () => {
    const { left: polite, right: impolite } = createEnds('werift');
    addMedia(polite, 'audio', 'one');
    addMedia(polite, 'audio', 'two');
    addMedia(impolite, 'audio', 'three');
    await polite.setLocalDescription();
    await offer(impolite, polite);
    await answer(polite, impolite);
    expect([mids(polite), polite.negotiationNeeded]).toEqual([['0', '1'], true]);
    await exchange(polite, impolite);
    expect(mLines(polite)).toEqual(['0 audio sendrecv', '1 audio sendrecv']);
  });
});

describe('a rollback that loses the data channels', () => {
  const lose = async () => {
    const ends = createEnds('chromium');
    ends.left.createDataChannel('chat');
    addMedia(ends.left, 'audio', 'one');
    await ends.left.setLocalDescription();
    await ends.left.setLocalDescription({ type: 'rollback' });
    return ends;
  };

  it('offers none again, although they are needed', async () => {
    const { left, right } = await lose();
    await exchange(left, right);
    await exchange(left, right);
    expect([mLines(left), left.negotiationNeeded]).toEqual([['0 audio sendrecv'], true]);
  });

  it('rejects those of the other side, which then needs them for ever too', async () => {
    const { left, right } = await lose();
    await exchange(left, right);
    addMedia(right, 'audio', 'two');
    right.addTransceiver('audio');
    right.createDataChannel('chat');
    await exchange(right, left);
    expect(mLines(left)).toEqual(['0 audio sendrecv', '1 audio recvonly', '2 application rejected']);
    expect([left.negotiationNeeded, right.negotiationNeeded]).toEqual([true, true]);
  });

  it('finds them again when the other side offers them under the mid that was lost', async () => {
    const { left, right } = createEnds('chromium');
    left.createDataChannel('one');
    right.createDataChannel('two');
    await left.setLocalDescription();
    await exchange(right, left);
    expect([mLines(left), left.negotiationNeeded]).toEqual([['0 application sendrecv'], false]);
  });

  it('does not happen once they were negotiated', async () => {
    const { left, right } = createEnds('chromium');
    left.createDataChannel('chat');
    await exchange(left, right);
    await left.setLocalDescription();
    await left.setLocalDescription({ type: 'rollback' });
    await exchange(left, right);
    expect(mLines(left)).toEqual(['0 application sendrecv']);
  });
});

describe('a rollback that keeps the ufrag', () => {
  it('gives the next description, offer or answer, the ufrag of the offer that is gone, and gathers for it', async () => {
    const { left, right, schedule } = createManualEnds('firefox');
    addMedia(left, 'audio', 'one');
    addMedia(right, 'audio', 'two');
    await driven(schedule, left.setLocalDescription());
    let candidates = 0;
    left.onicecandidate = () => (candidates += 1);
    await driven(schedule, exchange(right, left));
    expect(left.localDescription?.sdp).toContain('a=ice-ufrag:left0001');
    expect(candidates).toBe(3);
    left.restartIce();
    await driven(schedule, exchange(left, right));
    expect(left.localDescription?.sdp).toContain('a=ice-ufrag:left0002');
  });
});

describe('a rollback that refuses ICE restarts', () => {
  const createAgreed = async () => {
    const { left, right } = createEnds('spec', 'firefox');
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    left.restartIce();
    return { left, right };
  };

  it('makes the restart of the other side fail, until an exchange without one', async () => {
    const { left, right } = await createAgreed();
    await right.setLocalDescription();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await ending(offer(left, right))).toBe('InvalidAccessError');
      expect(right.signalingState).toBe('stable');
    }
    await left.setLocalDescription({ type: 'rollback' });
    await exchange(right, left);
    expect(await ending(exchange(left, right))).toBe('done');
  });

  it('does not happen when both restart', async () => {
    const { left, right } = await createAgreed();
    right.restartIce();
    await right.setLocalDescription();
    expect(await ending(exchange(left, right))).toBe('done');
  });
});

describe('an engine that associates any transceiver', () => {
  it('gives an offered m-line to a transceiver that was meant for another', async () => {
    const { left, right } = createEnds('spec', 'werift');
    right.addTransceiver('audio', { direction: 'sendonly' });
    left.addTransceiver('audio', { direction: 'sendonly' });
    await exchange(left, right);
    expect(mLines(right)).toEqual(['0 audio inactive']);
  });
});

describe('an answer that names the streams of what is wanted', () => {
  it('leaves a track that the offer did not let through without an event', async () => {
    const { left, right, schedule } = createManualEnds('spec', 'chromium');
    left.addTransceiver('audio', { direction: 'sendonly' });
    await driven(schedule, offer(left, right));
    addMedia(right, 'audio', 'two');
    const events = eventLog(right, 'negotiationneeded');
    await driven(schedule, answer(right, left));
    expect(right.getTransceivers()[0]).toMatchObject({ direction: 'sendrecv', currentDirection: 'recvonly' });
    expect({ events, needed: right.negotiationNeeded }).toEqual({ events: [], needed: false });
  });
});

describe('a transceiver that is stopped before it has an m-line', () => {
  it('is gone with the next exchange where the engine forgets it', async () => {
    const { left, right } = createEnds('werift');
    const transceiver = left.addTransceiver('audio');
    transceiver.stop();
    expect(left.negotiationNeeded).toBe(false);
    await exchange(left, right);
    expect([left.getTransceivers(), transceiver.currentDirection]).toEqual([[], 'stopped']);
  });
});

describe('candidates', () => {
  it('come out before setLocalDescription settles where the engine is early', async () => {
    const { left, schedule } = createManualEnds(spec({ earlyCandidates: true }));
    addMedia(left, 'audio', 'one');
    const seen: string[] = [];
    left.onsignalingstatechange = () => seen.push(left.signalingState);
    left.onicecandidate = ({ candidate }) =>
      seen.push(candidate === null ? 'none' : `"${candidate.candidate.slice(0, 9)}"`);
    await driven(
      schedule,
      left.setLocalDescription().then(() => seen.push('settled')),
    );
    expect(seen).toEqual(['have-local-offer', '"candidate"', '""', 'none', 'settled']);
  });

  it('that come before any description are kept where the engine buffers, and added with it', async () => {
    const { left, right } = createEnds('spec', 'werift');
    addMedia(left, 'audio', 'one');
    await left.setLocalDescription();
    await right.addIceCandidate({ candidate: 'candidate:1', sdpMid: '0', usernameFragment: 'left0001' });
    expect(right.remoteCandidates).toEqual([]);
    await deliver(left, right);
    expect(right.remoteCandidates).toHaveLength(1);
  });

  it('of an ignored offer make a buffering engine fail later, after its state has changed', async () => {
    const { left: impolite, right: other } = createEnds('werift');
    addMedia(impolite, 'audio', 'one');
    await impolite.setLocalDescription();
    await impolite.addIceCandidate({ candidate: 'candidate:1', sdpMid: '0', usernameFragment: 'ignored1' });
    await deliver(impolite, other);
    await other.setLocalDescription();
    expect(await ending(deliver(other, impolite))).toBe('OperationError');
    expect(impolite.signalingState).toBe('stable');
  });
});

describe('a negotiationneeded that lies', () => {
  const log = async (
    lie: EngineVariant['negotiationNeededLies'][number],
    change: (pc: VirtualPeerConnection) => void,
  ) => {
    const ends = createManualEnds(spec({ negotiationNeededLies: [lie] }));
    addMedia(ends.left, 'audio', 'one');
    await driven(ends.schedule, exchange(ends.left, ends.right));
    const events = eventLog(ends.left, 'negotiationneeded', 'signalingstatechange');
    change(ends.left);
    await ends.schedule.drive();
    return { ...ends, events };
  };
  const rollBackAnOffer = async (lie: EngineVariant['negotiationNeededLies'][number]) => {
    const { left, schedule, events } = await log(lie, (pc) => void addMedia(pc, 'video', 'two'));
    await driven(schedule, left.setLocalDescription());
    events.length = 0;
    await driven(schedule, left.setLocalDescription({ type: 'rollback' }));
    return { left, schedule, events };
  };

  it('never fires', async () => {
    const { left, events } = await log('never', (pc) => void addMedia(pc, 'video', 'two'));
    expect({ events, needed: left.negotiationNeeded }).toEqual({ events: [], needed: true });
  });

  it('fires twice', async () => {
    const { events } = await log('twice', (pc) => void addMedia(pc, 'video', 'two'));
    expect(events).toEqual(['negotiationneeded:stable', 'negotiationneeded:stable']);
  });

  it('fires a second time outside stable', async () => {
    const { left, schedule } = createManualEnds(spec({ negotiationNeededLies: ['twice'] }));
    const events = eventLog(left, 'negotiationneeded');
    addMedia(left, 'audio', 'one');
    const second = schedule.pending.length;
    void left.setLocalDescription({ type: 'rollback' }).catch(() => undefined);
    await schedule.drive();
    expect([second, events.length]).toEqual([1, 2]);
  });

  it('fires only once in its life', async () => {
    const { left, events, schedule, right } = await log('only-once', (pc) => void addMedia(pc, 'video', 'two'));
    expect(events).toEqual(['negotiationneeded:stable']);
    await driven(schedule, exchange(left, right));
    events.length = 0;
    addMedia(left, 'audio', 'three');
    await schedule.drive();
    expect({ events, needed: left.negotiationNeeded }).toEqual({ events: [], needed: true });
  });

  it('does not fire for a direction', async () => {
    const { left, events } = await log('not-for-direction', (pc) => (pc.getTransceivers()[0]!.direction = 'inactive'));
    expect({ events, needed: left.negotiationNeeded }).toEqual({ events: [], needed: true });
  });

  it('does not fire for a direction beyond the offer where no stream is sent', async () => {
    const { left, right, schedule } = createManualEnds('spec', 'firefox');
    left.addTransceiver('audio', { direction: 'sendonly' });
    await driven(schedule, exchange(left, right));
    const events = eventLog(right, 'negotiationneeded');
    right.getTransceivers()[0]!.direction = 'sendrecv';
    await schedule.drive();
    expect(events).toEqual([]);
    addMedia(right, 'audio', 'two');
    await schedule.drive();
    expect(events).toEqual(['negotiationneeded:stable']);
  });

  it('does not fire after a rollback', async () => {
    const { left, events } = await rollBackAnOffer('not-after-rollback');
    expect(events).toEqual(['signalingstatechange:stable']);
    expect(left.negotiationNeeded).toBe(true);
  });

  it('does not repeat after an exchange of the other side what it said before', async () => {
    const { left, right, schedule, events } = await log(
      'not-again-after-answering',
      (pc) => void addMedia(pc, 'video', 'two'),
    );
    await driven(schedule, exchange(right, left));
    expect(events.filter((event) => event.startsWith('negotiationneeded'))).toEqual(['negotiationneeded:stable']);
    expect(left.negotiationNeeded).toBe(true);
    await driven(schedule, exchange(left, right));
    addMedia(left, 'audio', 'three');
    await schedule.drive();
    expect(events.at(-1)).toBe('negotiationneeded:stable');
  });

  it('fires before an explicit rollback has changed the state, and not after', async () => {
    const { events } = await rollBackAnOffer('before-rollback-completes');
    expect(events).toEqual(['negotiationneeded:have-local-offer', 'signalingstatechange:stable']);
  });

  it('does not fire on a rollback that leaves nothing to negotiate', async () => {
    const ends = createManualEnds(spec({ negotiationNeededLies: ['before-rollback-completes'] }));
    const events = eventLog(ends.right, 'negotiationneeded');
    addMedia(ends.left, 'audio', 'one');
    await driven(ends.schedule, offer(ends.left, ends.right));
    await driven(ends.schedule, ends.right.setRemoteDescription({ type: 'rollback' }));
    expect(events).toEqual([]);
  });

  it('fires for an ICE restart before anything was negotiated', async () => {
    const { left, schedule } = createManualEnds(spec({ negotiationNeededLies: ['before-first-exchange'] }));
    const events = eventLog(left, 'negotiationneeded');
    left.restartIce();
    await schedule.drive();
    expect(events).toEqual(['negotiationneeded:stable']);
  });

  it('fires after the answer when the rollback was implicit', async () => {
    const { left, right, schedule } = createManualEnds('chromium');
    addMedia(left, 'audio', 'one');
    addMedia(right, 'audio', 'two');
    addMedia(left, 'audio', 'three');
    await driven(schedule, left.setLocalDescription());
    await driven(schedule, right.setLocalDescription());
    const events = eventLog(left, 'negotiationneeded');
    await driven(schedule, deliver(right, left));
    expect(events).toEqual([]);
    await driven(schedule, answer(left, right));
    expect(events).toEqual(['negotiationneeded:stable']);
  });
});

describe('the BUNDLE collision of Chromium', () => {
  const lose = async (how: 'implicit' | 'explicit' | 'only created') => {
    const { left: polite, right: impolite } = createEnds('chromium');
    addMedia(polite, 'audio', 'one');
    addMedia(impolite, 'video', 'two');
    if (how === 'only created') await polite.createOffer();
    else await polite.setLocalDescription();
    if (how === 'explicit') await polite.setLocalDescription({ type: 'rollback' });
    await offer(impolite, polite);
    await answer(polite, impolite);
    return { polite, impolite };
  };

  it.each(['implicit', 'explicit', 'only created'] as const)(
    'makes every later offer of the lost kind fail after a glare (%s)',
    async (how) => {
      const { polite } = await lose(how);
      expect([polite.signalingState, polite.negotiationNeeded]).toEqual(['stable', true]);
      for (let attempt = 0; attempt < 3; attempt += 1) {
        await expect(polite.setLocalDescription()).rejects.toThrow('codec collision for header extension id=1');
      }
      polite.getTransceivers()[0]?.stop();
      polite.addTransceiver('audio');
      expect(await ending(polite.setLocalDescription())).toBe('InvalidAccessError');
      expect(polite.signalingState).toBe('stable');
    },
  );

  it('ends when the other side offers that kind', async () => {
    const { polite, impolite } = await lose('implicit');
    impolite.addTransceiver('audio');
    await exchange(impolite, polite);
    expect(mLines(polite)).toEqual(['0 video recvonly', '1 audio sendrecv']);
    expect(await ending(polite.setLocalDescription())).toBe('done');
  });

  it('does not happen between equal kinds, nor once both kinds were negotiated', async () => {
    const { left: polite, right: impolite } = createEnds('chromium');
    addMedia(polite, 'audio', 'one');
    addMedia(impolite, 'audio', 'two');
    await polite.setLocalDescription();
    await exchange(impolite, polite);
    addMedia(polite, 'video', 'three');
    await exchange(polite, impolite);
    addMedia(polite, 'audio', 'four');
    addMedia(impolite, 'video', 'five');
    impolite.addTransceiver('video');
    await polite.setLocalDescription();
    await exchange(impolite, polite);
    await exchange(polite, impolite);
    expect(polite.negotiationNeeded).toBe(false);
  });

  it.each([
    ['audio', 'video', 'video', 'InvalidAccessError'],
    ['audio', 'video', 'audio', 'done'],
    ['video', 'audio', 'audio', 'InvalidAccessError'],
    ['video', 'audio', 'video', 'done'],
  ] as const)('hits the first kind only: %s and %s here, %s there: %s', async (first, second, theirs, expected) => {
    const { left: polite, right: impolite } = createEnds('chromium');
    addMedia(polite, first, 'one');
    addMedia(polite, second, 'two');
    addMedia(impolite, theirs, 'three');
    await polite.setLocalDescription();
    await exchange(impolite, polite);
    expect(await ending(polite.setLocalDescription())).toBe(expected);
  });

  it('makes the offer of the other side fail, and then everything, when something was negotiated before', async () => {
    const { left: polite, right: impolite } = createEnds('chromium');
    polite.createDataChannel('chat');
    await exchange(polite, impolite);
    addMedia(polite, 'audio', 'one');
    addMedia(impolite, 'video', 'two');
    await polite.setLocalDescription();
    await impolite.setLocalDescription();
    expect(await ending(deliver(impolite, polite))).toBe('InvalidAccessError');
    const attempts: readonly (() => Promise<unknown>)[] = [
      () => deliver(impolite, polite),
      () => polite.createOffer(),
      () => polite.setLocalDescription(),
      () => polite.setLocalDescription({ type: 'rollback' }),
    ];
    for (const attempt of attempts) expect(await ending(attempt())).toBe('OperationError');
    expect([polite.signalingState, impolite.signalingState]).toEqual(['have-local-offer', 'have-local-offer']);
  });

  it('does not happen in Firefox', async () => {
    const { left: polite, right: impolite } = createEnds('firefox');
    addMedia(polite, 'audio', 'one');
    addMedia(impolite, 'video', 'two');
    await polite.setLocalDescription();
    await exchange(impolite, polite);
    expect(await ending(polite.setLocalDescription())).toBe('done');
  });
});

describe('an implicit rollback', () => {
  it('can fail in its second half, which leaves the engine stable', async () => {
    const { left, right, schedule } = createManualEnds();
    addMedia(right, 'audio', 'two');
    await driven(schedule, left.setLocalDescription());
    await driven(schedule, right.setLocalDescription());
    const setting = ending(deliver(right, left));
    await finish(schedule, 'rollback');
    await finish(schedule, 'setRemoteDescription', { type: 'failed', error: new RangeError('no') });
    expect([await setting, left.signalingState]).toEqual(['RangeError', 'stable']);
  });
});
