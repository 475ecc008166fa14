/** Two sessions over two engines, in a world where nothing happens but by `step()`; what they do is watched and recorded. */
import { type Endpoint, type Role, counterpart, isSettled } from '@detente/core';
import {
  type NegotiationError,
  type NegotiationSession,
  type SessionOptions,
  type Timers,
  type Trace,
  createSession,
} from '@detente/session';
import type { VirtualClock } from '../clock.ts';
import { type End, otherEnd } from '../ends.ts';
import type { Frame } from '../signaling-channel.ts';
import type { EngineName, EngineVariant } from '../virtual/variants.ts';
import { type RecordedEvent, type World, createWorld } from '../world.ts';
import type { Change, CreateEngine, PairEngine } from './engine.ts';
import { type VirtualPairEngine, createVirtualEngine } from './virtual-engine.ts';
import { type Witness, createWitness } from './witness.ts';

export interface PairOptions extends Pick<
  SessionOptions,
  'wire' | 'whileAsking' | 'link' | 'trigger' | 'timeouts' | 'limits'
> {
  /** The left end's; the right end plays its counterpart. */
  readonly role: Role;
  /** Decides every choice. Default 1. */
  readonly seed?: number;
  /** Made for each session that begins. Default: timers on the world's clock. */
  readonly timersOf?: (end: End) => Timers;
}

export interface VirtualPairOptions extends PairOptions {
  /** Default: `spec` at both ends. */
  readonly variants?: { readonly left?: EngineName | EngineVariant; readonly right?: EngineName | EngineVariant };
}

export interface PairEnd<E extends PairEngine> {
  readonly engine: E;
  readonly session: NegotiationSession;
  readonly trace: readonly Trace[];
  readonly errors: readonly NegotiationError[];
  /** How often the session said that it waits in vain. */
  readonly stalls: number;
  /** Stable, and nothing owed or awaited. */
  readonly settled: boolean;
  /** The session ended by itself or by `close()`. */
  readonly closed: boolean;
}

/** One session's part in a run. Fits `toRun` of `@detente/diagrams`; `id`, `start` and the trace are a recording. */
export interface RecordedSide {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The id of the session that it talks to. */
  readonly peer: string;
  readonly start: Endpoint;
  readonly trace: readonly Trace[];
}

export interface PairRun {
  readonly seed: number;
  /** A session each; more than two when an end started anew. */
  readonly sides: readonly RecordedSide[];
  readonly events: readonly RecordedEvent[];
}

export interface Pair<E extends PairEngine> {
  /** Clock, signaling channel, engine work, and the steps that move them. */
  readonly world: World;
  readonly left: PairEnd<E>;
  readonly right: PairEnd<E>;
  readonly witness: Witness;
  /** One thing happens, or time passes; says which. `undefined`: nothing will ever happen again. */
  step(): Promise<string | undefined>;
  /** Steps until nothing happens any more; `false` when `limit` steps were not enough (default 5,000). */
  drive(limit?: number): Promise<boolean>;
  /** What disturbed the run so far; a count, kept by whoever disturbs it. */
  faults: number;
  /** Changes the engine at an end, and tells the session if its engine would not; `false` when there is nothing to change. */
  change(end: End, change: Change): boolean;
  /** The end starts anew, with a new engine, a new session and a track, as a page that is loaded again. */
  restart(end: End): void;
  /** The first broken invariant, if any. */
  readonly violation: Error | undefined;
  readonly run: PairRun;
}

/**
 * Two virtual peer connections. Everything is repeated by the same options.
 *
 * ```ts
 * const pair = createPair({ role: 'polite', seed: 7 });
 * pair.change('left', { kind: 'addTrack', which: 0 });
 * pair.change('right', { kind: 'addTrack', which: 0 });
 * await pair.drive();
 * agreement(pair.left.engine.pc, pair.right.engine.pc).agrees; // true
 * ```
 */
export const createPair = ({ variants = {}, ...options }: VirtualPairOptions): Pair<VirtualPairEngine> =>
  createPairOf(options, (setting) => createVirtualEngine(variants[setting.end] ?? 'spec', setting));

