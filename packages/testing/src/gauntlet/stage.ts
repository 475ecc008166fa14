/**
 * Where a scenario plays: two virtual peer connections, a negotiator at each, and a world that the scenario disturbs. The
 * stage judges by the engines alone, so that it can judge anybody.
 */
import { microtasksDone } from '../clock.ts';
import type { End } from '../ends.ts';
import { messageKind } from '../labels.ts';
import { toTimers } from '../pair/pair.ts';
import { createRandom } from '../random.ts';
import type { Fate, Frame } from '../signaling-channel.ts';
import { VirtualPeerConnection } from '../virtual/peer-connection.ts';
import type { EngineWork, Outcome } from '../virtual/schedule.ts';
import { createVirtualStream, createVirtualTrack } from '../virtual/tracks.ts';
import type { MediaKind } from '../virtual/types.ts';
import type { EngineName, EngineVariant } from '../virtual/variants.ts';
import { type World, createWorld } from '../world.ts';
import type { GauntletRole, Negotiator, NegotiatorDriver } from './driver.ts';

export interface StageOptions {
  readonly driver: NegotiatorDriver;
  readonly seed: number;
  readonly roles: Readonly<Record<End, GauntletRole>>;
  readonly variants: Readonly<Record<End, EngineName | EngineVariant>>;
}

export interface StageEnd {
  readonly pc: VirtualPeerConnection;
  readonly negotiator: Negotiator;
}

export type FrameKind = 'offer' | 'answer' | 'candidate';

export interface Stage {
  readonly world: World;
  readonly left: StageEnd;
  readonly right: StageEnd;
  /** What went wrong for good, as the negotiators told or showed. */
  readonly failures: readonly string[];
  /** Offers that were sent. */
  readonly offers: number;
  addTrack(end: End, kind?: MediaKind): void;
  restartIce(end: End): void;
  /** The end's application starts anew, with a new peer connection and one track. */
  reload(end: End): void;
  /** The next `count` frames of a kind that an end sends share a fate. */
  next(end: End, kind: FrameKind, fate: Fate, count?: number): void;
  /** The next engine operation of a name at an end does not succeed. */
  nextWork(end: End, name: EngineWork['name'], outcome: Outcome | 'hang', count?: number): void;
  /** Steps until something is true; `false` when nothing happens any more, or not within a few hundred steps. */
  until(condition: () => boolean): Promise<boolean>;
  steps(count: number): Promise<void>;
}

export const failure: Outcome = { type: 'failed', error: new Error('The engine fails.') };

/** As much as any honest run needs, many times over. */
const patience = 400;

export const createStage = ({ driver, seed, roles, variants }: StageOptions): Stage => {
  const failures: string[] = [];
  const fates: { end: End; kind: FrameKind; fate: Fate; left: number }[] = [];
  const outcomes: { end: End; name: string; outcome: Outcome | 'hang'; left: number }[] = [];
  const generations: Record<End, number> = { left: 1, right: 1 };
  const random = createRandom(seed);
  let offers = 0;
  let tracks = 0;
  let arriving: Frame | null = null;

  const fail = (reason: string) => {
    failures.push(reason);
    world.note(`fails: ${reason}`);
  };
  /** What a negotiator throws or rejects with is a failure of the negotiator, not of the runner. */
  const guarded = (call: () => unknown) => {
    try {
      void Promise.resolve(call()).catch((error: unknown) => fail(String(error)));
    } catch (error) {
      fail(String(error));
    }
  };

  const world = createWorld(seed, {
    received(frame) {
      arriving = frame;
      guarded(() => at[frame.to].negotiator.receive(frame.message));
      arriving = null;
    },
    reconnected: (end) => guarded(() => at[end].negotiator.reconnected?.()),
  });
  world.channel.fateOf = (frame) => {
    const kind = messageKind(frame.message);
    if (kind === 'offer') offers += 1;
    const rule = fates.find((one) => one.left > 0 && one.end === frame.from && one.kind === kind);
    if (!rule) return 'arrives';
    rule.left -= 1;
    if (rule.fate !== 'arrives') world.note(`${frame.from} → ${frame.to} ${kind} ${rule.fate}`);
    return rule.fate;
  };
  world.outcomeOf = ({ work }) => {
    const rule = outcomes.find((one) => one.left > 0 && one.name === work.name && work.peer.startsWith(one.end));
    if (!rule) return { type: 'done' };
    rule.left -= 1;
    return rule.outcome;
  };

  const idle: Negotiator = { receive: () => undefined };
  const open = (end: End): StageEnd => {
    const pc = new VirtualPeerConnection({
      label: `${end}-${generations[end]}`,
      schedule: world.schedule,
      variant: variants[end],
    });
    // A page that is gone sends nothing and fires no timers.
    const generation = generations[end];
    const ifAlive =
      <A extends readonly unknown[]>(act: (...args: A) => void) =>
      (...args: A) => {
        if (generations[end] === generation) act(...args);
      };
    const timers = toTimers(world.clock);
    const send = ifAlive((message: object) => world.channel.send(end, message));
    const host = {
      id: `${random.below(1_000_000)}-${pc.label}`,
      timers: { ...timers, set: (delayMs: number, fire: () => void) => timers.set(delayMs, ifAlive(fire)) },
      restarted: ifAlive(() => replaceAfterRestart(end)),
      failed: ifAlive(fail),
    };
    try {
      return { pc, negotiator: driver.create(pc, roles[end], send, host) };
    } catch (error) {
      fail(String(error));
      return { pc, negotiator: idle };
    }
  };
  const replace = (end: End) => {
    world.note(`${end} starts anew`);
    generations[end] += 1;
    guarded(() => at[end].negotiator.close?.());
    at[end].pc.close();
    at[end] = open(end);
    addTrack(end);
  };
  const replaceAfterRestart = (end: End) => {
    const frame = arriving;
    replace(end);
    if (frame) guarded(() => at[end].negotiator.receive(frame.message));
  };

  const addTrack = (end: End, kind: MediaKind = 'audio') => {
    const id = `${end}-track-${(tracks += 1)}`;
    const track = createVirtualTrack({ kind, id });
    world.note(`${end} adds ${kind}`);
    at[end].pc.addTrack(track, createVirtualStream({ id: `${id}-stream`, tracks: [track] }));
    guarded(() => at[end].negotiator.negotiate?.());
  };

  const until = async (condition: () => boolean) => {
    await microtasksDone();
    for (let steps = 0; steps < patience; steps += 1) {
      if (condition()) return true;
      if ((await world.step()) === undefined) return condition();
    }
    return false;
  };

  const at: Record<End, StageEnd> = { left: open('left'), right: open('right') };
  return {
    world,
    get left() {
      return at.left;
    },
    get right() {
      return at.right;
    },
    failures,
    get offers() {
      return offers;
    },
    addTrack,
    restartIce(end) {
      world.note(`${end} restarts ICE`);
      at[end].pc.restartIce();
      guarded(() => at[end].negotiator.negotiate?.());
    },
    reload(end) {
      // Its socket closes with the page, and takes along what was under way.
      for (const frame of world.channel.inFlight) world.channel.lose(frame);
      replace(end);
    },
    next: (end, kind, fate, count = 1) => void fates.push({ end, kind, fate, left: count }),
    nextWork: (end, name, outcome, count = 1) => void outcomes.push({ end, name, outcome, left: count }),
    until,
    async steps(count) {
      await microtasksDone();
      for (let steps = 0; steps < count; steps += 1) await world.step();
    },
  };
};
