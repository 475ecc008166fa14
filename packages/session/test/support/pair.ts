/** Two sessions on fake engines, with a wire between them that a test can hold, lose and cut, and a clock that it turns. */
import { createVirtualClock, microtasksDone, type VirtualClock } from '@detente/testing';
import { createSession, type NegotiationSession, type SessionOptions, type Stall, type Timers } from '@detente/session';
import { expect } from 'vitest';
import { createFakeEngine, type FakeEngine, type FakeEngineOptions } from './fake-engine.ts';

export type Where = 'left' | 'right';
export const other = (where: Where): Where => (where === 'left' ? 'right' : 'left');

export const timersOf = (clock: VirtualClock): Timers => ({
  now: clock.now,
  set(delayMs, fire) {
    if (delayMs === Infinity) return () => undefined;
    const id = clock.setTimeout(fire, delayMs);
    return () => clock.clearTimeout(id);
  },
});

export interface End {
  readonly session: NegotiationSession;
  readonly engine: FakeEngine;
  /** Codes of the errors, in order. */
  readonly errors: string[];
  readonly states: string[];
  readonly stalls: Stall[];
  readonly restarts: string[];
  /** Frames that this end has sent and that are on their way. */
  readonly sent: unknown[];
}

export type EndOptions = Omit<Partial<SessionOptions>, 'send'> & {
  readonly role: SessionOptions['role'];
  readonly send?: (frame: object) => unknown;
  readonly engine?: Partial<FakeEngineOptions>;
};

export const createEnd = (name: string, clock: VirtualClock, options: EndOptions): End => {
  const { engine: engineOptions, send, ...rest } = options;
  const rollback = options.role === 'polite';
  const engine = createFakeEngine({ name, rollback, ...engineOptions });
  const sent: unknown[] = [];
  const session = createSession(engine, {
    id: name,
    timers: timersOf(clock),
    send: send ?? ((frame) => void sent.push(JSON.parse(JSON.stringify(frame)))),
    ...rest,
  });
  const end: End = { session, engine, sent, errors: [], states: [], stalls: [], restarts: [] };
  session.on('error', ({ code }) => end.errors.push(code));
  session.on('state', (state) => end.states.push(state));
  session.on('stalled', (stall) => end.stalls.push(stall));
  session.on('restarted', (by) => end.restarts.push(by));
  return end;
};

export interface Pair {
  readonly clock: VirtualClock;
  readonly left: End;
  readonly right: End;
  /** Hands over the oldest frame of one side; `false` when there is none. */
  deliver(from: Where): boolean;
  /** Hands over everything, one frame of each side in turn, until nothing moves any more. */
  run(): Promise<void>;
  /** The connection breaks: what is on its way is lost. */
  cut(): void;
}

export const createPair = (left: EndOptions, right: EndOptions, clock = createVirtualClock()): Pair => {
  const ends = { left: createEnd('left', clock, left), right: createEnd('right', clock, right) };
  const deliver = (from: Where): boolean => {
    const { sent } = ends[from];
    if (sent.length === 0) return false;
    ends[other(from)].session.receive(sent.shift());
    return true;
  };
  return {
    clock,
    ...ends,
    deliver,
    async run() {
      for (let moved = true; moved;) {
        await microtasksDone();
        const [byLeft, byRight] = [deliver('left'), deliver('right')];
        moved = byLeft || byRight;
      }
    },
    cut() {
      ends.left.sent.length = 0;
      ends.right.sent.length = 0;
    },
  };
};

/** Both are stable with nothing owed, agree on the last exchange, and know every change of the other. */
export const expectAgreed = ({ left, right }: Pick<Pair, 'left' | 'right'>): void => {
  const tell = ({ session, engine }: End) => ({
    state: session.state,
    signaling: engine.signalingState,
    agreed: engine.agreed,
    violations: engine.violations,
  });
  const rest = { state: 'stable', signaling: 'stable', agreed: left.engine.agreed, violations: [] };
  expect({ left: tell(left), right: tell(right) }).toEqual({ left: rest, right: rest });
  expect([left.engine.known, right.engine.known]).toEqual([right.engine.changes, left.engine.changes]);
};

export const rolePairs = [
  ['polite', 'impolite'],
  ['requester', 'arbiter'],
  ['answerer', 'offerer'],
  ['auto', 'auto'],
] as const;
