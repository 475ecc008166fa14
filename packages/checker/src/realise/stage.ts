/** Two real sessions over steered engines, on which the moves of a path are made. */
import { describeMessage } from '../model/describe.ts';
import { changesStop, type Kind, kindOf, kinds, sideOf } from '../model/moves.ts';
import { otherSide, type Side, sides } from '../model/names.ts';
import { mostCandidates, type PairParameters } from '../model/parameters.ts';
import { counterpart, type Message, type ReportCode, wireVersion } from '@detente/core';
import { createPairOf, type Frame, microtasksDone, type Pair as SessionPair } from '@detente/testing';
import { type ChangeChoice, createSteeredEngine, type SteeredEngine } from './steered-engine.ts';
import { createSteeredTimers, type SteeredTimers } from './timers.ts';

/** Told apart by their delays, in ms. */
const delays = { machine: 10_000, operation: 30_000 };

export interface Stage {
  readonly pair: SessionPair<SteeredEngine>;
  /** Everything that can happen without a move has happened. */
  settle(): Promise<void>;
  /** Makes a move; `choice` is what a change changes. Says why it cannot be made, if so. */
  make(move: number, choice: ChangeChoice): Promise<string | null>;
  /** What was reported during the last move. */
  readonly reports: readonly ReportCode[];
  /** The messages on their way to a side, in a few words each, the oldest first. */
  mailTo(side: Side): readonly string[];
  /** Whether a timer of the side's machine runs. */
  waits(side: Side): boolean;
}

export const createStage = ({ role, rollback, whileAsking, budget }: PairParameters): Stage => {
  const timers = {} as Record<Side, SteeredTimers>;
  const taken = new Set<string>();
  let atMs = 0;
  const pair = createPairOf(
    {
      role,
      ...(whileAsking ? { whileAsking } : {}),
      trigger: 'event',
      link: { mode: 'reliable', capacity: 1_000 },
      limits: { candidates: mostCandidates },
      timeouts: {
        answer: delays.machine,
        grant: delays.machine,
        turn: delays.machine,
        lease: delays.machine,
        operation: delays.operation,
      },
      timersOf: (end) => (timers[end] = createSteeredTimers(() => atMs)),
    },
    (setting) => createSteeredEngine(setting, rollback[setting.end]),
  );
  const roles = { left: role, right: counterpart[role] };
  const { channel } = pair.world;

  /** Link numbers tell a repetition. */
  const nameOf = ({ message }: Frame) => {
    const { from, seq } = message as { readonly from: string; readonly seq?: number };
    return `${from} ${seq}`;
  };
  /** In the models, a session that is replaced says nothing more. */
  const isFarewell = ({ from, message }: Frame) => {
    const { kind, from: sender } = message as { readonly kind: string; readonly from: string };
    return kind === 'bye' && sender !== pair[from].session.id;
  };
  const waiting = (side: Side): readonly Frame[] => {
    const names = new Set(taken);
    return channel.inFlight.filter((frame) => {
      if (frame.to !== side || messageIn(frame) === null || isFarewell(frame) || names.has(nameOf(frame))) return false;
      names.add(nameOf(frame));
      return true;
    });
  };
  const receive = (side: Side): boolean => {
    const [next] = waiting(side);
    if (next === undefined) return false;
    // Acknowledgements and repetitions bring nothing, so they may as well be lost.
    for (const frame of channel.inFlight) {
      if (frame === next) break;
      if (frame.to === side) channel.lose(frame);
    }
    taken.add(nameOf(next));
    channel.deliver(next);
    return true;
  };

  const act = (side: Side, kind: Kind, choice: ChangeChoice): boolean => {
    const { engine, session } = pair[side];
    switch (kind) {
      case kinds.change:
      case kinds.followedChange:
        return engine.makeChange(choice);
      case kinds.restartIce:
        session.restartIce();
        return true;
      case kinds.close:
        session.close();
        return true;
      case kinds.done:
      case kinds.doneUncarried:
        engine.end('done');
        return true;
      case kinds.fail:
        engine.end('failed');
        return true;
      case kinds.failHalf:
        engine.end('half');
        return true;
      case kinds.hang:
        timers[side].fire(delays.operation);
        return true;
      case kinds.timer:
        timers[side].fire(delays.machine);
        return true;
      case kinds.gather:
        engine.gather('agreed');
        return true;
      case kinds.gatherPending:
        engine.gather('pending');
        return true;
      case kinds.restart:
        pair.restart(side);
        return pair[side].engine.makeChange(choice);
      case kinds.engineCloses:
        engine.closeItself();
        return true;
      case kinds.receive:
        return receive(side);
    }
  };

  /**
   * In the model, what was sent is as good as received. A link would keep a repetition to itself until then, so the network
   * acknowledges in the other side's name; unless sessions may be lost, since then it would have to know which one is there.
   */
  const acknowledge = (side: Side) => {
    const { session } = pair[side];
    const { wire } = session.snapshot();
    if (budget.restarts || wire === null || wire.link.unacked.length === 0) return;
    const ack = wire.link.acked + wire.link.unacked.length;
    const from = pair[otherSide(side)].session.id;
    session.receive({ v: wireVersion, from, to: session.id, role: counterpart[roles[side]], ack, kind: 'sync' });
  };
  const settle = async () => {
    await microtasksDone();
    sides.forEach(acknowledge);
    await microtasksDone();
  };

  /** Steps are traced at the time at which they are taken, and each move has its own. */
  const lately = (side: Side) => pair[side].trace.filter((step) => step.atMs === atMs);

  return {
    pair,
    settle,
    get reports() {
      const outputs = sides.flatMap(lately).flatMap((step) => step.outputs);
      return outputs.flatMap((output) => (output.type === 'report' ? [output.code] : []));
    },
    async make(move, choice) {
      atMs += 1;
      if (move === changesStop) return null;
      if (faults.has(kindOf(move))) pair.faults += 1;
      try {
        if (!act(sideOf(move), kindOf(move), choice)) return 'it cannot be done';
      } catch (error) {
        return String(error);
      }
      await settle();
      return null;
    },
    mailTo: (side) => waiting(side).map((frame) => describeMessage(messageIn(frame)!)),
    waits: (side) => pair[side].session.state !== 'stable' && timers[side].isSet(delays.machine),
  };
};

const messageIn = ({ message }: Frame): Message | null =>
  (message as { readonly kind: string }).kind === 'sync' ? null : (message as Message);

const faults: ReadonlySet<Kind> = new Set([
  kinds.fail,
  kinds.failHalf,
  kinds.hang,
  kinds.timer,
  kinds.close,
  kinds.engineCloses,
  kinds.restart,
]);
