import { describe, expect, it } from 'vitest';
import { VirtualPeerConnection } from '../../src/virtual/peer-connection.ts';
import { createManualSchedule } from '../../src/virtual/schedule.ts';
import {
  addMedia,
  answer,
  createEnds,
  createManualEnds,
  deliver,
  driven,
  ending,
  exchange,
  finish,
  offer,
  sections,
} from './support.ts';

const ufrag = (pc: VirtualPeerConnection) => sections(pc.localDescription?.sdp)[0]?.ufrag;

describe('ICE generations', () => {
  it('stay the same over renegotiation, and are the same on all m-lines', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    addMedia(left, 'video', 'two');
    await exchange(left, right);
    await exchange(right, left);
    expect(sections(left.localDescription?.sdp).map((section) => section.ufrag)).toEqual(['left0001', 'left0001']);
    expect(ufrag(right)).toBe('right0001');
  });

  it('change at both ends with restartIce, which is then done', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    left.restartIce();
    expect(left.negotiationNeeded).toBe(true);
    await exchange(left, right);
    expect([ufrag(left), ufrag(right), left.negotiationNeeded]).toEqual(['left0002', 'right0002', false]);
    await exchange(left, right);
    expect([ufrag(left), ufrag(right)]).toEqual(['left0002', 'right0002']);
  });

  it('change with the iceRestart option, for that offer alone', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await exchange(left, right);
    await left.setLocalDescription(await left.createOffer({ iceRestart: true }));
    await deliver(left, right);
    await answer(right, left);
    expect([ufrag(left), ufrag(right), left.negotiationNeeded]).toEqual(['left0002', 'right0002', false]);
  });

  it('asked to restart while an offer is out restart with the next one', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await offer(left, right);
    left.restartIce();
    await answer(right, left);
    expect([ufrag(left), left.negotiationNeeded]).toEqual(['left0001', true]);
    await exchange(left, right);
    expect([ufrag(left), left.negotiationNeeded]).toEqual(['left0002', false]);
  });

  it('restart for both when both restart at once and the polite answer carries it', async () => {
    const { left: polite, right: impolite } = createEnds();
    addMedia(polite, 'audio', 'one');
    await exchange(polite, impolite);
    polite.restartIce();
    impolite.restartIce();
    await polite.setLocalDescription();
    await exchange(impolite, polite);
    expect(ufrag(polite)).not.toBe('polite0001');
    expect([polite.negotiationNeeded, impolite.negotiationNeeded]).toEqual([false, false]);
  });

  it('have nothing to restart before the first description', () => {
    const { left } = createEnds();
    left.restartIce();
    expect(left.negotiationNeeded).toBe(false);
  });
});

describe('gathering', () => {
  const createGatherer = (candidatesPerGeneration: number) => {
    const schedule = createManualSchedule();
    const pc = new VirtualPeerConnection({ label: 'left', schedule, candidatesPerGeneration });
    const seen: string[] = [];
    pc.onicecandidate = ({ candidate }) =>
      seen.push(candidate === null ? 'none' : `${candidate.usernameFragment}:${candidate.candidate.slice(0, 11)}`);
    pc.onicegatheringstatechange = () => seen.push(pc.iceGatheringState);
    return { schedule, pc, seen };
  };

  it('emits the candidates of a generation, their end, and the end of all, one at a time', async () => {
    const { schedule, pc, seen } = createGatherer(2);
    addMedia(pc, 'audio', 'one');
    expect(pc.iceGatheringState).toBe('new');
    await driven(schedule, pc.setLocalDescription());
    expect(seen).toEqual([
      'gathering',
      'left0001:candidate:1',
      'left0001:candidate:2',
      'left0001:',
      'complete',
      'none',
    ]);
  });

  it('names the first live m-line and the generation', async () => {
    const { schedule, pc } = createGatherer(1);
    addMedia(pc, 'audio', 'one');
    const candidates: unknown[] = [];
    pc.addEventListener('icecandidate', ({ candidate }) => candidates.push(candidate?.toJSON()));
    await driven(schedule, pc.setLocalDescription());
    const place = { sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'left0001' };
    expect(candidates).toEqual([
      {
        ...place,
        candidate: expect.stringMatching(/^candidate:1 1 udp \d+ 192\.0\.2\.1 50001 typ host .* ufrag left0001$/),
      },
      { ...place, candidate: '' },
      undefined,
    ]);
  });

  it('does not begin again for a description of the same generation', async () => {
    const { schedule, pc, seen } = createGatherer(1);
    addMedia(pc, 'audio', 'one');
    await driven(schedule, pc.setLocalDescription());
    const before = seen.length;
    await driven(schedule, pc.setLocalDescription());
    expect(seen).toHaveLength(before);
  });

  it('stops when its offer is rolled back, and begins when the offer is set again', async () => {
    const { schedule, pc, seen } = createGatherer(1);
    addMedia(pc, 'audio', 'one');
    void pc.setLocalDescription();
    for (const name of ['negotiationneeded', 'createOffer', 'setLocalDescription']) await finish(schedule, name);
    void pc.setLocalDescription({ type: 'rollback' });
    for (const name of ['negotiationneeded', 'rollback']) await finish(schedule, name);
    await schedule.drive();
    expect(seen).toEqual(['gathering', 'new']);
    await driven(schedule, pc.setLocalDescription());
    expect(seen.slice(2)).toEqual(['gathering', 'left0002:candidate:1', 'left0002:', 'complete', 'none']);
  });

  it('is not needed where no m-line is', async () => {
    const { schedule, pc, seen } = createGatherer(1);
    await driven(schedule, pc.setLocalDescription());
    expect({ seen, pending: schedule.pending }).toEqual({ seen: [], pending: [] });
  });
});

