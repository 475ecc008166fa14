/** What rollback undoes, whichever way it comes about, and what it leaves alone. */
import { jsep, w3c } from '../citations.ts';
import type { Sequence } from '../sequence.ts';
import { answer, exchange, offer, transceivers } from '../steps.ts';

const rollback = { type: 'rollback' } as const;
const perTransceiver = `${jsep('4.1.10.2')}, ${w3c('set-description')}`;

export const rollbackSequences: readonly Sequence[] = [
  {
    name: 'a local rollback frees the own transceiver of its m-line',
    spec: perTransceiver,
    async play({ left, note, attempt }) {
      left.addTransceiver('audio');
      await offer(left);
      note(transceivers(left));
      await attempt('rollback', () => left.setLocalDescription(rollback));
      note(`${transceivers(left)}, pending ${left.pendingLocalDescription?.type ?? 'nothing'}`);
    },
    expected: ['audio at 0 sendrecv', 'rollback: resolves', 'audio nowhere sendrecv, pending nothing'],
  },
  {
    name: 'a remote rollback removes the transceiver that the offer made',
    spec: perTransceiver,
    async play({ left, right, note, attempt }) {
      left.addTransceiver('audio');
      await right.setRemoteDescription(await offer(left));
      note(transceivers(right));
      await attempt('rollback', () => right.setRemoteDescription(rollback));
      note(`${transceivers(right)}, pending ${right.pendingRemoteDescription?.type ?? 'nothing'}`);
    },
    expected: ['audio at 0 recvonly', 'rollback: resolves', 'no transceivers, pending nothing'],
  },
  {
    name: 'a remote rollback spares the transceiver that addTrack has given a track',
    spec: perTransceiver,
    async play({ left, right, note, createTrack, createStream }) {
      left.addTransceiver('audio');
      await right.setRemoteDescription(await offer(left));
      right.addTrack(createTrack('audio'), createStream());
      await right.setRemoteDescription(rollback);
      note(transceivers(right));
    },
    expected: ['audio nowhere sendrecv'],
  },
  {
    name: 'an implicit rollback passes through stable, and its transceiver waits for an m-line',
    spec: `${w3c('set-description')}, ${jsep('4.1.10.2')}`,
    async play({ left, right, note, watch, attempt }) {
      left.addTransceiver('video');
      right.addTransceiver('audio');
      await offer(left);
      const theirs = await offer(right);
      watch(left, 'signalingstatechange');
      await attempt('offer of the other side', () => left.setRemoteDescription(theirs));
      note(transceivers(left));
    },
    expected: [
      'left signalingstatechange in stable',
      'left signalingstatechange in have-remote-offer',
      'offer of the other side: resolves',
      'video nowhere sendrecv, audio at 0 recvonly',
    ],
  },
  {
    name: 'a rollback frees what the offer brought, and only that',
    spec: perTransceiver,
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      await exchange(left, right);
      left.addTransceiver('video');
      await offer(left);
      await left.setLocalDescription(rollback);
      note(transceivers(left));
    },
    expected: ['audio at 0 sendrecv/sendonly, video nowhere sendrecv'],
  },
  {
    name: 'a rollback leaves directions as they are set',
    spec: perTransceiver,
    async play({ left, right, note }) {
      const { sender } = left.addTransceiver('audio');
      await exchange(left, right);
      for (const transceiver of left.getTransceivers()) transceiver.direction = 'inactive';
      await offer(left);
      await left.setLocalDescription(rollback);
      note(transceivers(left));
      note(left.getSenders().includes(sender) ? 'same sender' : 'another sender');
    },
    expected: ['audio at 0 inactive/sendonly', 'same sender'],
  },
  {
    name: 'an offer that was rolled back on both sides can be made again',
    spec: jsep('4.1.10.2'),
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      await right.setRemoteDescription(await offer(left));
      await right.setRemoteDescription(rollback);
      await left.setLocalDescription(rollback);
      await exchange(left, right);
      note(`left: ${transceivers(left)}`);
      note(`right: ${transceivers(right)}`);
    },
    expected: ['left: audio at 0 sendrecv/sendonly', 'right: audio at 0 recvonly/recvonly'],
  },
  {
    name: 'after the explicit rollback of a lost glare, each side has what it wants in two exchanges',
    spec: jsep('4.1.10.2'),
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      right.addTransceiver('audio', { direction: 'recvonly' });
      await offer(left);
      const theirs = await offer(right);
      await left.setLocalDescription(rollback);
      await right.setRemoteDescription(await answer(left, theirs));
      await exchange(left, right);
      note(`left: ${transceivers(left)}`);
      note(`right: ${transceivers(right)}`);
    },
    expected: [
      'left: audio at 1 sendrecv/sendonly, audio at 0 recvonly/inactive',
      'right: audio at 0 recvonly/inactive, audio at 1 recvonly/recvonly',
    ],
  },
  {
    name: 'after a lost glare of different kinds, the loser can still negotiate its own',
    spec: `${jsep('4.1.10.2')}, ${w3c('perfect-negotiation-example')}`,
    async play({ left, right, note, attempt }) {
      left.addTransceiver('audio');
      right.addTransceiver('video');
      await offer(left);
      const theirs = await offer(right);
      await left.setLocalDescription(rollback);
      await right.setRemoteDescription(await answer(left, theirs));
      await attempt('exchange', () => exchange(left, right));
      note(transceivers(left));
    },
    expected: ['exchange: resolves', 'audio at 1 sendrecv/sendonly, video at 0 recvonly/recvonly'],
  },
  {
    name: 'after the rollback of the first offer, data channels can still be negotiated',
    spec: jsep('4.1.10.2'),
    async play({ left, right, attempt, note }) {
      left.createDataChannel('chat');
      await offer(left);
      await left.setLocalDescription(rollback);
      await attempt('exchange', () => exchange(left, right));
      note(left.localDescription?.sdp.includes('m=application') === true ? 'data is there' : 'no data');
    },
    expected: ['exchange: resolves', 'data is there'],
  },
];
