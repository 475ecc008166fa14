/** Plays a story: its moves one by one, then no more changes and no more faults, until nothing happens any more. */
import { iceUfrags } from '@detente/core';
import { microtasksDone } from '../clock.ts';
import { type End, ends } from '../ends.ts';
import type { Change, ChangeKind, PairEngine } from '../pair/engine.ts';
import type { Pair } from '../pair/pair.ts';
import type { Outcome, PendingWork } from '../virtual/schedule.ts';
import { type Setting, createPairFor } from './setting.ts';
import type { Move, Story } from './story.ts';

export interface Played {
  readonly setting: Setting;
  readonly pair: Pair<PairEngine>;
  /** While an operation failed for ever, the sessions did not go on without any pause. */
  readonly calm: boolean;
  /** Nothing would ever happen again; else the run was cut off. */
  readonly quiet: boolean;
  /** Faults of the engines; after those, what a description carried may be unknown even where all is at rest. */
  readonly engineFaults: number;
  /** How often something may have been lost on its way: by the network, with a connection, or with an end that started anew. */
  readonly losses: number;
  /** The application closed an end. */
  readonly closedByUs: boolean;
  /** For each end, the most exchanges of the other end that were completed while a change waited. */
  readonly overtaken: Readonly<Record<End, number>>;
  /** For each end, what it had completed when its application last called `negotiate()`, and on which engine. */
  readonly asked: Readonly<Record<End, { readonly engine: PairEngine; readonly completed: string | null } | null>>;
  /** For each end, the ufrags that it was last told to replace by an ICE restart. */
  readonly replaced: Readonly<Record<End, readonly string[]>>;
  /** Exchanges completed after the story was over. */
  readonly exchangesAfterwards: number;
}

const stepsToRest = 2_000;

/** More than any deadline, pause and retransmission takes together. */
const msToRest = 240_000;

/** With something broken for good, attempts may go on, but not this many steps without time passing. */
const stepsInOneGo = 400;

const failure = (applied: boolean): Outcome => ({ type: 'failed', applied, error: new Error('The engine fails.') });

export const playStory = async (setting: Setting, story: Story): Promise<Played> => {
  const pair = createPairFor(setting);
  const teller = createTeller(pair, setting);
  await microtasksDone();
  for (const move of story) {
    await teller.perform(move);
    if (pair.violation !== undefined) break;
  }
  pair.world.channel.reconnect();
  const calm = await teller.driveBroken();
  const before = pair.witness.exchanges;
  const quiet = await teller.drive();
  return {
    setting,
    pair,
    calm,
    quiet,
    ...teller.account(),
    exchangesAfterwards: pair.witness.exchanges - before,
  };
};

const createTeller = (pair: Pair<PairEngine>, setting: Setting) => {
  const { network } = setting;
  const replaced: Record<End, readonly string[]> = { left: [], right: [] };
  const asked: Record<End, { engine: PairEngine; completed: string | null } | null> = { left: null, right: null };
  const broken = new Set<string>();
  let next: { readonly pending: PendingWork; readonly outcome: Outcome | 'hang' } | null = null;
  let engineFaults = 0;
  let losses = 0;
  let closedByUs = false;
  const queue = createOvertakingCount(pair);

  pair.world.outcomeOf = (pending) => {
    if (next?.pending === pending) return next.outcome;
    return broken.has(`${endOf(pending)} ${pending.work.name}`) ? failure(false) : { type: 'done' };
  };

  const step = async (pick?: number) => {
    const happened = await pair.world.step(pick);
    queue.look();
    return happened !== undefined;
  };

  const operationAt = (end: End) =>
    pair.world.schedule.ready.find((pending) => pending.work.kind === 'operation' && endOf(pending) === end);

  const perform = async (move: Move): Promise<void> => {
    const session = 'end' in move ? pair[move.end].session : null;
    switch (move.do) {
      case 'go':
        for (let times = 0; times < move.times; times += 1) if (!(await step(move.pick))) return;
        return;
      case 'change':
        if (pair.change(move.end, fitting(setting, move)) && !isTold(setting, pair[move.end].engine)) {
          asked[move.end] = { engine: pair[move.end].engine, completed: pair.witness.deeds[move.end].completed };
        }
        queue.look();
        return microtasksDone();
      case 'negotiate':
      case 'restartIce':
        if (session?.state === 'closed') return;
        if (move.do === 'restartIce') {
          replaced[move.end] = iceUfrags(pair[move.end].engine.port.localDescription?.sdp ?? '');
        }
        pair.world.note(`${move.end} ${move.do}`);
        session?.[move.do]();
        return microtasksDone();
      case 'close':
        closedByUs = true;
        pair.world.note(`${move.end} close`);
        session?.close();
        return;
      case 'restart':
        // Without ids nobody can tell that the other side is a new one.
        if (network === 'w3c') return;
        pair.faults += 1;
        losses += 1;
        pair.restart(move.end);
        return microtasksDone();
      case 'fail': {
        const pending = operationAt(move.end);
        if (!pending) return;
        pair.faults += 1;
        engineFaults += 1;
        next = { pending, outcome: move.how === 'hangs' ? 'hang' : failure(move.how === 'applied') };
        const pick = pair.world.choices.findIndex(({ what }) => what.type === 'work' && what.pending === pending);
        await step(pick);
        next = null;
        return;
      }
      case 'break':
        pair.faults += 1;
        engineFaults += 1;
        pair.world.note(`${move.end} ${move.operation} breaks`);
        broken.add(`${move.end} ${move.operation}`);
        return;
      case 'wait':
        pair.faults += 1;
        await pair.world.wait();
        return;
      case 'cut':
        if (network === 'w3c' || !pair.world.channel.connected) return;
        pair.faults += 1;
        losses += 1;
        pair.world.note('cut');
        return pair.world.channel.cut();
      case 'reconnect':
        if (!pair.world.channel.connected) pair.world.note('reconnected');
        return pair.world.channel.reconnect();
      case 'lose':
      case 'duplicate':
      case 'overtake':
        return disturb(move.do, move.which);
      case 'garbage': {
        const { state } = pair[move.end].session;
        session?.receive(move.message);
        if (pair[move.end].session.state !== state) throw new Error(`garbage moved ${move.end} out of ${state}`);
        return;
      }
    }
  };

  const disturb = (how: 'lose' | 'duplicate' | 'overtake', which: number) => {
    const { channel } = pair.world;
    const frame = channel.inFlight[which % Math.max(1, channel.inFlight.length)];
    if (network !== 'lossy' || !frame) return;
    pair.faults += 1;
    losses += 1;
    pair.world.note(`${frame.from} → ${frame.to} frame ${which}: ${how}`);
    if (how === 'lose') channel.lose(frame);
    else if (how === 'duplicate') channel.duplicate(frame);
    else channel.deliver(frame);
  };

  return {
    perform,
    /** What is broken stays so for a while, then it is mended. */
    async driveBroken() {
      let sinceMs = pair.world.clock.now();
      let steps = 0;
      for (let attempts = 0; broken.size > 0 && attempts < 3;) {
        if (!(await step())) break;
        steps += 1;
        if (steps > stepsInOneGo) return false;
        if (pair.world.clock.now() === sinceMs) continue;
        sinceMs = pair.world.clock.now();
        steps = 0;
        attempts += 1;
      }
      broken.clear();
      return true;
    },
    async drive() {
      const deadlineMs = pair.world.clock.now() + msToRest;
      for (let steps = 0; steps < stepsToRest && pair.world.clock.now() < deadlineMs; steps += 1) {
        if (!(await step())) return true;
      }
      return false;
    },
    account: () => ({ engineFaults, losses, closedByUs, overtaken: queue.most, replaced, asked }),
  };
};

