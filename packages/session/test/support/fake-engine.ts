/**
 * An engine of a few lines, whose every operation ends as a test says. It counts local changes instead of carrying media:
 * descriptions say how many changes their side had made, so both ends can tell whether every change arrived. It judges
 * the session, too: what JSEP forbids is written down as a violation.
 */
import type { Candidate, Description, Operation, SignalingState } from '@detente/core';
import type { OfferOptions, PeerConnectionPort, PortListener } from '@detente/session';

/**
 * How an operation ends. `late-reject`: rejects although the state has changed; `no-op`: resolves and changes nothing;
 * `half`: rejects in `have-local-offer`, without an offer to show.
 */
export type Ending = 'ok' | 'reject' | 'late-reject' | 'no-op' | 'half' | 'throw' | 'hang' | 'manual';

export interface FakeEngineOptions {
  /** Different at both ends; it is part of descriptions and ufrags. */
  readonly name: string;
  readonly rollback?: boolean;
  /** Whether an answer can carry changes. Default `true`. */
  readonly answerCarries?: boolean;
  /** Candidates that come out after each description of ours. Default 0. */
  readonly candidates?: number;
}

export interface FakeEngine extends PeerConnectionPort {
  /** Makes a local change and says that negotiation is needed. */
  change(): void;
  /** Says that negotiation is needed, whether it is or not. */
  sayChanged(): void;
  gather(candidate: string | null): void;
  closeFromOutside(): void;
  /** How the next calls of an operation end; `ok` when nothing is said. */
  plan(operation: Operation | 'addCandidate', ...endings: readonly Ending[]): void;
  /** Ends the operation that was planned to be `manual` or to `hang`. */
  finish(ending?: 'ok' | 'reject'): void;
  readonly isBusy: boolean;
  readonly isListenedTo: boolean;
  /** Local changes made, and those that agreed descriptions carried. */
  readonly changes: number;
  readonly carried: number;
  /** The other side's changes that agreed descriptions carried. */
  readonly known: number;
  /** The offer of the last agreed exchange. */
  readonly agreed: string | null;
  readonly calls: readonly string[];
  readonly violations: readonly string[];
}

const field = (sdp: string, name: string): string => new RegExp(`^a=${name}:(.*)$`, 'm').exec(sdp)?.[1]?.trim() ?? '';
const changesIn = ({ sdp }: Description): number => Number(field(sdp, 'changes'));
const ufragIn = ({ sdp }: Description): string => field(sdp, 'ice-ufrag');

