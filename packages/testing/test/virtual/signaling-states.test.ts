import { describe, expect, it } from 'vitest';
import { VirtualPeerConnection } from '../../src/virtual/peer-connection.ts';
import type { SdpType, SignalingState } from '../../src/virtual/types.ts';
import type { EngineName } from '../../src/virtual/variants.ts';
import { addMedia, createEnds, deliver, ending } from './support.ts';

type Action = `Set${'Local' | 'Remote'}(${SdpType})`;

const states: readonly SignalingState[] = [
  'stable',
  'have-local-offer',
  'have-remote-offer',
  'have-local-pranswer',
  'have-remote-pranswer',
  'closed',
];
const actions: readonly Action[] = [
  'SetLocal(offer)',
  'SetLocal(answer)',
  'SetLocal(pranswer)',
  'SetLocal(rollback)',
  'SetRemote(offer)',
  'SetRemote(answer)',
  'SetRemote(pranswer)',
  'SetRemote(rollback)',
];

/** RFC 9429 §3.2, as the table that the RFC draws. Whatever is not here is an InvalidStateError. */
const legal: readonly string[] = [
  'stable->SetLocal(offer)->have-local-offer',
  'stable->SetRemote(offer)->have-remote-offer',
  'have-local-offer->SetLocal(offer)->have-local-offer',
  'have-local-offer->SetLocal(rollback)->stable',
  'have-local-offer->SetRemote(answer)->stable',
  'have-local-offer->SetRemote(pranswer)->have-remote-pranswer',
  // webrtc-pc rolls back by itself here.
  'have-local-offer->SetRemote(offer)->have-remote-offer',
  'have-remote-offer->SetRemote(offer)->have-remote-offer',
  'have-remote-offer->SetRemote(rollback)->stable',
  'have-remote-offer->SetLocal(answer)->stable',
  'have-remote-offer->SetLocal(pranswer)->have-local-pranswer',
  'have-local-pranswer->SetLocal(answer)->stable',
  'have-local-pranswer->SetLocal(pranswer)->have-local-pranswer',
  'have-remote-pranswer->SetRemote(answer)->stable',
  'have-remote-pranswer->SetRemote(pranswer)->have-remote-pranswer',
];

/** An end brought into a state by legal means, with remote descriptions that fit it. */
const inState = async (state: SignalingState, variant: EngineName) => {
  const { left, right } = createEnds(variant);
  addMedia(left, 'audio', 'one');
  addMedia(right, 'audio', 'two');
  await right.setLocalDescription();
  const remote = { offer: right.localDescription?.sdp ?? '', answer: '' };
  const offerLocally = async () => {
    await left.setLocalDescription({ type: 'offer' });
    await deliver(left, right);
    remote.answer = (await right.createAnswer()).sdp;
  };
  const offerRemotely = () => left.setRemoteDescription({ type: 'offer', sdp: remote.offer });
  switch (state) {
    case 'stable':
      break;
    case 'closed':
      left.close();
      break;
    case 'have-local-offer':
      await offerLocally();
      break;
    case 'have-remote-pranswer':
      await offerLocally();
      await left.setRemoteDescription({ type: 'pranswer', sdp: remote.answer });
      break;
    case 'have-remote-offer':
      await offerRemotely();
      break;
    case 'have-local-pranswer':
      await offerRemotely();
      await left.setLocalDescription({ type: 'pranswer' });
      break;
  }
  expect(left.signalingState).toBe(state);
  return { left, remote };
};

const perform = async (left: VirtualPeerConnection, action: Action, remote: { offer: string; answer: string }) => {
  const [, side, type] = /^Set(\w+)\((\w+)\)$/.exec(action) as unknown as [string, string, SdpType];
  if (side === 'Local') return left.setLocalDescription({ type });
  return left.setRemoteDescription({ type, sdp: type === 'offer' ? remote.offer : remote.answer || remote.offer });
};