/**
 * An answerer has only the m-lines that it is offered, and RFC 9429 §5.10 lets it send on those for a track that it added,
 * not for a transceiver; one that it added and that does not send never gets an m-line at all, and none is stopped by an
 * answer.
 */
const fitting = ({ role }: Setting, { end, kind, which }: Extract<Move, { do: 'change' }>): Change => {
  if (role !== 'answerer') return { kind, which: inAccord(end, kind, which) };
  // The offerer's application neither narrows a direction nor removes the room that its offers make for the answerer.
  if (end === 'right') {
    const isHarmless = kind === 'createDataChannel' || kind === 'removeTrack' || kind === 'stop';
    return { kind: isHarmless ? kind : 'addTrack', which, negotiatedOnly: true };
  }
  const isAnswerable = kind === 'addTrack' || kind === 'removeTrack' || kind === 'direction';
  return { kind: isAnswerable ? kind : 'addTrack', which, negotiatedOnly: true };
};

/**
 * Two ends that both want to send, and not to receive, on one m-line can never both be satisfied, and their engines ask for
 * negotiation in turn for ever. So the right end leaves `sendonly`, the second of four directions, to the left.
 */
const inAccord = (end: End, kind: ChangeKind, which: number): number =>
  end === 'right' && (kind === 'direction' || kind === 'addTransceiver') && which % 4 === 1 ? which + 1 : which;

/** Whether the engine's events tell the session of every change; else the application calls `negotiate()`. */
export const isTold = ({ trigger }: Setting, { tellsChanges }: PairEngine): boolean =>
  trigger === 'event' && tellsChanges;

const endOf = ({ work }: PendingWork): End => (work.peer.startsWith('left') ? 'left' : 'right');

interface Waiting {
  /** Exchanges of the other side that this one had accepted when the wait began. */
  readonly since: number;
  readonly offers: number;
  readonly owes: boolean;
}

/**
 * How often each end was overtaken while a change of its own waited, be it before its offer or because that offer lost. An
 * answer may carry it before the session knows: what waits from then on came later.
 */
const createOvertakingCount = (pair: Pair<PairEngine>) => {
  const most: Record<End, number> = { left: 0, right: 0 };
  const waits: Record<End, Waiting | null> = { left: null, right: null };
  /** For each change that waits, oldest first, the exchanges that had been accepted when it was made. */
  const made: Record<End, number[]> = { left: [], right: [] };
  return {
    most,
    look() {
      for (const end of ends) {
        const { acceptances, offersCarried: offers } = pair.witness.deeds[end];
        const { context, path } = pair[end].session.snapshot().endpoint.machine;
        const isWaiting = context.owed || path.startsWith('local-offer-pending');
        const { owes, waiting = 0 } = pair[end].engine;
        const oldest = made[end];
        oldest.splice(0, oldest.length - waiting);
        while (oldest.length < waiting) oldest.push(acceptances);
        const wait = waits[end];
        const isNew = wait?.offers !== offers || (wait.owes && !owes);
        waits[end] = isWaiting ? { since: isNew ? acceptances : wait.since, offers, owes } : null;
        const since = Math.max(waits[end]?.since ?? acceptances, oldest[0] ?? 0);
        most[end] = Math.max(most[end], acceptances - since);
      }
    },
  };
};
