/** ICE generations, known by the ufrag of descriptions: when a new one begins, and what an intention to restart survives. */
import { jsep, w3c } from '../citations.ts';
import type { Sequence } from '../sequence.ts';
import { answer, createOffer, exchange, offer, ufragOf } from '../steps.ts';

const restart = `${w3c('dom-rtcpeerconnection-restartice')}, ${jsep('5.2.2')}`;
const rollback = { type: 'rollback' } as const;

const inUse = (pc: RTCPeerConnection): string => ufragOf({ sdp: pc.currentLocalDescription?.sdp ?? '' });

const told = (before: string, after: string): string => (before === after ? 'same ufrag' : 'new ufrag');

export const iceSequences: readonly Sequence[] = [
  {
    name: 'renegotiation keeps the ICE generation on both sides',
    spec: `${jsep('5.2.2')}, ${jsep('5.3.2')}`,
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      await exchange(left, right);
      const before = [inUse(left), inUse(right)] as const;
      left.addTransceiver('video');
      await exchange(left, right);
      note(`left: ${told(before[0], inUse(left))}`);
      note(`right: ${told(before[1], inUse(right))}`);
    },
    expected: ['left: same ufrag', 'right: same ufrag'],
  },
  {
    name: 'restartIce begins an ICE generation on both sides, and the next offer none',
    spec: `${restart}, ${jsep('5.3.2')}`,
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      await exchange(left, right);
      const before = [inUse(left), inUse(right)] as const;
      left.restartIce();
      await exchange(left, right);
      note(`left: ${told(before[0], inUse(left))}`);
      note(`right: ${told(before[1], inUse(right))}`);
      note(`next offer: ${told(inUse(left), ufragOf(await createOffer(left)))}`);
    },
    expected: ['left: new ufrag', 'right: new ufrag', 'next offer: same ufrag'],
  },
  {
    name: 'createOffer({ iceRestart: true }) restarts with that offer alone',
    spec: jsep('5.2.3.1'),
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      await exchange(left, right);
      note(`restarting: ${told(inUse(left), ufragOf(await createOffer(left, { iceRestart: true })))}`);
      note(`next: ${told(inUse(left), ufragOf(await createOffer(left)))}`);
    },
    expected: ['restarting: new ufrag', 'next: same ufrag'],
  },
  {
    name: 'restartIce survives a rollback',
    spec: restart,
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      await exchange(left, right);
      left.restartIce();
      await offer(left);
      await left.setLocalDescription(rollback);
      note(told(inUse(left), ufragOf(await createOffer(left))));
    },
    expected: ['new ufrag'],
  },
  {
    name: 'createOffer({ iceRestart: true }) does not survive a rollback',
    spec: `${jsep('5.2.3.1')}, ${jsep('4.1.10.2')}`,
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      await exchange(left, right);
      await offer(left, { iceRestart: true });
      await left.setLocalDescription(rollback);
      note(told(inUse(left), ufragOf(await createOffer(left))));
    },
    expected: ['same ufrag'],
  },
  {
    name: 'restartIce survives an exchange of the other side that restarts nothing',
    spec: restart,
    async play({ left, right, note }) {
      left.addTransceiver('audio');
      await exchange(left, right);
      const before = inUse(left);
      left.restartIce();
      await exchange(right, left);
      note(`after their exchange: ${told(before, inUse(left))}`);
      note(`own offer: ${told(before, ufragOf(await createOffer(left)))}`);
    },
    expected: ['after their exchange: same ufrag', 'own offer: new ufrag'],
  },
  {
    name: 'a remote offer that restarts is taken after the rollback of one that does not',
    spec: `${jsep('4.1.10.2')}, ${jsep('5.10')}`,
    async play({ left, right, attempt }) {
      left.addTransceiver('audio');
      await exchange(left, right);
      left.addTransceiver('video');
      await offer(left);
      right.restartIce();
      const theirs = await offer(right);
      await left.setLocalDescription(rollback);
      await attempt('exchange', async () => right.setRemoteDescription(await answer(left, theirs)));
    },
    expected: ['exchange: resolves'],
  },
];