describe('signaling states', () => {
  for (const state of states) {
    for (const action of actions) {
      const expected = legal.find((transition) => transition.startsWith(`${state}->${action}->`));

      if (expected !== undefined) {
        it(expected, async () => {
          const { left, remote } = await inState(state, 'spec');
          await perform(left, action, remote);
          expect(`${state}->${action}->${left.signalingState}`).toBe(expected);
        });
      } else {
        it(`${state}->${action}->InvalidStateError`, async () => {
          const { left, remote } = await inState(state, 'spec');
          const before = [left.localDescription, left.remoteDescription, left.getTransceivers().map(({ mid }) => mid)];
          expect(await ending(perform(left, action, remote))).toBe('InvalidStateError');
          expect(left.signalingState).toBe(state);
          expect([left.localDescription, left.remoteDescription, left.getTransceivers().map(({ mid }) => mid)]).toEqual(
            before,
          );
        });
      }
    }
  }

  it.each(states.map((state) => [state, state === 'stable' || state === 'have-local-offer'] as const))(
    '%s->CreateOffer is legal: %s',
    async (state, isLegal) => {
      const { left } = await inState(state, 'spec');
      expect(await ending(left.createOffer())).toBe(isLegal ? 'done' : 'InvalidStateError');
      expect(left.signalingState).toBe(state);
    },
  );

  it.each(states.map((state) => [state, state === 'have-remote-offer' || state === 'have-local-pranswer'] as const))(
    '%s->CreateAnswer is legal: %s',
    async (state, isLegal) => {
      const { left } = await inState(state, 'spec');
      expect(await ending(left.createAnswer())).toBe(isLegal ? 'done' : 'InvalidStateError');
      expect(left.signalingState).toBe(state);
    },
  );

  it('offers in stable and answers in have-remote-offer when no description is given', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await left.setLocalDescription();
    await deliver(left, right);
    await right.setLocalDescription();
    expect([left.localDescription?.type, right.localDescription?.type]).toEqual(['offer', 'answer']);
  });

  it('holds descriptions as pending until the answer makes both current', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    await left.setLocalDescription();
    expect([left.pendingLocalDescription?.type, left.currentLocalDescription]).toEqual(['offer', null]);
    await deliver(left, right);
    await right.setLocalDescription();
    expect([right.pendingRemoteDescription, right.currentRemoteDescription?.sdp]).toEqual([
      null,
      left.pendingLocalDescription?.sdp,
    ]);
    await deliver(right, left);
    expect([left.pendingLocalDescription, left.currentLocalDescription?.type]).toEqual([null, 'offer']);
    expect(left.currentRemoteDescription).toEqual(right.currentLocalDescription);
  });

  it('refuses a local sdp that it did not create last', async () => {
    const { left } = createEnds();
    const first = await left.createOffer();
    const second = await left.createOffer();
    expect(await ending(left.setLocalDescription(first))).toBe('InvalidModificationError');
    expect(await ending(left.setLocalDescription({ type: 'offer', sdp: `${second.sdp}a=x\r\n` }))).toBe(
      'InvalidModificationError',
    );
    expect(await ending(left.setLocalDescription(second))).toBe('done');
  });

  it('forgets what it created once an exchange is complete', async () => {
    const { left, right } = createEnds();
    addMedia(left, 'audio', 'one');
    const early = await left.createOffer();
    await left.setLocalDescription(early);
    await deliver(left, right);
    await right.setLocalDescription();
    await deliver(right, left);
    expect(await ending(left.setLocalDescription(early))).toBe('InvalidModificationError');
  });

  it('refuses a remote description that is no SDP', async () => {
    const { left } = createEnds();
    expect(await ending(left.setRemoteDescription({ type: 'offer', sdp: 'garbage' }))).toBe('OperationError');
    expect(left.signalingState).toBe('stable');
  });

  it('fires signalingstatechange inside the change, before the promise settles', async () => {
    const { left } = createEnds();
    const seen: string[] = [];
    left.onsignalingstatechange = (event) => seen.push(`event:${event.target.signalingState}`);
    await left.setLocalDescription().then(() => seen.push('settled'));
    await left.setLocalDescription().then(() => seen.push('settled'));
    expect(seen).toEqual(['event:have-local-offer', 'settled', 'settled']);
  });
});
