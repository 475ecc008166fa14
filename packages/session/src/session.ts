/**
 * The session: the loop between the pure endpoint and the world. It performs the endpoint's outputs (operations on the
 * port, messages on the wire, timers) and feeds back what comes of them. It takes no decision about negotiation.
 */
import {
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
  iceUfrags,
  internState,
  isRecoverable,
  isSettled,
  reportMessage,
  toNegotiationState,
} from '@detente/core';
import { createEmitter } from './emitter.ts';
import { type Outcome, createEngineQueue } from './engine-queue.ts';
import { NegotiationError } from './errors.ts';
import { createNativeWire } from './native-wire.ts';
import { type ResolvedOptions, type SessionOptions, resolveOptions } from './options.ts';
import type { PeerConnectionPort } from './port.ts';
import type { SessionSnapshot } from './snapshot.ts';
import type { Trace } from './trace.ts';
import { type Stall, createWaits } from './waits.ts';
import { createWishes } from './wishes.ts';
import { type Intake, type WireListener, createCodecWire } from './wire.ts';

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
  /** There is a change to negotiate. Calls in one tick are one change. Throws `session-closed`, or what ended the session. */
  negotiate(): void;
  /** Negotiate new ICE credentials; survives glare and rollback. Throws as `negotiate` does. */
  restartIce(): void;
  /** One message of the other side. Never throws: what is no message is an `error` event and is dropped. */
  receive(message: unknown): void;
  /** The signaling channel was (re)connected: says again what may have been lost. */
  resync(): void;
  /** Resolves when nothing is in flight and nothing is owed; rejects when the session is closed or fails. */
  settled(): Promise<void>;
  /** Ends the session and tells the other side. Leaves the RTCPeerConnection as it is. */
  close(): void;
  /** The session's pure state, as JSON. */
  snapshot(): SessionSnapshot;
  /** Returns a function that unsubscribes. */
  on<K extends keyof SessionEvents>(event: K, listener: (payload: SessionEvents[K]) => void): () => void;
}

/** Engines that a session negotiates on. */
const claimed = new WeakSet<object>();

const claim = ({ engine }: PeerConnectionPort): (() => void) => {
  if (engine === undefined) return () => undefined;
  if (claimed.has(engine)) {
    throw new NegotiationError(
      'second-session',
      'A session negotiates on this RTCPeerConnection already: use that one, or close() it first.',
      { recoverable: false },
    );
  }
  claimed.add(engine);
  return () => claimed.delete(engine);
};

/**
 * Throws `NegotiationError` when an option makes no sense, the engine cannot play the role, or another session is at work
 * on it.
 */
export const createSession = (port: PeerConnectionPort, options: SessionOptions): NegotiationSession => {
  const resolved = resolveOptions(options, port.capabilities);
  const release = claim(port);
  try {
    return begin(port, resolved, release);
  } catch (error) {
    release();
    throw error;
  }
};

