/** The port's contract, one case a sentence. A case knows nothing of the engine but its port and what the setup offers. */
import { type Candidate, iceUfrags } from '@detente/core';
import { createSession } from '@detente/session';
import type { End } from '../ends.ts';
import { assertInvariant } from '../invariants.ts';
import { createWitness } from '../pair/witness.ts';
import {
  type Bench,
  exchange,
  isSameDescription,
  isSameGeneration,
  mLines,
  must,
  mustEqual,
  mustFail,
} from './setup.ts';

export interface ContractCase {
  readonly name: string;
  /** Why a port need not pass, if so. */
  readonly unless?: (bench: Pick<Bench<unknown>, 'setup' | 'left'>) => boolean;
  readonly play: <Pc>(bench: Bench<Pc>) => Promise<void>;
}

const cannotRollBack: ContractCase['unless'] = ({ left }) => !left.port.capabilities.rollback;
const doesNotGather: ContractCase['unless'] = ({ setup }) => setup.gathers === false;
const nothing = { changed: () => undefined, candidate: () => undefined, closed: () => undefined };
const garbage = { type: 'offer', sdp: 'this is no session description' } as const;

export const contract: readonly ContractCase[] = [
  {
    name: 'begins stable, with nothing described and nothing needed of the other side',
    async play({ left: { port } }) {
      mustEqual('the signaling state', port.signalingState, 'stable');
      mustEqual('the local description', port.localDescription, null);
      mustEqual('what it needs', port.mediaNeeds(), { audio: 0, video: 0 });
    },
  },
  {
    name: 'stable->createOffer->have-local-offer, and returns the offer that it set',
    async play({ setup, left: { pc, port } }) {
      setup.addTrack(pc, 'audio');
      const offer = await port.createOffer({ iceRestart: false });
      mustEqual('the signaling state', port.signalingState, 'have-local-offer');
      mustEqual('the type', offer.type, 'offer');
      must('the offer is the local description', isSameGeneration(port.localDescription, offer));
      must('it has an m-line for the track', mLines(offer, 'audio') === 1);
    },
  },
  {
    name: 'have-local-offer->createOffer->have-local-offer, since an offer that is out may be replaced',
    async play({ setup, left, right }) {
      setup.addTrack(left.pc, 'audio');
      await left.port.createOffer({ iceRestart: false });
      setup.addTrack(left.pc, 'video');
      await exchange(left.port, right.port);
      mustEqual('the signaling state', left.port.signalingState, 'stable');
    },
  },
  {
    name: 'stable->applyOffer->have-remote-offer->createAnswer->stable, and returns the answer that it set',
    async play({ setup, left, right: { port } }) {
      setup.addTrack(left.pc, 'audio');
      await port.applyOffer(await left.port.createOffer({ iceRestart: false }));
      mustEqual('the signaling state', port.signalingState, 'have-remote-offer');
      const answer = await port.createAnswer();
      mustEqual('the signaling state', port.signalingState, 'stable');
      mustEqual('the type', answer.type, 'answer');
      must('the answer is the local description', isSameGeneration(port.localDescription, answer));
    },
  },
  {
    name: 'have-local-offer->applyAnswer->stable, and then nothing more is needed',
    async play({ setup, left, right, eventually }) {
      setup.addTrack(left.pc, 'audio');
      await exchange(left.port, right.port);
      mustEqual('the signaling state', left.port.signalingState, 'stable');
      await eventually('nothing is needed any more', () => !left.port.negotiationNeeded());
    },
  },
  {
    name: 'negotiates in the other direction as well, after the first exchange',
    async play({ setup, left, right }) {
      setup.addTrack(left.pc, 'audio');
      await exchange(left.port, right.port);
      setup.addTrack(right.pc, 'video');
      const { offer } = await exchange(right.port, left.port);
      must('it has an m-line for the track', mLines(offer, 'video') === 1);
    },
  },
  {
    name: 'never says that nothing is needed while a track waits',
    async play({ setup, left, right }) {
      setup.addTrack(left.pc, 'audio');
      must('negotiation is needed for the first track', left.port.negotiationNeeded());
      await exchange(left.port, right.port);
      setup.addTrack(left.pc, 'video');
      must('negotiation is needed for a second one', left.port.negotiationNeeded());
    },
  },
  {
    name: 'tells of a change, where the engine does',
    unless: ({ setup }) => setup.announcesChanges === false,
    async play({ setup, left: { pc, port }, eventually }) {
      let told = 0;
      const unsubscribe = port.subscribe({ ...nothing, changed: () => void (told += 1) });
      setup.addTrack(pc, 'audio');
      await eventually('the engine tells of the track', () => told > 0);
      unsubscribe();
    },
  },
  {
    name: 'tells nothing after unsubscribing',
    async play({ setup, left, right }) {
      let told = 0;
      const count = () => void (told += 1);
      left.port.subscribe({ changed: count, candidate: count, closed: count })();
      setup.addTrack(left.pc, 'audio');
      await exchange(left.port, right.port);
      await setup.close(left.pc);
      mustEqual('what it told', told, 0);
    },
  },
  {
    name: 'gathers candidates that name the generation of its description, and that the other side takes',
    unless: doesNotGather,
    async play({ setup, left, right, eventually }) {
      const gathered: Candidate[] = [];
      const unsubscribe = left.port.subscribe({
        ...nothing,
        candidate: (candidate) => void (candidate && candidate.candidate !== '' && gathered.push(candidate)),
      });
      setup.addTrack(left.pc, 'audio');
      const { offer } = await exchange(left.port, right.port);
      await eventually('there is a candidate', () => gathered.length > 0);
      for (const candidate of gathered) {
        const { usernameFragment } = candidate;
        if (typeof usernameFragment === 'string') {
          assertInvariant('S4', { candidateOf: usernameFragment, descriptions: iceUfrags(offer.sdp) });
        }
        await right.port.addCandidate(candidate);
      }
      unsubscribe();
    },
  },
  {
    name: 'rolls its own offer back: stable again, and the track still waits',
    unless: cannotRollBack,
    async play({ setup, left, right }) {
      setup.addTrack(left.pc, 'audio');
      await left.port.createOffer({ iceRestart: false });
      await left.port.rollback();
      mustEqual('the signaling state', left.port.signalingState, 'stable');
      must('negotiation is still needed', left.port.negotiationNeeded());
      const { answer } = await exchange(left.port, right.port);
      must('the track is carried after all', mLines(answer, 'audio') === 1);
    },
  },
  {
    name: "rolls the other side's offer back, and takes it again",
    unless: cannotRollBack,
    async play({ setup, left, right }) {
      setup.addTrack(left.pc, 'audio');
      const offer = await left.port.createOffer({ iceRestart: false });
      await right.port.applyOffer(offer);
      await right.port.rollback();
      mustEqual('the signaling state', right.port.signalingState, 'stable');
      await right.port.applyOffer(offer);
      await left.port.applyAnswer(await right.port.createAnswer());
      mustEqual('the signaling state', left.port.signalingState, 'stable');
    },
  },
  {
    name: 'gives way in a glare and loses neither track',
    unless: cannotRollBack,
    async play({ setup, left, right }) {
      setup.addTrack(left.pc, 'audio');
      setup.addTrack(right.pc, 'audio');
      const [, offer] = [
        await left.port.createOffer({ iceRestart: false }),
        await right.port.createOffer({ iceRestart: false }),
      ];
      await left.port.rollback();
      await left.port.applyOffer(offer);
      await right.port.applyAnswer(await left.port.createAnswer());
      if (left.port.negotiationNeeded()) await exchange(left.port, right.port);
      must('nothing is needed any more', !left.port.negotiationNeeded());
    },
  },
  {
    name: 'rejects what the signaling state forbids, and stays where it is',
    async play({ setup, left, right }) {
      setup.addTrack(left.pc, 'audio');
      const { answer } = await exchange(left.port, right.port);
      await mustFail('an answer without an offer', () => left.port.applyAnswer(answer));
      await mustFail('createAnswer without an offer', () => left.port.createAnswer());
      mustEqual('the signaling state', left.port.signalingState, 'stable');
    },
  },
  {
    name: 'rejects what is no description, and stays where it is',
    async play({ left: { port } }) {
      await mustFail('an offer that is no SDP', () => port.applyOffer(garbage));
      mustEqual('the signaling state', port.signalingState, 'stable');
    },
  },
  {
    name: 'asks for the m-lines that its tracks need, and an offer brings them',
    async play({ setup, left, right }) {
      setup.addTrack(right.pc, 'audio');
      const needs = right.port.mediaNeeds();
      mustEqual('what the answerer needs', needs, { audio: 1, video: 0 });
      const offer = await left.port.createOffer({ iceRestart: false, receive: needs });
      mustEqual('the audio m-lines of the offer', mLines(offer, 'audio'), 1);
      await right.port.applyOffer(offer);
      await left.port.applyAnswer(await right.port.createAnswer());
      mustEqual('what the answerer needs then', right.port.mediaNeeds(), { audio: 0, video: 0 });
      must('nothing is needed any more', !right.port.negotiationNeeded());
    },
  },
  {
    name: 'restarts ICE when asked to, at both ends',
    unless: ({ setup }) => setup.restartsIce === false,
    async play({ setup, left, right }) {
      setup.addTrack(left.pc, 'audio');
      const before = await exchange(left.port, right.port);
      const again = await exchange(left.port, right.port);
      mustEqual('the generation without', iceUfrags(again.offer.sdp), iceUfrags(before.offer.sdp));
      const offer = await left.port.createOffer({ iceRestart: true });
      await right.port.applyOffer(offer);
      const answer = await right.port.createAnswer();
      await left.port.applyAnswer(answer);
      const kept = (old: string, fresh: string) => iceUfrags(fresh).some((ufrag) => iceUfrags(old).includes(ufrag));
      must("the offer's generation is new", !kept(before.offer.sdp, offer.sdp));
      must("the answer's generation is new", !kept(before.answer.sdp, answer.sdp));
    },
  },
  {
    name: 'is closed when its engine is, and throws nothing',
    async play({ setup, left: { pc, port } }) {
      const unsubscribe = port.subscribe(nothing);
      await setup.close(pc);
      mustEqual('the signaling state', port.signalingState, 'closed');
      // May reject or never settle.
      port.createOffer({ iceRestart: false }).catch(() => undefined);
      port.addCandidate({ candidate: '' }).catch(() => undefined);
      unsubscribe();
    },
  },
  {
    name: 'carries two sessions through changes of both sides, with no invariant broken',
    async play({ setup, left, right, eventually }) {
      const witness = createWitness();
      const violations: unknown[] = [];
      const open = (end: End, send: (message: object) => void) => {
        const port = witness.watch(end, { left, right }[end].port, {
          role: () => (end === 'left' ? 'requester' : 'arbiter'),
          declinesWhileAsking: () => false,
          faults: () => 0,
          violated: (error) => void violations.push(error),
        });
        return createSession(port, { role: end === 'left' ? 'requester' : 'arbiter', send, trigger: 'manual' });
      };
      const at = {
        left: open('left', (message) => void Promise.resolve().then(() => at.right.receive(message))),
        right: open('right', (message) => void Promise.resolve().then(() => at.left.receive(message))),
      };
      setup.addTrack(left.pc, 'audio');
      setup.addTrack(right.pc, 'audio');
      at.left.negotiate();
      at.right.negotiate();
      await Promise.all([at.left.settled(), at.right.settled()]);
      const { deeds } = witness;
      await eventually('both sides have completed the same exchange', () => {
        return deeds.left.completed !== null && isSameDescription(deeds.left.completed, deeds.right.completed);
      });
      at.left.close();
      at.right.close();
      mustEqual('what was violated', violations.map(String), []);
    },
  },
];
