/** What close() does to operations under way, to later ones, to events and to transceivers. */
import { w3c } from '../citations.ts';
import type { Pair, Sequence } from '../sequence.ts';
import { answer, createAnswer, createOffer, offer, transceivers } from '../steps.ts';

const spec = w3c('dom-rtcpeerconnection-close');
// RFC 5737: an address for documentation, which nobody answers from.
const candidate = 'candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host';

/** Each of them on a connection of its own, in a state in which it is legal. */
const interrupted: Readonly<Record<string, (pair: Pair) => Promise<() => Promise<unknown>>>> = {
  async createOffer({ left }) {
    left.addTransceiver('audio');
    return () => left.createOffer();
  },
  async setLocalDescription({ left }) {
    left.addTransceiver('audio');
    const ours = await createOffer(left);
    return () => left.setLocalDescription(ours);
  },
  async setRemoteDescription({ left, right }) {
    right.addTransceiver('audio');
    const theirs = await offer(right);
    return () => left.setRemoteDescription(theirs);
  },
  async createAnswer({ left, right }) {
    right.addTransceiver('audio');
    await left.setRemoteDescription(await offer(right));
    return () => left.createAnswer();
  },
  async addIceCandidate({ left, right }) {
    right.addTransceiver('audio');
    await answer(left, await offer(right));
    return () => left.addIceCandidate({ candidate, sdpMLineIndex: 0 });
  },
};

export const closeSequences: readonly Sequence[] = [
  {
    name: 'an operation that close() interrupts never settles',
    spec: `${spec}, ${w3c('dfn-operations-chain')}`,
    async play({ pair, fate }) {
      for (const [operation, prepare] of Object.entries(interrupted)) {
        const made = pair();
        const call = await prepare(made);
        await fate(operation, () => {
          const pending = call();
          made.left.close();
          return pending;
        });
      }
    },
    expected: Object.keys(interrupted).map((operation) => `${operation}: never settles`),
  },
  {
    name: 'a closed connection refuses candidates, transceivers, tracks and data channels, and lets restartIce pass',
    spec,
    async play({ left, right, attempt, fate, createTrack }) {
      right.addTransceiver('audio');
      await answer(left, await offer(right));
      const track = createTrack('audio');
      left.close();
      await fate('addIceCandidate', () => left.addIceCandidate({ candidate: '', sdpMLineIndex: 0 }));
      await attempt('addTransceiver', () => void left.addTransceiver('audio'));
      await attempt('addTrack', () => void left.addTrack(track));
      await attempt('createDataChannel', () => void left.createDataChannel('chat'));
      await attempt('restartIce', () => left.restartIce());
    },
    expected: [
      'addIceCandidate: InvalidStateError',
      'addTransceiver: InvalidStateError',
      'addTrack: InvalidStateError',
      'createDataChannel: InvalidStateError',
      'restartIce: resolves',
    ],
  },
  {
    name: 'close() fires no event, and may be called again',
    spec,
    async play({ left, watch, quiet, note }) {
      left.addTransceiver('audio');
      await offer(left);
      await quiet();
      watch(left, 'signalingstatechange', 'negotiationneeded');
      left.close();
      left.close();
      await quiet();
      note(left.signalingState);
    },
    expected: ['closed'],
  },
  {
    name: 'a change that is not announced yet when close() comes never is',
    spec: w3c('dfn-update-the-negotiation-needed-flag'),
    async play({ left, watch, quiet, note }) {
      watch(left, 'negotiationneeded');
      left.addTransceiver('audio');
      left.close();
      await quiet();
      note('that is all');
    },
    expected: ['that is all'],
  },
  {
    name: 'close() in the handler of signalingstatechange leaves the operation pending for ever',
    spec: `${spec}, ${w3c('set-description')}`,
    async play({ left, fate }) {
      left.addTransceiver('audio');
      const ours = await createOffer(left);
      left.addEventListener('signalingstatechange', () => left.close());
      await fate('setLocalDescription', () => left.setLocalDescription(ours));
    },
    expected: ['setLocalDescription: never settles'],
  },
  {
    name: 'close() stops transceivers on this side only',
    spec,
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      const ours = await offer(left);
      await right.setRemoteDescription(ours);
      const theirs = await createAnswer(right);
      await right.setLocalDescription(theirs);
      await left.setRemoteDescription(theirs);
      const [transceiver] = left.getTransceivers();
      left.close();
      note(`left: ${transceiver?.direction}/${transceiver?.currentDirection}`);
      note(`right: ${transceivers(right)}`);
    },
    expected: ['left: stopped/stopped', 'right: audio at 0 recvonly/recvonly'],
  },
];
