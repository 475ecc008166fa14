/**
 * The session: the loop between the pure endpoint and the world. It performs the endpoint's outputs (operations on the
 * port, messages on the wire, timers) and feeds back what comes of them. It takes no decision about negotiation.
 */
import {
  type Candidate,
  type Endpoint,
  type Input,
  type Message,
  type NegotiationState,
  type Output,
  type ReportCode,
  type StatePath,
  counterpart,
  createEndpoint,
  endpointStep,
  isRecoverable,
  isSettled,
  reportMessage,
  toNegotiationState,
} from '@detente/core';
import { createEmitter } from './emitter.ts';
import { type EngineQueue, type Outcome, createEngineQueue } from './engine-queue.ts';
import { NegotiationError } from './errors.ts';
import { type SessionOptions, resolveOptions } from './options.ts';
import type { PeerConnectionPort } from './port.ts';
import { createNativeWire } from './wire.ts';

/** What the session waits for, and since when. */
export interface Stall {
  readonly awaiting: 'answer' | 'grant' | 'turn';
  /** Milliseconds since the wait began. */
  readonly forMs: number;
}

/** One step of the endpoint, enough to draw or replay the run. */
export interface Trace {
  /** Milliseconds on the session's clock. */
  readonly atMs: number;
  readonly input: Input;
  readonly from: StatePath;
  readonly to: StatePath;
  readonly outputs: readonly Output[];
}

export interface SessionEvents {
  state: NegotiationState;
  error: NegotiationError;
  settled: void;
  stalled: Stall;
  /** The other side was replaced by a new session, with this id: it needs a new RTCPeerConnection and a new session here. */
  restarted: string;
  trace: Trace;
}

export interface NegotiationSession {
  readonly id: string;
  readonly state: NegotiationState;
  /** There is a change to negotiate. Calls in one tick are one change. Throws `session-closed`. */
  negotiate(): void;
  /** Negotiate new ICE credentials; survives glare and rollback. Throws `session-closed`. */
  restartIce(): void;
  /** One message of the other side. Never throws: what is no message is an `error` event and is dropped. */
  receive(message: unknown): void;
  /** The signaling channel was (re)connected: says again what may have been lost. */
  resync(): void;
  /** Resolves when nothing is in flight and nothing is owed; rejects when the session is closed or fails. */
  settled(): Promise<void>;
  /** Ends the session and tells the other side. Leaves the RTCPeerConnection as it is. */
  close(): void;
  /** Returns a function that unsubscribes. */
  on<K extends keyof SessionEvents>(event: K, listener: (payload: SessionEvents[K]) => void): () => void;
}

