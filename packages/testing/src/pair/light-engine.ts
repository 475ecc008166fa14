/**
 * An engine with nothing but what negotiation turns on: signaling state, offers and answers that name each other, ICE
 * generations, and a count of changes that descriptions carry. It is an order of magnitude faster than the virtual
 * engine, so it is what most interleavings run on.
 */
import { type Candidate, type Description, type SignalingState, iceUfrags } from '@detente/core';
import type { PeerConnectionPort, PortListener } from '@detente/session';
import { engineError } from '../virtual/errors.ts';
import type { EngineWork } from '../virtual/schedule.ts';
import type { EngineSetting, PairEngine } from './engine.ts';

export interface LightEngineOptions {
  readonly rollback: boolean;
  /** An answer carries its maker's changes, as with data channels; else only offers do, but for the room that they bring. */
  readonly answersCarry: boolean;
}

type OperationName = Extract<EngineWork, { readonly kind: 'operation' }>['name'];

interface LocalDescription {
  readonly description: Description;
  readonly ufrag: string;
  /** Its maker's changes up to this one. */
  readonly carries: number;
}

const nameOf = ({ sdp }: Description): string => /^o=(.*)\r$/m.exec(sdp)?.[1] ?? '';

const roomIn = ({ sdp }: Description): number => Number(/^a=room:(\d+)/m.exec(sdp)?.[1] ?? 0);

export const createLightEngine = (
  { rollback, answersCarry }: LightEngineOptions,
  { label, schedule }: EngineSetting,
): PairEngine => {
  let state: SignalingState = 'stable';
  let changes = 0;
  let carried = 0;
  let made = 0;
  let current: LocalDescription | null = null;
  let pending: LocalDescription | null = null;
  let remoteOffer: Description | null = null;
  let remoteUfrag: string | undefined;
  let listener: PortListener | null = null;

  const owes = () => carried < changes;
  const announce = () => {
    if (state !== 'stable' || !owes()) return;
    schedule.run({ kind: 'task', peer: label, name: 'negotiationneeded' }, () => {
      if (state === 'stable' && owes()) listener?.changed();
    });
  };

  const enter = (next: SignalingState) => {
    state = next;
    announce();
  };
  const mustBe = (...states: readonly SignalingState[]) => {
    if (!states.includes(state)) throw engineError('InvalidStateError', `Called in wrong state: ${state}`);
  };

  const perform = <T>(name: OperationName, complete: () => T): Promise<T> => {
    const work = { kind: 'operation', peer: label, name } as EngineWork;
    return new Promise((resolve, reject) => {
      schedule.run(work, (outcome = { type: 'done' }) => {
        if (state === 'closed') return;
        if (outcome.type === 'failed' && !outcome.applied) return reject(outcome.error);
        try {
          const result = complete();
          if (outcome.type === 'failed') reject(outcome.error);
          else resolve(result);
        } catch (error) {
          reject(error as Error);
        }
      });
    });
  };

  const describe = (type: 'offer' | 'answer', ufrag: string, carries: number, lines: string): LocalDescription => {
    made += 1;
    const sdp = `o=${label} ${made}\r\na=ice-ufrag:${ufrag}\r\n${lines}`;
    return { description: { type, sdp }, ufrag, carries };
  };

  const gather = (ufrag: string) => {
    if (current?.ufrag === ufrag) return;
    schedule.run({ kind: 'gathering', peer: label, name: 'icecandidate' }, () => {
      if (state === 'closed' || (pending ?? current)?.ufrag !== ufrag) return;
      const candidate: Candidate = {
        candidate: `candidate:1 1 udp 1 192.0.2.1 9 typ host`,
        sdpMid: '0',
        usernameFragment: ufrag,
      };
      listener?.candidate(candidate);
    });
  };

  const port: PeerConnectionPort = {
    capabilities: { rollback },
    get signalingState() {
      return state;
    },
    get localDescription() {
      return (pending ?? current)?.description ?? null;
    },
    createOffer: ({ iceRestart, receive }) =>
      perform('createOffer', () => {
        mustBe('stable', 'have-local-offer');
        const inUse = pending?.ufrag ?? current?.ufrag;
        const ufrag = inUse === undefined || iceRestart ? `${label}${made + 1}` : inUse;
        const room = (receive?.audio ?? 0) + (receive?.video ?? 0);
        pending = describe('offer', ufrag, changes, `a=room:${room}\r\n`);
        enter('have-local-offer');
        gather(ufrag);
        return pending.description;
      }),
    applyOffer: (offer) =>
      perform('setRemoteDescription', () => {
        mustBe('stable');
        remoteOffer = offer;
        enter('have-remote-offer');
      }),
    createAnswer: () =>
      perform('createAnswer', () => {
        mustBe('have-remote-offer');
        const offer = remoteOffer as Description;
        const carries = answersCarry ? changes : Math.min(changes, carried + roomIn(offer));
        // An offer that restarts ICE is answered with a new generation as well. Spec: RFC 9429 §5.3.1
        const [offered] = iceUfrags(offer.sdp);
        const inUse = offered === remoteUfrag || remoteUfrag === undefined ? current?.ufrag : undefined;
        remoteUfrag = offered;
        const ufrag = inUse ?? `${label}${made + 1}`;
        const answer = describe('answer', ufrag, carries, `a=answers:${nameOf(offer)}\r\n`);
        gather(answer.ufrag);
        current = answer;
        carried = Math.max(carried, carries);
        remoteOffer = null;
        enter('stable');
        return answer.description;
      }),
    applyAnswer: (answer) =>
      perform('setRemoteDescription', () => {
        mustBe('have-local-offer');
        const offer = pending as LocalDescription;
        if (!answer.sdp.includes(`a=answers:${nameOf(offer.description)}\r\n`)) {
          throw engineError('InvalidAccessError', 'The answer is for another offer.');
        }
        [remoteUfrag] = iceUfrags(answer.sdp);
        current = offer;
        pending = null;
        carried = Math.max(carried, offer.carries);
        enter('stable');
      }),
    rollback: () =>
      perform('rollback', () => {
        mustBe('have-local-offer', 'have-remote-offer');
        if (!rollback) throw engineError('InvalidModificationError', 'Rollback is not supported.');
        pending = null;
        remoteOffer = null;
        enter('stable');
      }),
    addCandidate: () => perform('addIceCandidate', () => undefined),
    negotiationNeeded: owes,
    mediaNeeds: () => ({ audio: Math.min(changes - carried, 64), video: 0 }),
    subscribe(next) {
      listener = next;
      return () => {
        listener = null;
      };
    },
  };

  return {
    port,
    tellsChanges: true,
    get owes() {
      return owes();
    },
    get waiting() {
      return changes - carried;
    },
    change() {
      if (state === 'closed') return false;
      changes += 1;
      announce();
      return true;
    },
    close() {
      state = 'closed';
      listener?.closed();
    },
  };
};
