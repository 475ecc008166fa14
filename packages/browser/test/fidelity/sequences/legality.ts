/** Each call in each signaling state: whether it is legal, and where it leads. */
import { jsep, w3c } from '../citations.ts';
import type { Lab, Pair, Sequence } from '../sequence.ts';
import { answer, createAnswer, createOffer, offer } from '../steps.ts';

type State = 'stable' | 'have-local-offer' | 'have-remote-offer' | 'closed';

/** What is at hand in every state: an offer that left made before, and offers and answers of the right side. */
interface Ready extends Pair {
  readonly ownOffer: RTCSessionDescriptionInit;
  readonly theirOffer: RTCSessionDescriptionInit;
  /** Fits the pending local offer in have-local-offer. */
  readonly theirAnswer: RTCSessionDescriptionInit;
}

const enter = async (lab: Lab, state: State): Promise<Ready> => {
  const { left, right } = lab.pair();
  const elsewhere = lab.pair();
  for (const pc of [left, right, elsewhere.right]) pc.addTransceiver('audio');
  const ownOffer = await createOffer(left);
  const theirOffer = await offer(right);
  const theirAnswer = await answer(elsewhere.right, ownOffer);
  if (state === 'have-local-offer') await left.setLocalDescription(ownOffer);
  if (state === 'have-remote-offer') await left.setRemoteDescription(theirOffer);
  if (state === 'closed') left.close();
  return { left, right, ownOffer, theirOffer, theirAnswer };
};

const states: readonly State[] = ['stable', 'have-local-offer', 'have-remote-offer', 'closed'];

const legality = (
  name: string,
  spec: string,
  call: (ready: Ready) => unknown,
  expected: Readonly<Record<Exclude<State, 'closed'>, string>>,
): Sequence => ({
  name,
  spec,
  async play(lab) {
    for (const state of states) {
      const ready = await enter(lab, state);
      const after = () => (ready.left.signalingState === state ? '' : `, then ${ready.left.signalingState}`);
      await lab.fate(`in ${state}`, () => call(ready), after);
    }
  },
  expected: states.map((state) => `in ${state}: ${state === 'closed' ? 'InvalidStateError' : expected[state]}`),
});

const illegal = 'InvalidStateError';

const pranswers: readonly Sequence[] = [
  {
    name: 'a provisional answer leads to have-local-pranswer, whence an answer leads to stable and a rollback nowhere',
    spec: `${w3c('rtcsignalingstate-enum')}, ${w3c('set-description')}`,
    async play({ left, right, attempt }) {
      left.addTransceiver('audio');
      await right.setRemoteDescription(await offer(left));
      const { sdp } = await createAnswer(right);
      const state = () => ` in ${right.signalingState}`;
      await attempt('pranswer', () => right.setLocalDescription({ type: 'pranswer', sdp }), state);
      await attempt('rollback', () => right.setLocalDescription({ type: 'rollback' }), state);
      await attempt('answer', () => right.setLocalDescription({ type: 'answer', sdp }), state);
    },
    expected: [
      'pranswer: resolves in have-local-pranswer',
      'rollback: InvalidStateError in have-local-pranswer',
      'answer: resolves in stable',
    ],
  },
  {
    name: 'the provisional answer of the other side leads to have-remote-pranswer, where no offer can be created',
    spec: `${w3c('rtcsignalingstate-enum')}, ${w3c('dom-rtcpeerconnection-createoffer')}`,
    async play({ left, right, attempt }) {
      left.addTransceiver('audio');
      await right.setRemoteDescription(await offer(left));
      const { sdp } = await createAnswer(right);
      const state = () => ` in ${left.signalingState}`;
      await attempt('pranswer', () => left.setRemoteDescription({ type: 'pranswer', sdp }), state);
      await attempt('createOffer', () => left.createOffer(), state);
      await attempt('answer', () => left.setRemoteDescription({ type: 'answer', sdp }), state);
    },
    expected: [
      'pranswer: resolves in have-remote-pranswer',
      'createOffer: InvalidStateError in have-remote-pranswer',
      'answer: resolves in stable',
    ],
  },
];

export const legalitySequences: readonly Sequence[] = [
  legality(
    'createOffer is legal in stable and have-local-offer',
    w3c('dom-rtcpeerconnection-createoffer'),
    ({ left }) => left.createOffer(),
    { stable: 'resolves', 'have-local-offer': 'resolves', 'have-remote-offer': illegal },
  ),
  legality(
    'createAnswer is legal in have-remote-offer',
    w3c('dom-rtcpeerconnection-createanswer'),
    ({ left }) => left.createAnswer(),
    { stable: illegal, 'have-local-offer': illegal, 'have-remote-offer': 'resolves' },
  ),
  legality(
    'setLocalDescription(offer) is legal in stable and have-local-offer',
    w3c('rtcsignalingstate-enum'),
    ({ left, ownOffer }) => left.setLocalDescription(ownOffer),
    { stable: 'resolves, then have-local-offer', 'have-local-offer': 'resolves', 'have-remote-offer': illegal },
  ),
  legality(
    'setLocalDescription(answer) is legal in have-remote-offer',
    w3c('rtcsignalingstate-enum'),
    async ({ left }) => {
      const created = left.signalingState === 'have-remote-offer' ? await createAnswer(left) : undefined;
      await left.setLocalDescription(created ?? { type: 'answer' });
    },
    { stable: illegal, 'have-local-offer': illegal, 'have-remote-offer': 'resolves, then stable' },
  ),
  legality(
    'setLocalDescription() makes the description that the state asks for',
    w3c('dom-peerconnection-setlocaldescription'),
    ({ left }) => left.setLocalDescription(),
    {
      stable: 'resolves, then have-local-offer',
      'have-local-offer': 'resolves',
      'have-remote-offer': 'resolves, then stable',
    },
  ),
  legality(
    'setLocalDescription(rollback) is legal in have-local-offer',
    `${jsep('4.1.10.2')}, ${w3c('rtcsignalingstate-enum')}`,
    ({ left }) => left.setLocalDescription({ type: 'rollback' }),
    { stable: illegal, 'have-local-offer': 'resolves, then stable', 'have-remote-offer': illegal },
  ),
  legality(
    'setRemoteDescription(offer) is legal in every state, as it rolls back by itself',
    w3c('set-description'),
    ({ left, theirOffer }) => left.setRemoteDescription(theirOffer),
    {
      stable: 'resolves, then have-remote-offer',
      'have-local-offer': 'resolves, then have-remote-offer',
      'have-remote-offer': 'resolves',
    },
  ),
  legality(
    'setRemoteDescription(answer) is legal in have-local-offer',
    w3c('rtcsignalingstate-enum'),
    ({ left, theirAnswer }) => left.setRemoteDescription(theirAnswer),
    { stable: illegal, 'have-local-offer': 'resolves, then stable', 'have-remote-offer': illegal },
  ),
  legality(
    'setRemoteDescription(rollback) is legal in have-remote-offer',
    `${jsep('4.1.10.2')}, ${w3c('rtcsignalingstate-enum')}`,
    ({ left }) => left.setRemoteDescription({ type: 'rollback' }),
    { stable: illegal, 'have-local-offer': illegal, 'have-remote-offer': 'resolves, then stable' },
  ),
  ...pranswers,
];