/** As `createPair`, over any engine. */
export const createPairOf = <E extends PairEngine>(options: PairOptions, createEngine: CreateEngine<E>): Pair<E> => {
  const { role, seed = 1, timersOf, ...sessionOptions } = options;
  const witness = createWitness();
  const sides: RecordedSide[] = [];
  const generations: Record<End, number> = { left: 1, right: 1 };
  const idOf = (end: End) => `${end}-${generations[end]}`;
  /** Sessions whose page is gone, so that they do not even say goodbye. */
  const gone = new Set<string>();
  let arriving: Frame | null = null;
  let violation: Error | undefined;

  const world = createWorld(seed, {
    received(frame) {
      arriving = frame;
      try {
        at[frame.to].session.receive(frame.message);
      } catch (error) {
        violated(error);
      }
      arriving = null;
    },
    reconnected: (end) => at[end].session.resync(),
  });
  const worldTimers = toTimers(world.clock);
  const violated = (error: unknown) => {
    if (violation !== undefined) return;
    violation = error instanceof Error ? error : new Error(String(error));
    world.note(String(error));
  };

  const open = (end: End): PairEnd<E> => {
    const id = idOf(end);
    const own = end === 'left' ? role : counterpart[role];
    const engine = createEngine({ end, label: id, schedule: world.schedule });
    const trace: Trace[] = [];
    const errors: NegotiationError[] = [];
    let stalls = 0;
    const port = witness.watch(end, engine.port, {
      role: () => session.snapshot().endpoint.machine.context.role,
      declinesWhileAsking: () => options.whileAsking === 'decline',
      faults: () => pair.faults,
      violated,
    });
    const send = (message: object) => {
      if (!gone.has(id)) world.channel.send(end, message);
    };
    const timers = timersOf?.(end) ?? worldTimers;
    const session = createSession(port, { ...sessionOptions, id, role: own, timers, send });
    session.on('trace', (step) => void trace.push(step));
    session.on('error', (error) => {
      errors.push(error);
      world.note(`${end} ${error.code}`);
    });
    session.on('stalled', () => void (stalls += 1));
    session.on('restarted', () => replaceAfterRestart(end));
    const { endpoint: start } = session.snapshot();
    sides.push({ id, name: end, role: own, peer: idOf(otherEnd(end)), start, trace });
    return {
      engine,
      session,
      trace,
      errors,
      get stalls() {
        return stalls;
      },
      get settled() {
        return isSettled(session.snapshot().endpoint.machine);
      },
      get closed() {
        return session.state === 'closed';
      },
    };
  };

  const replace = (end: End) => {
    const old = at[end];
    old.session.close();
    old.engine.close();
    witness.forget(end);
    generations[end] += 1;
    at[end] = open(end);
    world.note(`${end} starts anew`);
    pair.change(end, { kind: 'addTrack', which: 0 });
  };
  /** The other side has a new session, so this side needs one too; the message that told of it goes to the new one. */
  const replaceAfterRestart = (end: End) => {
    const frame = arriving;
    replace(end);
    if (frame) at[end].session.receive(frame.message);
  };

  const pair: Pair<E> = {
    world,
    get left() {
      return at.left;
    },
    get right() {
      return at.right;
    },
    witness,
    faults: 0,
    step: () => world.step(),
    drive: (limit) => world.drive(limit),
    change(end, change) {
      const { engine, session } = at[end];
      if (session.state === 'closed' || !engine.change(change)) return false;
      world.note(`${end} ${change.kind}`);
      if (options.trigger === 'manual' || !engine.tellsChanges) session.negotiate();
      return true;
    },
    restart(end) {
      gone.add(idOf(end));
      replace(end);
    },
    get violation() {
      return violation;
    },
    get run() {
      return { seed, sides, events: world.events };
    },
  };
  const at: Record<End, PairEnd<E>> = { left: open('left'), right: open('right') };
  return pair;
};

/** A virtual clock as sessions want it. */
export const toTimers = (clock: VirtualClock): Timers => ({
  set(delayMs, fire) {
    const id = clock.setTimeout(fire, delayMs);
    return () => clock.clearTimeout(id);
  },
  now: () => clock.now(),
});
