/** The operations chain: what waits for what, and what is visible when. */
import { w3c } from '../citations.ts';
import type { Sequence } from '../sequence.ts';
import { createOffer, offer } from '../steps.ts';

const chain = w3c('dfn-operations-chain');

export const operationSequences: readonly Sequence[] = [
  {
    name: 'operations that are called together run in the order of the calls',
    spec: chain,
    async play({ left, right, attempt, note }) {
      left.addTransceiver('audio');
      right.addTransceiver('audio');
      const theirs = await offer(right);
      const ours = await createOffer(left);
      await Promise.all([
        attempt('setLocalDescription(offer)', () => left.setLocalDescription(ours)),
        attempt('setRemoteDescription(offer)', () => left.setRemoteDescription(theirs)),
        attempt('createAnswer', () => left.createAnswer()),
      ]);
      note(left.signalingState);
    },
    expected: [
      'setLocalDescription(offer): resolves',
      'setRemoteDescription(offer): resolves',
      'createAnswer: resolves',
      'have-remote-offer',
    ],
  },
  {
    name: 'setLocalDescription() and a remote offer that are called together both take place',
    spec: `${chain}, ${w3c('perfect-negotiation-example')}`,
    async play({ left, right, attempt, note }) {
      left.addTransceiver('audio');
      right.addTransceiver('audio');
      const theirs = await offer(right);
      await Promise.all([
        attempt('setLocalDescription()', () => left.setLocalDescription()),
        attempt('setRemoteDescription(offer)', () => left.setRemoteDescription(theirs)),
      ]);
      note(left.signalingState);
    },
    expected: ['setLocalDescription(): resolves', 'setRemoteDescription(offer): resolves', 'have-remote-offer'],
  },
  {
    name: 'an operation that fails lets the next run',
    spec: chain,
    async play({ left, attempt, note }) {
      left.addTransceiver('audio');
      const ours = await createOffer(left);
      await Promise.all([
        attempt('createAnswer', () => left.createAnswer()),
        attempt('setLocalDescription(offer)', () => left.setLocalDescription(ours)),
      ]);
      note(left.signalingState);
    },
    expected: ['createAnswer: InvalidStateError', 'setLocalDescription(offer): resolves', 'have-local-offer'],
  },
  {
    name: 'the state changes later than the call, and before its promise resolves',
    spec: w3c('set-description'),
    async play({ left, attempt, watch, note }) {
      left.addTransceiver('audio');
      const ours = await createOffer(left);
      watch(left, 'signalingstatechange');
      const setting = attempt('setLocalDescription', () => left.setLocalDescription(ours));
      note(`right after the call: ${left.signalingState}`);
      await setting;
    },
    expected: [
      'right after the call: stable',
      'left signalingstatechange in have-local-offer',
      'setLocalDescription: resolves',
    ],
  },
  {
    name: 'a local description that was not created here is refused',
    spec: w3c('dom-peerconnection-setlocaldescription'),
    async play({ left, attempt, note }) {
      left.addTransceiver('audio');
      const { type, sdp } = await createOffer(left);
      const changed = sdp.replace(/\r\ns=.*\r\n/, '\r\ns=changed\r\n');
      await attempt('changed offer', () => left.setLocalDescription({ type, sdp: changed }));
      note(left.signalingState);
    },
    expected: ['changed offer: InvalidModificationError', 'stable'],
  },
  {
    name: 'a remote description that cannot be parsed is refused, and changes nothing',
    spec: w3c('set-description'),
    async play({ left, attempt, note }) {
      await attempt('offer', () => left.setRemoteDescription({ type: 'offer', sdp: 'nonsense' }));
      note(left.signalingState);
    },
    expected: ['offer: OperationError', 'stable'],
  },
];