/** Throws `NegotiationError` when an option makes no sense or the engine cannot play the role. */
export const createSession = (port: PeerConnectionPort, options: SessionOptions): NegotiationSession => {
  const { id, role, send, trigger, whileAsking, link, limits, timeouts, timers } = resolveOptions(
    options,
    port.capabilities,
  );
  const events = createEmitter<SessionEvents>();
  let endpoint: Endpoint = createEndpoint({ role, whileAsking, rollback: port.capabilities.rollback, limits });

  const inbox: Input[] = [];
  let working = false;
  /** Inputs that come while outputs are performed wait, so that each step's outputs are performed in order. */
  const take = (input: Input) => {
    inbox.push(input);
    if (working) return;
    working = true;
    for (let next = inbox.shift(); next; next = inbox.shift()) advance(next);
    working = false;
  };

  const advance = (input: Input) => {
    const before = endpoint;
    if (before.machine.path === 'closed') return;
    const [after, outputs] = endpointStep(before, input);
    endpoint = after;
    const [from, to] = [before.machine.path, after.machine.path];
    events.emit('trace', { atMs: timers.now(), input, from, to, outputs });
    for (const output of outputs) perform(output);
    if (to === 'closed') stop();
    const [was, is] = [toNegotiationState(before.machine), toNegotiationState(after.machine)];
    if (was !== is) events.emit('state', is);
    settleIfDone();
  };

  const perform = (output: Output) => {
    switch (output.type) {
      case 'perform':
        return queue.perform(output);
      case 'add-candidate':
        return queue.addCandidate(output.candidate);
      case 'send':
        return wire.send(withNeeds(output.message));
      case 'start-timer':
        awaiting = { timer: output.timer, sinceMs: timers.now() };
        cancelTimer();
        cancelTimer = timers.set(timeouts[output.timer], () => take({ type: 'timer' }));
        return;
      case 'stop-timer':
        return cancelTimer();
      case 'report':
        return report(output.code);
    }
  };

  let awaiting: { readonly timer: keyof typeof timeouts; readonly sinceMs: number } | undefined;
  let cancelTimer: () => void = () => undefined;

  const withNeeds = (message: Message): Message =>
    endpoint.machine.context.role === 'answerer' &&
    (message.kind === 'request' || (message.kind === 'answer' && message.wants))
      ? { ...message, needs: port.mediaNeeds() }
      : message;

  let failure: NegotiationError | undefined;
  let lastCause: unknown;
  const fail = (code: NegotiationError['code'], message: string, recoverable: boolean, cause?: unknown) => {
    const error = new NegotiationError(code, message, { recoverable, cause });
    if (!recoverable) failure = error;
    events.emit('error', error);
  };

  const report = (code: ReportCode) => {
    if (code === 'stalled' && awaiting && awaiting.timer !== 'lease' && awaiting.timer !== 'operation') {
      return events.emit('stalled', { awaiting: awaiting.timer, forMs: timers.now() - awaiting.sinceMs });
    }
    const isOfEngine = /^(operation|change|offer-refused|rollback|engine)/.test(code);
    const message = code === 'role-mismatch' ? (unfit ?? reportMessage(code)) : reportMessage(code);
    fail(code, message, isRecoverable(code), isOfEngine ? lastCause : undefined);
  };

  const onOutcome = (outcome: Outcome) => {
    switch (outcome.type) {
      case 'done': {
        const { cause, ...done } = outcome;
        if (cause !== undefined) fail('operation-failed', 'The engine objected, but did as it was asked.', true, cause);
        return take(done);
      }
      case 'failed':
        lastCause = outcome.cause;
        return take({ type: 'failed', state: outcome.state });
      case 'hung':
      case 'engine-closed':
        return take(outcome);
    }
  };

  const queue: EngineQueue = createEngineQueue({
    port,
    timers,
    deadlineMs: timeouts.operation,
    onOutcome,
    onCandidateFailed: (cause) =>
      fail('operation-failed', 'The engine refused a candidate of the other side.', true, cause),
  });

  const wire = createNativeWire({
    id,
    role,
    link,
    timers,
    transmit(message) {
      try {
        void Promise.resolve(send(message)).catch(() => undefined);
      } catch {
        // A message that cannot be sent is a message that was lost.
      }
    },
    listener: {
      message: (message) => {
        if (message.kind !== 'hello') return take({ type: 'message', message });
        if (peerId !== undefined) take({ type: 'hello', arbiter: id > peerId });
      },
      met: ({ id: theirs, role: played }) => {
        peerId = theirs;
        if (played !== counterpart[role]) {
          unfit = `This side is ${role}, the other side ${played}; it must be ${counterpart[role]}.`;
          take({ type: 'unfit' });
        }
      },
      restarted: (theirs) => {
        if (restartedAs.has(theirs)) return;
        // One is enough to tell the application; the bound is for a channel that makes ids up.
        if (restartedAs.size < 8) restartedAs.add(theirs);
        events.emit('restarted', theirs);
      },
      rejected: (code, reason) => fail(code, `A message was dropped: ${reason}.`, true),
      failed: (code) => {
        lastCause = code;
        take({ type: 'link-failed' });
      },
    },
  });

  let peerId: string | undefined;
  let unfit: string | undefined;
  const restartedAs = new Set<string>();

  let changeQueued = false;
  /** Tracks that are added and removed in one tick are one change. */
  const change = (certain: boolean) => {
    if (changeQueued && !certain) return;
    certainly ||= certain;
    if (changeQueued) return;
    changeQueued = true;
    void Promise.resolve().then(() => {
      changeQueued = false;
      const input = { type: 'change', certain: certainly } as const;
      certainly = false;
      take(input);
    });
  };
  let certainly = false;

  const unsubscribe = port.subscribe({
    changed: () => trigger === 'event' && change(false),
    candidate: (candidate: Candidate | null) => take({ type: 'candidate', candidate: candidate ?? { candidate: '' } }),
    closed: () => take({ type: 'engine-closed' }),
  });

  const stop = () => {
    unsubscribe();
    queue.stop();
    wire.stop();
    cancelTimer();
  };

  let waiters: { resolve: () => void; reject: (error: NegotiationError) => void }[] = [];
  let wasSettled = true;
  const isClosed = () => endpoint.machine.path === 'closed';
  const closedError = () =>
    failure ?? new NegotiationError('session-closed', 'The session is closed; make a new one.', { recoverable: false });
  const isSettledNow = () => isSettled(endpoint.machine) && !changeQueued && inbox.length === 0;

  const settleIfDone = () => {
    if (isClosed()) {
      for (const { reject } of waiters.splice(0)) reject(closedError());
      return;
    }
    const settled = isSettledNow();
    if (settled && !wasSettled) events.emit('settled', undefined);
    wasSettled = settled;
    if (settled) for (const { resolve } of waiters.splice(0)) resolve();
  };

  const assertOpen = () => {
    if (isClosed()) throw closedError();
  };

  if (role === 'auto') void Promise.resolve().then(() => isClosed() || wire.send({ kind: 'hello' }));

  return {
    id,
    get state() {
      return toNegotiationState(endpoint.machine);
    },
    negotiate() {
      assertOpen();
      change(true);
    },
    restartIce() {
      assertOpen();
      take({ type: 'restart-ice' });
    },
    receive: (message) => (isClosed() ? undefined : wire.receive(message)),
    resync: () => (isClosed() ? undefined : wire.resync()),
    settled: () => {
      if (isClosed()) return Promise.reject(closedError());
      return isSettledNow() ? Promise.resolve() : new Promise((resolve, reject) => waiters.push({ resolve, reject }));
    },
    close: () => take({ type: 'close' }),
    on: events.on,
  };
};