const begin = (port: PeerConnectionPort, options: ResolvedOptions, release: () => void): NegotiationSession => {
  const { id, role, send, trigger, timeouts, timers, codec, restore, ...rest } = options;
  const events = createEmitter<SessionEvents>();
  let endpoint: Endpoint = restore
    ? { ...restore.endpoint, machine: internState(restore.endpoint.machine) }
    : createEndpoint({
        role,
        rollback: port.capabilities.rollback,
        whileAsking: rest.whileAsking,
        limits: rest.limits,
      });

  const inbox: Intake[] = [];
  let working = false;
  /** What comes while outputs are performed waits, so that each step's outputs are performed in order. */
  const take = (intake: Intake) => {
    inbox.push(intake);
    if (working) return;
    working = true;
    try {
      for (let next = inbox.shift(); next; next = inbox.shift()) {
        for (const input of typeof next === 'function' ? next(endpoint) : [next]) advance(input);
      }
    } finally {
      // An adapter that throws where it must not is told so, and does not wedge the session.
      working = false;
    }
    settleIfDone();
  };

  const advance = (input: Input) => {
    const before = endpoint;
    if (before.machine.path === 'closed') return;
    const [after, outputs] = endpointStep(before, input);
    endpoint = after;
    cause = causes.get(input);
    const [from, to] = [before.machine.path, after.machine.path];
    weigh(from, input);
    events.emit('trace', { atMs: timers.now(), input, from, to, outputs });
    for (const output of outputs) perform(output);
    waits.rest(after.machine);
    if (to === 'closed') stop();
    const [was, is] = [toNegotiationState(before.machine), toNegotiationState(after.machine)];
    if (was !== is) events.emit('state', is);
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
        return waits.start(output.timer);
      case 'stop-timer':
        return waits.stop();
      case 'report':
        return report(output.code);
    }
  };

  let hasGuessed = false;
  /**
   * An answerer says which m-lines it lacks, since only the other side's offer can bring them. When it lacks none and its
   * engine still wants an exchange after the one that it asked for, for no reason that can be seen, it can only be new ICE
   * credentials: asked for once.
   */
  const withNeeds = (message: Message): Message => {
    const { role, failures } = endpoint.machine.context;
    const asks = message.kind === 'request' || (message.kind === 'answer' && message.wants);
    if (role !== 'answerer' || !asks) return message;
    const needs = port.mediaNeeds();
    wishes.asked(needs);
    const mayGuess = failures > 0 && !hasGuessed && needs.audio + needs.video === 0;
    if (!mayGuess || port.mayWantIceRestart?.() === false) return { ...message, needs };
    hasGuessed = true;
    return { ...message, needs, iceRestart: true };
  };

  const waits = createWaits({
    timers,
    timeouts,
    expired: () => take({ type: 'timer' }),
    stalled(stall) {
      events.emit('stalled', stall);
      wire.stalled();
    },
  });

  let failure: NegotiationError | undefined;
  /** What the engine or the link said with an input that is a failure, and with the one at hand. */
  const causes = new WeakMap<Input, unknown>();
  let cause: unknown;
  let misfit: string | undefined;
  const raise = (code: NegotiationError['code'], message: string, recoverable: boolean, cause?: unknown) => {
    const error = new NegotiationError(code, message, { recoverable, cause });
    if (!recoverable) failure = error;
    events.emit('error', error);
  };
  const wishes = createWishes({
    port,
    timers,
    onlyAnswers: role === 'answerer',
    heard: () => change('likely'),
    inVain: () =>
      raise(
        'change-failed',
        'The engine asks again and again for what no offer of its own carries, so it is heard ever more rarely; call negotiate() after a change.',
        true,
      ),
  });
  const report = (code: ReportCode) => {
    if (code === 'stalled') return waits.report();
    if (code === 'change-failed') wishes.gaveUp();
    const message = (code === 'role-mismatch' ? misfit : undefined) ?? reportMessage(code);
    raise(code, message, isRecoverable(code), cause);
  };
  const onOutcome = (outcome: Outcome) => {
    if (outcome.type === 'done' && outcome.cause !== undefined) {
      raise('operation-failed', 'The engine objected, but did as it was asked.', true, outcome.cause);
    }
    const input = toInput(outcome);
    if (outcome.type === 'failed') causes.set(input, outcome.cause);
    take(input);
  };

  const queue = createEngineQueue({
    port,
    timers,
    deadlineMs: timeouts.operation,
    offerSlots: rest.offerSlots,
    candidateLimit: endpoint.limits.candidates,
    onOutcome,
    onCandidatesOverflow: () => report('candidates-overflow'),
    onCandidateFailed: (cause) =>
      raise('operation-failed', 'The engine refused a candidate of the other side.', true, cause),
  });

  const transmit = (frame: object) => {
    try {
      void Promise.resolve(send(frame)).catch(() => undefined);
    } catch {
      // A message that cannot be sent is a message that was lost.
    }
  };
  const listener: WireListener = {
    take,
    met(theirs) {
      if (theirs === counterpart[role]) return;
      misfit = `This side is ${role} and the other side ${theirs}; it must be ${counterpart[role]}.`;
      take({ type: 'unfit' });
    },
    restarted: (by) => events.emit('restarted', by),
    rejected: (code, reason) => raise(code, `A message was dropped: ${reason}.`, true),
    failed(code) {
      const input: Input = { type: 'link-failed' };
      causes.set(input, code);
      take(input);
    },
  };
  const wire = codec
    ? createCodecWire({ role, transmit, listener }, codec)
    : createNativeWire({ id, role, link: rest.link, timers, transmit, listener, restored: restore?.wire ?? undefined });

  let queuedChange: 'none' | 'likely' | 'certain' = 'none';
  /** Tracks that are added and removed in one tick are one change. */
  const change = (certainty: 'likely' | 'certain') => {
    const isQueued = queuedChange !== 'none';
    if (queuedChange !== 'certain') queuedChange = certainty;
    if (isQueued) return;
    void Promise.resolve().then(() => {
      const certain = queuedChange === 'certain';
      queuedChange = 'none';
      // What is owed is in no offer yet, so the next one carries this as well.
      if (!certain && endpoint.machine.context.owed) return settleIfDone();
      take({ type: 'change', certain });
    });
  };

  /** Whether an exchange that carried what the engine wanted has left it content. */
  const weigh = (from: StatePath, input: Input) => {
    const hasOffered = from === 'local-offer-pending.applying-answer';
    if (input.type !== 'done' || (!hasOffered && from !== 'remote-offer-pending.answering')) return;
    if (!input.needed) hasGuessed = false;
    if (hasOffered || !input.needed) wishes.tried(!input.needed);
  };

  const unsubscribe = port.subscribe({
    changed: () => (trigger !== 'event' || isClosed() ? undefined : wishes.hear()),
    candidate: (candidate) => take({ type: 'candidate', candidate: candidate ?? { candidate: '' } }),
    closed: () => take({ type: 'engine-closed' }),
  });

  const stop = () => {
    release();
    unsubscribe();
    queue.stop();
    wire.stop();
    waits.stop();
    wishes.stop();
  };

  const isClosed = () => endpoint.machine.path === 'closed';
  const closedError = () =>
    failure ?? new NegotiationError('session-closed', 'The session is closed; make a new one.', { recoverable: false });
  const isSettledNow = () => isSettled(endpoint.machine) && queuedChange === 'none' && inbox.length === 0;

  let waiters: { resolve: () => void; reject: (error: NegotiationError) => void }[] = [];
  let wasSettled = true;
  const settleIfDone = () => {
    const settled = !isClosed() && isSettledNow();
    if (settled && !wasSettled) events.emit('settled', undefined);
    wasSettled = settled;
    if (!settled && !isClosed()) return;
    const over = waiters;
    waiters = [];
    for (const { resolve, reject } of over) {
      if (settled) resolve();
      else reject(closedError());
    }
  };

  const ifOpen = <A extends readonly unknown[]>(act: (...args: A) => void) => {
    return (...args: A) => {
      if (isClosed()) throw closedError();
      act(...args);
    };
  };

  if (restore) waits.resume(endpoint.machine);
  else if (role === 'auto') void Promise.resolve().then(() => isClosed() || wire.send({ kind: 'hello' }));

  return {
    id,
    get state() {
      return toNegotiationState(endpoint.machine);
    },
    negotiate: ifOpen(() => change('certain')),
    restartIce: ifOpen(() => take({ type: 'restart-ice', ufrags: iceUfrags(port.localDescription?.sdp ?? '') })),
    receive: (message) => (isClosed() ? undefined : wire.receive(message)),
    resync: () => (isClosed() ? undefined : wire.resync()),
    settled() {
      if (isClosed()) return Promise.reject(closedError());
      return isSettledNow() ? Promise.resolve() : new Promise((resolve, reject) => waiters.push({ resolve, reject }));
    },
    close: () => take({ type: 'close' }),
    snapshot: () => ({ v: 1, id, endpoint, wire: wire.snapshot() }),
    on: events.on,
  };
};

const toInput = (outcome: Outcome): Input => {
  switch (outcome.type) {
    case 'done':
      return { type: 'done', needed: outcome.needed, description: outcome.description };
    case 'failed':
      return { type: 'failed', state: outcome.state };
    case 'hung':
    case 'engine-closed':
      return outcome;
  }
};