describe('addIceCandidate', () => {
  const candidate = {
    candidate: 'candidate:1 1 udp 1 192.0.2.1 50001 typ host',
    sdpMid: '0',
    usernameFragment: 'left0001',
  };

  const createAnswerer = async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await offer(left, right);
    return { left, right };
  };

  it('adds a candidate of the pending remote description', async () => {
    const { right } = await createAnswerer();
    await right.addIceCandidate(candidate);
    expect(right.remoteCandidates.map((each) => each.toJSON())).toEqual([{ ...candidate, sdpMLineIndex: null }]);
  });

  it.each([
    ['no mid but an index', { ...candidate, sdpMid: null, sdpMLineIndex: 0 }, 'done'],
    ['an unknown mid', { ...candidate, sdpMid: '7' }, 'OperationError'],
    ['an unknown index', { ...candidate, sdpMid: null, sdpMLineIndex: 7 }, 'OperationError'],
    ['neither mid nor index', { ...candidate, sdpMid: null }, 'TypeError'],
    ['an unknown ufrag', { ...candidate, usernameFragment: 'zzzz' }, 'OperationError'],
    ['no ufrag', { ...candidate, usernameFragment: null }, 'done'],
    ['the end of candidates', { ...candidate, candidate: '' }, 'done'],
    ['nothing at all', {}, 'done'],
    ['null', null, 'done'],
  ])('with %s: %s', async (_what, init, expected) => {
    const { right } = await createAnswerer();
    expect(await ending(right.addIceCandidate(init))).toBe(expected);
    expect(right.remoteCandidates).toHaveLength(expected === 'done' ? 1 : 0);
  });

  it('before any remote description is an InvalidStateError', async () => {
    const { left } = createEnds();
    expect(await ending(left.addIceCandidate(candidate))).toBe('InvalidStateError');
  });

  it('for an offer that was rolled back is an InvalidStateError', async () => {
    const { right } = await createAnswerer();
    await right.setRemoteDescription({ type: 'rollback' });
    expect(await ending(right.addIceCandidate(candidate))).toBe('InvalidStateError');
  });

  it('of the generation in use is accepted while a restart is pending, and refused when the restart is done', async () => {
    const { left, right } = await createAnswerer();
    await answer(right, left);
    left.restartIce();
    await offer(left, right);
    expect(await ending(right.addIceCandidate(candidate))).toBe('done');
    await answer(right, left);
    expect(await ending(right.addIceCandidate(candidate))).toBe('OperationError');
    expect(await ending(right.addIceCandidate({ ...candidate, usernameFragment: 'left0002' }))).toBe('done');
  });

  it('for a rejected m-line is dropped without an error', async () => {
    const { left, right } = await createAnswerer();
    await answer(right, left);
    left.getTransceivers()[0]?.stop();
    await exchange(left, right);
    expect(await ending(right.addIceCandidate(candidate))).toBe('done');
    expect(right.remoteCandidates).toEqual([]);
  });

  it('waits in the operations chain for the description that is being set', async () => {
    const { left, right, schedule } = createManualEnds();
    addMedia(left, 'audio', 'one');
    await driven(schedule, left.setLocalDescription());
    const applying = deliver(left, right);
    const adding = right.addIceCandidate(candidate);
    await driven(schedule, Promise.all([applying, adding]));
    expect(right.remoteCandidates).toHaveLength(1);
  });
});