export const createFakeEngine = (options: FakeEngineOptions): FakeEngine => {
  const { name, rollback = false, answerCarries = true, candidates = 0 } = options;
  let state: SignalingState = 'stable';
  let listener: PortListener | undefined;
  let serial = 0;
  let generation = 1;
  let changes = 0;
  let carried = 0;
  let known = 0;
  let agreed: string | null = null;
  let local: Description | null = null;
  let remote: Description | null = null;
  let pendingLocal: Description | null = null;
  let pendingRemote: Description | null = null;
  let busy: string | null = null;
  let finish: ((ending: 'ok' | 'reject') => void) | undefined;
  const calls: string[] = [];
  const violations: string[] = [];
  const plans = new Map<string, Ending[]>();

  const describe = (type: 'offer' | 'answer', carries: number, generationNow: number): Description => ({
    type,
    sdp: `v=0\r\na=serial:${name}-${(serial += 1)}\r\na=changes:${carries}\r\na=ice-ufrag:${name}${generationNow}\r\n`,
  });

  const demand = (what: string, ...states: readonly SignalingState[]) => {
    if (busy !== null) violations.push(`${what} while ${busy} is in flight`);
    if (!states.includes(state)) violations.push(`${what} in ${state}`);
  };

  const run = <T>(what: string, effect: () => T, half?: () => void): Promise<T> => {
    const ending = plans.get(what.split(' ')[0] as string)?.shift() ?? 'ok';
    if (ending === 'throw') throw new Error(`${what} threw`);
    busy = what;
    return new Promise((resolve, reject) => {
      const end = (how: Ending) => {
        if (state === 'closed') return;
        busy = null;
        if (how === 'half') half?.();
        const result = how === 'ok' || how === 'late-reject' ? effect() : undefined;
        if (how === 'ok' || how === 'no-op') resolve(result as T);
        else reject(new Error(`${what} was refused`));
      };
      if (ending === 'manual' || ending === 'hang') finish = end;
      else queueMicrotask(() => end(ending));
    });
  };

  const gatherSome = (ufrag: string) => {
    for (let count = 1; count <= candidates; count += 1) {
      listener?.candidate({ candidate: `candidate:${count} ${ufrag}`, sdpMid: '0', usernameFragment: ufrag });
    }
  };

  const agree = (offer: Description, theirs: Description) => {
    agreed = field(offer.sdp, 'serial');
    known = Math.max(known, changesIn(theirs));
    remote = theirs;
    pendingLocal = null;
    pendingRemote = null;
    state = 'stable';
  };

  return {
    capabilities: { rollback },
    get signalingState() {
      return state;
    },
    get localDescription() {
      return pendingLocal ?? local;
    },
    createOffer({ iceRestart, receive }: OfferOptions) {
      calls.push(['createOffer', iceRestart ? 'iceRestart' : '', receive ? 'receive' : ''].filter(Boolean).join(' '));
      demand('createOffer', 'stable', 'have-local-offer');
      const carries = changes;
      const make = () => {
        if (iceRestart) generation += 1;
        pendingLocal = describe('offer', carries, generation);
        state = 'have-local-offer';
        gatherSome(ufragIn(pendingLocal));
        return pendingLocal;
      };
      return run('createOffer', make, () => (state = 'have-local-offer'));
    },
    applyOffer(offer) {
      calls.push('applyOffer');
      demand('applyOffer', 'stable');
      return run('applyOffer', () => {
        pendingRemote = offer;
        state = 'have-remote-offer';
      });
    },
    createAnswer() {
      calls.push('createAnswer');
      demand('createAnswer', 'have-remote-offer');
      const carries = changes;
      return run('createAnswer', () => {
        const offer = pendingRemote as Description;
        if (remote !== null && ufragIn(remote) !== ufragIn(offer)) generation += 1;
        local = describe('answer', answerCarries ? carries : carried, generation);
        if (answerCarries) carried = Math.max(carried, carries);
        agree(offer, offer);
        gatherSome(ufragIn(local));
        return local;
      });
    },
    applyAnswer(answer) {
      calls.push('applyAnswer');
      demand('applyAnswer', 'have-local-offer');
      return run('applyAnswer', () => {
        local = pendingLocal as Description;
        carried = Math.max(carried, changesIn(local));
        agree(local, answer);
      });
    },
    rollback() {
      calls.push('rollback');
      demand('rollback', 'have-local-offer', 'have-remote-offer');
      if (!rollback) violations.push('rollback on an engine that has none');
      return run('rollback', () => {
        pendingLocal = null;
        pendingRemote = null;
        state = 'stable';
      });
    },
    addCandidate({ candidate, usernameFragment }: Candidate) {
      calls.push(`addCandidate ${candidate}`);
      const ufrags = [remote, pendingRemote].flatMap((one) => (one ? [ufragIn(one)] : []));
      if (busy !== null) violations.push(`addCandidate while ${busy} is in flight`);
      if (ufrags.length === 0) violations.push('addCandidate before any remote description');
      else if (usernameFragment && !ufrags.includes(usernameFragment)) {
        violations.push(`addCandidate of the dead generation ${usernameFragment}`);
      }
      return run('addCandidate', () => undefined);
    },
    negotiationNeeded: () => carried < changes,
    mediaNeeds: () => ({ audio: changes - carried, video: 0 }),
    subscribe(one) {
      listener = one;
      return () => (listener = undefined);
    },
    change() {
      changes += 1;
      listener?.changed();
    },
    sayChanged: () => listener?.changed(),
    gather: (candidate) =>
      listener?.candidate(
        candidate === null ? null : { candidate, sdpMid: '0', usernameFragment: `${name}${generation}` },
      ),
    closeFromOutside() {
      state = 'closed';
      listener?.closed();
    },
    plan(operation, ...endings) {
      plans.set(operation, [...(plans.get(operation) ?? []), ...endings]);
    },
    finish: (ending = 'ok') => finish?.(ending),
    get isBusy() {
      return busy !== null;
    },
    get isListenedTo() {
      return listener !== undefined;
    },
    get changes() {
      return changes;
    },
    get carried() {
      return carried;
    },
    get known() {
      return known;
    },
    get agreed() {
      return agreed;
    },
    calls,
    violations,
  };
};
