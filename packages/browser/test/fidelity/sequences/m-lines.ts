/** How m-lines are laid out, rejected and used again. */
import { jsep, w3c } from '../citations.ts';
import type { Sequence } from '../sequence.ts';
import { createAnswer, createOffer, exchange, mLines, mids, offer, transceivers } from '../steps.ts';

const lines = (description: { readonly sdp: string }): string => mLines(description).join(', ');

const stopFirst = (pc: RTCPeerConnection): void => pc.getTransceivers()[0]?.stop();

export const mLineSequences: readonly Sequence[] = [
  {
    name: 'an offer has an m-line for each transceiver in order, then data, each with a mid of its own',
    spec: jsep('5.2.1'),
    async play({ left, note }) {
      left.createDataChannel('chat');
      left.addTransceiver('video');
      left.addTransceiver('audio');
      left.addTransceiver('video');
      const description = await createOffer(left);
      note(lines(description));
      note(`${new Set(mids(description)).size} mids`);
    },
    expected: ['video, audio, video, application', '4 mids'],
  },
  {
    name: 'what is new comes after what is there, and mids stay',
    spec: jsep('5.2.2'),
    async play({ left, right, note }) {
      left.createDataChannel('chat');
      left.addTransceiver('audio');
      await exchange(left, right);
      const before = mids({ sdp: left.localDescription?.sdp ?? '' });
      right.addTransceiver('video');
      const description = await createOffer(right);
      note(lines(description));
      note(before.every((mid, index) => mid === mids(description)[index]) ? 'mids stay' : 'mids change');
    },
    expected: ['audio, application, video', 'mids stay'],
  },
  {
    name: 'a stopped transceiver leaves a rejected m-line, and goes on both sides',
    spec: `${jsep('5.2.2')}, ${w3c('dom-rtcrtptransceiver-stop')}`,
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      left.addTransceiver('video');
      await exchange(left, right);
      stopFirst(left);
      note(transceivers(left));
      await exchange(left, right);
      note(lines({ sdp: left.localDescription?.sdp ?? '' }));
      note(`left: ${transceivers(left)}`);
      note(`right: ${transceivers(right)}`);
    },
    expected: [
      'audio at 0 stopped/sendonly, video at 1 sendrecv/sendonly',
      'rejected audio, video',
      'left: video at 1 sendrecv/sendonly',
      'right: video at 1 recvonly/recvonly',
    ],
  },
  {
    name: 'a rejected m-line is used again by whatever comes next, of another kind too, under a new mid',
    spec: jsep('5.2.2'),
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      left.addTransceiver('video');
      await exchange(left, right);
      stopFirst(left);
      await exchange(left, right);
      const [old] = mids({ sdp: left.localDescription?.sdp ?? '' });
      left.addTransceiver('video');
      await exchange(left, right);
      const description = { sdp: left.localDescription?.sdp ?? '' };
      note(lines(description));
      note(mids(description)[0] === old ? 'old mid' : 'new mid');
    },
    expected: ['video, video', 'new mid'],
  },
  {
    name: 'the other side may use a rejected m-line again',
    spec: jsep('5.2.2'),
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      left.addTransceiver('video');
      await exchange(left, right);
      stopFirst(left);
      await exchange(left, right);
      right.addTransceiver('audio');
      await exchange(right, left);
      note(lines({ sdp: right.localDescription?.sdp ?? '' }));
      note(`right: ${transceivers(right)}`);
    },
    expected: ['audio, video', 'right: video at 1 recvonly/recvonly, audio at 0 sendrecv/sendonly'],
  },
  {
    name: 'an m-line that is being rejected is not used again by the same offer',
    spec: jsep('5.2.2'),
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      left.addTransceiver('video');
      await exchange(left, right);
      stopFirst(left);
      left.addTransceiver('audio');
      note(lines(await createOffer(left)));
    },
    expected: ['rejected audio, video, audio'],
  },
  {
    name: 'a transceiver that is stopped before it was offered gets no m-line',
    spec: jsep('5.2.1'),
    async play({ left, note }) {
      left.addTransceiver('audio');
      left.addTransceiver('video');
      stopFirst(left);
      note(lines(await createOffer(left)));
    },
    expected: ['video'],
  },
  {
    name: 'a transceiver that the answerer stops is still answered, and rejected by its next offer',
    spec: w3c('dom-rtcrtptransceiver-stop'),
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      left.addTransceiver('video');
      await right.setRemoteDescription(await offer(left));
      stopFirst(right);
      const theirs = await createAnswer(right);
      note(`answer: ${lines(theirs)}`);
      await right.setLocalDescription(theirs);
      await left.setRemoteDescription(theirs);
      note(transceivers(left));
      note(`next offer: ${lines(await createOffer(right))}`);
    },
    expected: [
      'answer: audio, video',
      'audio at 0 sendrecv/inactive, video at 1 sendrecv/sendonly',
      'next offer: rejected audio, video',
    ],
  },
];
