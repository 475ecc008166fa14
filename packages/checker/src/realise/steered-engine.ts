/**
 * A virtual engine that does nothing by itself: each operation waits until it is told how it ends, and what the engine
 * would tell its session (that negotiation is needed, candidates, that it was closed) is told when the path says so.
 */
import type { Operation } from '@detente/core';
import {
  type Change,
  createManualSchedule,
  createVirtualEngine,
  type EngineSetting,
  type EngineWork,
  type Outcome,
  type PairEngine,
} from '@detente/testing';

type Port = PairEngine['port'];
type Listener = Parameters<Port['subscribe']>[0];

/** What an application does in one tick is one change. */
export type ChangeChoice = readonly Change[];

export interface SteeredEngine extends PairEngine {
  /** The operation that waits to be ended. */
  readonly work: Operation | null;
  /** Changes the engine and says so, whatever state it is in. `false`: there is nothing to change like that. */
  makeChange(choice: ChangeChoice): boolean;
  /** `half`: it takes effect, but what it made cannot be read. */
  end(how: 'done' | 'failed' | 'half'): void;
  /** A candidate for what was agreed on, or for the description that is pending. */
  gather(what: 'agreed' | 'pending'): void;
  closeItself(): void;
}

/** They take no time in the models: what an offer carries is what there was when it began. */
const instant: ReadonlySet<EngineWork['name']> = new Set(['createOffer', 'createAnswer', 'addIceCandidate']);

const operationOf = (work: EngineWork): Operation | null => {
  switch (work.name) {
    case 'setLocalDescription':
      return work.type === 'offer' ? 'createOffer' : 'createAnswer';
    case 'setRemoteDescription':
      return work.type === 'offer' ? 'applyOffer' : 'applyAnswer';
    case 'createOffer':
    case 'createAnswer':
    case 'rollback':
      return work.name;
    case 'addIceCandidate':
    case 'icecandidate':
    case 'negotiationneeded':
      return null;
  }
};

export const createSteeredEngine = (setting: EngineSetting, rollback: boolean): SteeredEngine => {
  const schedule = createManualSchedule();
  const engine = createVirtualEngine('spec', {
    ...setting,
    schedule: {
      run: (work, settle) =>
        instant.has(work.name) ? void Promise.resolve().then(() => settle()) : schedule.run(work, settle),
    },
  });
  const { pc, port: virtual } = engine;
  let listener: Listener | null = null;
  /** A description that was set and cannot be read, and what is read in its place. */
  let unread: { readonly sdp: string; readonly instead: Port['localDescription'] } | null = null;

  const inFlight = () => schedule.pending.find(({ work }) => work.kind === 'operation');
  const port: Port = {
    capabilities: { rollback },
    get signalingState() {
      return virtual.signalingState;
    },
    get localDescription() {
      const { localDescription } = virtual;
      return unread !== null && localDescription?.sdp === unread.sdp ? unread.instead : localDescription;
    },
    createOffer: (options) => virtual.createOffer(options),
    applyOffer: (offer) => virtual.applyOffer(offer),
    createAnswer: () => virtual.createAnswer(),
    applyAnswer: (answer) => virtual.applyAnswer(answer),
    rollback: () => virtual.rollback(),
    addCandidate: (candidate) => virtual.addCandidate(candidate),
    negotiationNeeded: () => virtual.negotiationNeeded(),
    mediaNeeds: () => virtual.mediaNeeds(),
    subscribe(next) {
      listener = next;
      return () => {
        listener = null;
      };
    },
  };

  return {
    ...engine,
    port,
    // Whoever restarts a session adds a track; here the path says what changes.
    change: () => false,
    get owes() {
      return engine.owes;
    },
    get work() {
      const pending = inFlight();
      return pending === undefined ? null : operationOf(pending.work);
    },
    makeChange(choice) {
      const made = choice.map((change) => engine.change(change));
      listener?.changed();
      return made.every(Boolean);
    },
    end(how) {
      const before = port.localDescription;
      const error = new Error('The operation fails, as the path says.');
      const outcomes: Readonly<Record<typeof how, Outcome>> = {
        done: { type: 'done' },
        failed: { type: 'failed', error },
        half: { type: 'failed', error, applied: true },
      };
      inFlight()?.settle(outcomes[how]);
      const made = virtual.localDescription;
      if (how === 'half' && made !== null) unread = { sdp: made.sdp, instead: before };
    },
    gather(what) {
      const description = what === 'agreed' ? pc.currentLocalDescription : pc.pendingLocalDescription;
      const ufrag = /a=ice-ufrag:(\S+)/.exec(description?.sdp ?? '')?.[1] ?? '';
      listener?.candidate({
        candidate: 'candidate:1 1 udp 2113937150 192.0.2.1 50001 typ host',
        sdpMid: '0',
        usernameFragment: ufrag,
      });
    },
    closeItself() {
      engine.close();
      listener?.closed();
    },
  };
};
