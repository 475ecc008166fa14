/** Candidates of the other side that fit and that do not, and the end of one's own. */
import { jsep, w3c } from '../citations.ts';
import type { Lab, Sequence } from '../sequence.ts';
import { exchange, mids, offer, ufragOf } from '../steps.ts';

const spec = w3c('dom-peerconnection-addicecandidate');
// RFC 5737: an address for documentation, which nobody answers from.
const candidate = 'candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host';

const remoteSdp = (pc: RTCPeerConnection): { readonly sdp: string } => ({ sdp: pc.remoteDescription?.sdp ?? '' });

const negotiated = async ({ left, right }: Lab): Promise<{ readonly mid: string; readonly ufrag: string }> => {
  left.addTransceiver('audio');
  await exchange(left, right);
  return { mid: mids(remoteSdp(left))[0] ?? '', ufrag: ufragOf(remoteSdp(left)) };
};

export const candidateSequences: readonly Sequence[] = [
  {
    name: 'a candidate before any remote description is refused',
    spec,
    async play({ left, attempt }) {
      left.addTransceiver('audio');
      await attempt('in stable', () => left.addIceCandidate({ candidate, sdpMLineIndex: 0 }));
      await offer(left);
      await attempt('in have-local-offer', () => left.addIceCandidate({ candidate, sdpMLineIndex: 0 }));
    },
    expected: ['in stable: InvalidStateError', 'in have-local-offer: InvalidStateError'],
  },
  {
    name: 'an end-of-candidates before any remote description is refused',
    spec,
    async play({ left, attempt }) {
      left.addTransceiver('audio');
      await attempt('empty', () => left.addIceCandidate({ candidate: '', sdpMLineIndex: 0 }));
      await attempt('null', () => left.addIceCandidate(null));
    },
    expected: ['empty: InvalidStateError', 'null: InvalidStateError'],
  },
  {
    name: 'an end-of-candidates is taken in every form',
    spec,
    async play(lab) {
      const { mid, ufrag } = await negotiated(lab);
      const { left, attempt } = lab;
      const whole = { candidate: '', sdpMid: mid, usernameFragment: ufrag };
      await attempt('for an m-line and generation', () => left.addIceCandidate(whole));
      await attempt('for an m-line', () => left.addIceCandidate({ candidate: '', sdpMid: mid }));
      await attempt('for all', () => left.addIceCandidate({ candidate: '' }));
      await attempt('null', () => left.addIceCandidate(null));
      await attempt('nothing', () => left.addIceCandidate());
    },
    expected: ['for an m-line and generation', 'for an m-line', 'for all', 'null', 'nothing'].map(
      (form) => `${form}: resolves`,
    ),
  },
  {
    name: 'a candidate is taken by mid, by index, with and without its ufrag',
    spec,
    async play(lab) {
      const { mid, ufrag } = await negotiated(lab);
      const { left, attempt } = lab;
      await attempt('mid', () => left.addIceCandidate({ candidate, sdpMid: mid }));
      await attempt('index', () => left.addIceCandidate({ candidate, sdpMLineIndex: 0 }));
      await attempt('ufrag', () => left.addIceCandidate({ candidate, sdpMid: mid, usernameFragment: ufrag }));
    },
    expected: ['mid: resolves', 'index: resolves', 'ufrag: resolves'],
  },
  {
    name: 'a candidate that names no m-line, or one that is not there, is refused',
    spec,
    async play(lab) {
      await negotiated(lab);
      const { left, attempt } = lab;
      await attempt('neither', () => left.addIceCandidate({ candidate }));
      await attempt('unknown mid', () => left.addIceCandidate({ candidate, sdpMid: 'nowhere' }));
      await attempt('unknown index', () => left.addIceCandidate({ candidate, sdpMLineIndex: 7 }));
    },
    expected: ['neither: TypeError', 'unknown mid: OperationError', 'unknown index: OperationError'],
  },
  {
    name: 'a candidate of an unknown ICE generation is refused',
    spec,
    async play(lab) {
      const { mid } = await negotiated(lab);
      const init = { candidate, sdpMid: mid, usernameFragment: 'unknown' };
      await lab.attempt('candidate', () => lab.left.addIceCandidate(init));
      await lab.attempt('end-of-candidates', () => lab.left.addIceCandidate({ ...init, candidate: '' }));
    },
    expected: ['candidate: OperationError', 'end-of-candidates: OperationError'],
  },
  {
    name: 'while a restart is pending, candidates of both ICE generations are taken; after its rollback, of the old one',
    spec,
    async play(lab) {
      const { mid, ufrag: old } = await negotiated(lab);
      const { left, right, attempt } = lab;
      right.restartIce();
      const theirs = await offer(right);
      const add = (usernameFragment: string) => left.addIceCandidate({ candidate, sdpMid: mid, usernameFragment });
      await left.setRemoteDescription(theirs);
      await attempt('pending: old', () => add(old));
      await attempt('pending: new', () => add(ufragOf(theirs)));
      await left.setRemoteDescription({ type: 'rollback' });
      await attempt('rolled back: old', () => add(old));
      await attempt('rolled back: new', () => add(ufragOf(theirs)));
    },
    expected: [
      'pending: old: resolves',
      'pending: new: resolves',
      'rolled back: old: resolves',
      'rolled back: new: OperationError',
    ],
  },
  {
    name: 'own candidates follow the description that they belong to, and carry its ufrag',
    spec: `${jsep('3.5.1')}, ${w3c('dom-rtcicecandidate-usernamefragment')}`,
    async play({ left, note }) {
      left.createDataChannel('chat');
      const ours = await createNoted(left, note);
      note(`ufrag ${(await ours.firstUfrag) === ours.ufrag ? 'of the description' : 'of another'}`);
    },
    expected: ['described', 'candidate', 'ufrag of the description'],
  },
  {
    name: 'gathering ends with an empty candidate, then with null',
    spec: w3c('dom-peerconnection-onicecandidate'),
    async play({ left, note, quiet }) {
      left.createDataChannel('chat');
      const complete = new Promise<void>((resolve) => {
        left.addEventListener('icegatheringstatechange', () => left.iceGatheringState === 'complete' && resolve());
      });
      left.addEventListener('icecandidate', ({ candidate: gathered }) => {
        if ((gathered?.candidate ?? '') === '') note(gathered === null ? 'null' : 'empty');
      });
      await offer(left);
      await complete;
      await quiet();
    },
    expected: ['empty', 'null'],
  },
];

const createNoted = async (pc: RTCPeerConnection, note: (line: string) => void) => {
  const firstUfrag = new Promise<string | null>((resolve) => {
    let first = true;
    pc.addEventListener('icecandidate', ({ candidate: gathered }) => {
      if (!first || gathered === null) return;
      first = false;
      note('candidate');
      resolve(gathered.usernameFragment);
    });
  });
  const ours = await offer(pc);
  note('described');
  return { firstUfrag, ufrag: ufragOf(ours) };
};
