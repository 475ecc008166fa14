/** When negotiationneeded fires: once for what is needed, in stable, and never for what is not. */
import { w3c } from '../citations.ts';
import type { Lab, Sequence } from '../sequence.ts';
import { answer, createAnswer, createOffer, exchange, offer } from '../steps.ts';

const spec = w3c('dfn-update-the-negotiation-needed-flag');
const check = w3c('dfn-check-if-negotiation-is-needed');
const rollback = { type: 'rollback' } as const;
const fires = 'left negotiationneeded in stable';

/** Negotiated audio and data, nothing pending, and the left side watched from then on. */
const afterAudioAndData = async ({ left, right, quiet, watch }: Lab): Promise<RTCRtpTransceiver> => {
  const transceiver = left.addTransceiver('audio');
  left.createDataChannel('chat');
  await exchange(left, right);
  await quiet();
  watch(left, 'negotiationneeded');
  return transceiver;
};

const onChange = (
  name: string,
  expected: readonly string[],
  change: (pc: RTCPeerConnection, transceiver: RTCRtpTransceiver, lab: Lab) => unknown,
): Sequence => ({
  name,
  spec: `${spec}, ${check}`,
  async play(lab) {
    const transceiver = await afterAudioAndData(lab);
    await change(lab.left, transceiver, lab);
    await lab.quiet();
  },
  expected,
});

const changes: readonly Sequence[] = [
  onChange('a burst of three transceivers needs negotiation once', [fires], (left) => {
    for (const kind of ['audio', 'video', 'audio']) left.addTransceiver(kind);
  }),
  onChange(
    'what is added after the event, and before its offer, fires no other',
    [fires],
    async (left, _, { quiet }) => {
      left.addTransceiver('audio');
      await quiet();
      left.addTransceiver('video');
    },
  ),
  onChange('another data channel needs no negotiation', [], (left) => left.createDataChannel('files')),
  onChange('a change of direction needs negotiation', [fires], (_, transceiver) => {
    transceiver.direction = 'inactive';
  }),
  onChange('a direction that is changed and changed back at once needs none', [], (_, transceiver) => {
    transceiver.direction = 'inactive';
    transceiver.direction = 'sendrecv';
  }),
  onChange('stop needs negotiation', [fires], (_, transceiver) => transceiver.stop()),
  onChange('restartIce needs negotiation', [fires], (left) => left.restartIce()),
  onChange('a replaced track needs none', [], (_, transceiver, { createTrack }) =>
    transceiver.sender.replaceTrack(createTrack('audio')),
  ),
  onChange(
    'a change during an operation is announced after it',
    ['createOffer: resolves', fires],
    (left, _, { attempt }) => {
      const creating = attempt('createOffer', () => left.createOffer());
      left.addTransceiver('video');
      return creating;
    },
  ),
  onChange(
    'a change in have-local-offer is announced with the answer',
    ['still nothing', fires],
    async (left, _, { right, quiet, note }) => {
      const ours = await offer(left);
      left.addTransceiver('video');
      await quiet();
      note('still nothing');
      await left.setRemoteDescription(await answer(right, ours));
    },
  ),
  onChange(
    'restartIce in have-local-offer is announced with the answer',
    ['still nothing', fires],
    async (left, _, { right, quiet, note }) => {
      const ours = await offer(left);
      left.restartIce();
      await quiet();
      note('still nothing');
      await left.setRemoteDescription(await answer(right, ours));
    },
  ),
];

const others: readonly Sequence[] = [
  {
    name: 'two data channels need negotiation once',
    spec,
    async play({ left, watch, quiet }) {
      watch(left, 'negotiationneeded');
      left.createDataChannel('chat');
      left.createDataChannel('files');
      await quiet();
    },
    expected: [fires],
  },
  {
    name: 'restartIce before anything was negotiated needs no negotiation',
    spec: `${w3c('dom-rtcpeerconnection-restartice')}, ${check}`,
    async play({ left, watch, quiet }) {
      watch(left, 'negotiationneeded');
      left.restartIce();
      await quiet();
    },
    expected: [],
  },
  {
    name: 'an answerer that only receives needs no negotiation afterwards',
    spec: check,
    async play({ left, right, watch, quiet }) {
      watch(left, 'negotiationneeded');
      right.addTransceiver('audio');
      right.createDataChannel('chat');
      await exchange(right, left);
      await quiet();
    },
    expected: [],
  },
  {
    name: 'an answerer that wants to send where it may only receive needs negotiation afterwards',
    spec: check,
    async play({ left, right, watch, quiet, note, createTrack, createStream }) {
      right.addTransceiver('audio', { direction: 'sendonly' });
      await left.setRemoteDescription(await offer(right));
      left.addTrack(createTrack('audio'), createStream());
      await quiet();
      watch(left, 'negotiationneeded');
      const ours = await createAnswer(left);
      await left.setLocalDescription(ours);
      await right.setRemoteDescription(ours);
      await quiet();
      note('that is all');
    },
    expected: [fires, 'that is all'],
  },
  {
    name: 'an explicit local rollback is followed by the event, in stable',
    spec,
    async play({ left, watch, quiet }) {
      left.addTransceiver('audio');
      await quiet();
      await offer(left);
      await quiet();
      watch(left, 'signalingstatechange', 'negotiationneeded');
      await left.setLocalDescription(rollback);
      await quiet();
    },
    expected: ['left signalingstatechange in stable', fires],
  },
  {
    name: 'a change in have-remote-offer is announced after the remote rollback, once',
    spec,
    async play({ left, right, watch, quiet }) {
      right.addTransceiver('audio');
      await left.setRemoteDescription(await offer(right));
      watch(left, 'signalingstatechange', 'negotiationneeded');
      left.addTransceiver('video');
      await quiet();
      await left.setRemoteDescription(rollback);
      await quiet();
    },
    expected: ['left signalingstatechange in stable', fires],
  },
  {
    name: 'a rollback that leaves nothing to negotiate is followed by no event',
    spec,
    async play({ left, right, watch, quiet }) {
      right.addTransceiver('audio');
      await left.setRemoteDescription(await offer(right));
      watch(left, 'signalingstatechange', 'negotiationneeded');
      await left.setRemoteDescription(rollback);
      await quiet();
    },
    expected: ['left signalingstatechange in stable'],
  },
  {
    name: 'a lost glare is followed by the event once the answer is set',
    spec: `${spec}, ${w3c('perfect-negotiation-example')}`,
    async play({ left, right, watch, quiet, note }) {
      left.addTransceiver('audio');
      right.addTransceiver('audio');
      await quiet();
      await offer(left);
      const theirs = await offer(right);
      await quiet();
      watch(left, 'negotiationneeded');
      await left.setRemoteDescription(theirs);
      await quiet();
      note('still nothing');
      const ours = await createAnswer(left);
      await left.setLocalDescription(ours);
      await quiet();
    },
    expected: ['still nothing', fires],
  },
  {
    name: 'an offer that is only created changes nothing',
    spec,
    async play({ left, watch, quiet, note }) {
      watch(left, 'negotiationneeded', 'signalingstatechange');
      left.addTransceiver('audio');
      await quiet();
      await createOffer(left);
      await quiet();
      note(left.signalingState);
    },
    expected: [fires, 'stable'],
  },
];

export const negotiationNeededSequences: readonly Sequence[] = [...changes, ...others];
