/** Which transceiver an m-line belongs to, and which directions come of it. */
import { jsep, w3c } from '../citations.ts';
import type { Sequence } from '../sequence.ts';
import { exchange, offer, transceivers } from '../steps.ts';

export const associationSequences: readonly Sequence[] = [
  {
    name: 'a remote offer takes the transceiver of a track that was added before',
    spec: jsep('5.10'),
    async play({ left, right, note, createTrack }) {
      left.addTransceiver('audio');
      right.addTrack(createTrack('audio'));
      await right.setRemoteDescription(await offer(left));
      note(transceivers(right));
    },
    expected: ['audio at 0 sendrecv'],
  },
  {
    name: 'a remote offer leaves a transceiver alone that addTransceiver made',
    spec: jsep('5.10'),
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      right.addTransceiver('audio');
      await right.setRemoteDescription(await offer(left));
      note(transceivers(right));
    },
    expected: ['audio nowhere sendrecv, audio at 0 recvonly'],
  },
  {
    name: 'a remote offer of another kind leaves a track that was added before alone',
    spec: jsep('5.10'),
    async play({ left, right, note, createTrack }) {
      left.addTransceiver('video');
      right.addTrack(createTrack('audio'));
      await right.setRemoteDescription(await offer(left));
      note(transceivers(right));
    },
    expected: ['audio nowhere sendrecv, video at 0 recvonly'],
  },
  {
    name: 'a remote offer that only sends leaves a track that was added before alone',
    spec: jsep('5.10'),
    async play({ left, right, note, createTrack }) {
      left.addTransceiver('audio', { direction: 'sendonly' });
      right.addTrack(createTrack('audio'));
      await right.setRemoteDescription(await offer(left));
      note(transceivers(right));
    },
    expected: ['audio nowhere sendrecv, audio at 0 recvonly'],
  },
  {
    name: 'the loser of a glare over tracks of one kind shares the m-line of the winner',
    spec: `${jsep('5.10')}, ${jsep('4.1.10.2')}`,
    async play({ left, right, note, createTrack }) {
      left.addTrack(createTrack('audio'));
      right.addTrack(createTrack('audio'));
      await offer(left);
      const theirs = await offer(right);
      await left.setRemoteDescription(theirs);
      note(transceivers(left));
    },
    expected: ['audio at 0 sendrecv'],
  },
  {
    name: 'addTrack uses the sender of a transceiver that never sent',
    spec: w3c('dom-rtcpeerconnection-addtrack'),
    async play({ left, right, note, createTrack }) {
      left.addTransceiver('audio');
      await right.setRemoteDescription(await offer(left));
      right.addTrack(createTrack('audio'));
      note(transceivers(right));
    },
    expected: ['audio at 0 sendrecv'],
  },
  {
    name: 'addTrack leaves a sender alone that has sent',
    spec: w3c('dom-rtcpeerconnection-addtrack'),
    async play({ left, right, note, createTrack }) {
      const sender = left.addTrack(createTrack('audio'));
      await exchange(left, right);
      left.removeTrack(sender);
      left.addTrack(createTrack('audio'));
      note(transceivers(left));
    },
    expected: ['audio at 0 recvonly/sendonly, audio nowhere sendrecv'],
  },
  {
    name: 'a direction is what both sides want',
    spec: `${jsep('5.3.1')}, ${w3c('dom-rtcrtptransceiver-currentdirection')}`,
    async play({ left, right, note, createTrack }) {
      left.addTransceiver('audio', { direction: 'recvonly' });
      right.addTrack(createTrack('audio'));
      await exchange(left, right);
      note(`left: ${transceivers(left)}`);
      note(`right: ${transceivers(right)}`);
    },
    expected: ['left: audio at 0 recvonly/recvonly', 'right: audio at 0 sendrecv/sendonly'],
  },
  {
    name: 'a removed track stops to flow with the next exchange, and not before',
    spec: `${w3c('dom-rtcpeerconnection-removetrack')}, ${w3c('dom-rtcrtptransceiver-currentdirection')}`,
    async play({ left, right, note, createTrack }) {
      const sender = left.addTrack(createTrack('audio'));
      right.addTrack(createTrack('audio'));
      await exchange(left, right);
      left.removeTrack(sender);
      note(transceivers(left));
      await exchange(left, right);
      note(`left: ${transceivers(left)}`);
      note(`right: ${transceivers(right)}`);
    },
    expected: [
      'audio at 0 recvonly/sendrecv',
      'left: audio at 0 recvonly/recvonly',
      'right: audio at 0 sendrecv/sendonly',
    ],
  },
];
