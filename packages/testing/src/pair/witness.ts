/**
 * A port that is watched: every operation that a session begins is judged as it begins, and what it did is noted as it
 * ends, so that both ends of a run can be compared. The witness believes the engine's state, never a promise.
 */
import { type Candidate, type Description, type Operation, type Role, iceUfrags } from '@detente/core';
import type { PeerConnectionPort } from '@detente/session';
import { type End, otherEnd } from '../ends.ts';
import { type Acceptance, assertInvariant } from '../invariants.ts';

/** What one end did, as its engine shows it. */
export interface Deeds {
  /** The offer of the exchange that it completed last. */
  completed: string | null;
  /** The offer of the other side that it answered last. */
  accepted: Acceptance | null;
  /** How many offers it answered. */
  acceptances: number;
  /** How many of its own offers it completed. */
  offersCarried: number;
  readonly gathered: Candidate[];
  readonly added: Candidate[];
}

/** What is true of the run around an end. */
export interface Circumstances {
  readonly role: () => Role;
  readonly declinesWhileAsking: () => boolean;
  readonly faults: () => number;
  readonly violated: (error: unknown) => void;
}

export interface Witness {
  readonly deeds: Readonly<Record<End, Deeds>>;
  /** The exchanges that both ends together completed by answering. */
  readonly exchanges: number;
  watch(end: End, port: PeerConnectionPort, circumstances: Circumstances): PeerConnectionPort;
  /** An end was replaced by a new one, which has done nothing. */
  forget(end: End): void;
}

const nothingDone = (): Deeds => ({
  completed: null,
  accepted: null,
  acceptances: 0,
  offersCarried: 0,
  gathered: [],
  added: [],
});

/** An engine adds candidates to what it has described, and with them addresses; that is no other description. */
const withoutCandidates = ({ type, sdp }: Description): Description => ({
  type,
  sdp: sdp
    .replaceAll(/^(?:a=candidate:|a=end-of-candidates|a=rtcp:|c=).*\r?\n/gm, '')
    .replaceAll(/^(m=\S+) [1-9]\d* /gm, '$1 9 '),
});

export const createWitness = (): Witness => {
  const deeds: Record<End, Deeds> = { left: nothingDone(), right: nothingDone() };
  /** By offer: its maker, and what that had completed when it made it. */
  const origins = new Map<string, { readonly maker: Deeds; readonly base: string | null }>();
  /** By answer: the offer that it was made for. */
  const answered = new Map<string, string>();
  let exchanges = 0;

  const watch = (end: End, port: PeerConnectionPort, circumstances: Circumstances): PeerConnectionPort => {
    const mine = deeds[end];
    let busy = 0;
    let remote: { readonly pending: Description | null; readonly current: Description | null } = {
      pending: null,
      current: null,
    };

    /** A broken invariant is noted and the run goes on: an operation that throws would only be one that failed. */
    const judge = (check: () => void) => {
      try {
        check();
      } catch (error) {
        circumstances.violated(error);
      }
    };

    const operate = async <T>(operation: Operation, run: () => Promise<T>, over: (before: string) => void) => {
      const before = port.signalingState;
      judge(() => assertInvariant('S1', { operation, signalingState: before, busy: busy > 0 }));
      busy += 1;
      try {
        return await run();
      } finally {
        busy -= 1;
        over(before);
      }
    };

    const complete = (offer: string, theirs: Description | null) => {
      mine.completed = offer;
      remote = { pending: null, current: theirs };
    };

    const local = () => port.localDescription && withoutCandidates(port.localDescription);
    const onOfferMade = () => {
      const offer = local();
      if (port.signalingState === 'have-local-offer' && offer && !origins.has(offer.sdp)) {
        origins.set(offer.sdp, { maker: mine, base: mine.completed });
      }
    };
    const onAnswered = (before: string) => {
      const [offer, answer] = [remote.pending, local()];
      if (before !== 'have-remote-offer' || port.signalingState !== 'stable' || !offer || !answer) return;
      answered.set(answer.sdp, offer.sdp);
      const origin = origins.get(offer.sdp);
      // What an end offered that was replaced since crosses nothing any more.
      mine.accepted = origin?.maker === deeds[otherEnd(end)] ? { offer: offer.sdp, base: origin.base } : null;
      mine.acceptances += 1;
      exchanges += 1;
      complete(offer.sdp, offer);
      judge(() => assertInvariant('S2', { left: deeds.left.accepted, right: deeds.right.accepted }));
    };

    return {
      capabilities: port.capabilities,
      get signalingState() {
        return port.signalingState;
      },
      get localDescription() {
        return port.localDescription;
      },
      createOffer: (options) => operate('createOffer', () => port.createOffer(options), onOfferMade),
      applyOffer: (offer) =>
        operate(
          'applyOffer',
          () => port.applyOffer(offer),
          () => {
            if (port.signalingState === 'have-remote-offer') remote = { ...remote, pending: withoutCandidates(offer) };
          },
        ),
      createAnswer: () => operate('createAnswer', () => port.createAnswer(), onAnswered),
      applyAnswer: (answer) => {
        const pending = local()?.sdp ?? null;
        const answers = answered.get(withoutCandidates(answer).sdp) ?? null;
        judge(() => assertInvariant('S3', { answers, pending }));
        return operate(
          'applyAnswer',
          () => port.applyAnswer(answer),
          (before) => {
            if (before !== 'have-local-offer' || port.signalingState !== 'stable') return;
            mine.offersCarried += 1;
            complete(pending ?? '', answer);
          },
        );
      },
      rollback: () => {
        const { role, declinesWhileAsking, faults } = circumstances;
        const observation = { role: role(), declinesWhileAsking: declinesWhileAsking(), faults: faults() };
        judge(() => assertInvariant('S7', { canRollBack: port.capabilities.rollback, ...observation }));
        return operate(
          'rollback',
          () => port.rollback(),
          () => {
            if (port.signalingState === 'stable') remote = { ...remote, pending: null };
          },
        );
      },
      addCandidate: async (candidate) => {
        const { usernameFragment: candidateOf } = candidate;
        // One that names no generation means whichever the engine has.
        if (typeof candidateOf === 'string') {
          const descriptions = [remote.pending, remote.current].flatMap((one) => (one ? iceUfrags(one.sdp) : []));
          judge(() => assertInvariant('S4', { candidateOf, descriptions }));
        }
        const { signalingState } = port;
        judge(() => assertInvariant('S1', { operation: 'addCandidate', signalingState, busy: busy > 0 }));
        mine.added.push(candidate);
        busy += 1;
        try {
          await port.addCandidate(candidate);
        } finally {
          busy -= 1;
        }
      },
      negotiationNeeded: () => port.negotiationNeeded(),
      mediaNeeds: () => port.mediaNeeds(),
      mayWantIceRestart: () => port.mayWantIceRestart?.() ?? true,
      subscribe: (listener) =>
        port.subscribe({
          ...listener,
          candidate: (candidate) => {
            if (candidate && candidate.candidate !== '') mine.gathered.push(candidate);
            listener.candidate(candidate);
          },
        }),
    };
  };

  return {
    deeds,
    get exchanges() {
      return exchanges;
    },
    watch,
    forget(end) {
      deeds[end] = nothingDone();
      deeds[otherEnd(end)].accepted = null;
    },
  };
};
