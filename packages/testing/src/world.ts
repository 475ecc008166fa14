/**
 * The world between two ends: a clock, a signaling channel and the engines' unfinished work, where nothing happens by
 * itself. One step is one of the things that could happen now, chosen by the seed. Only when nothing could happen does
 * time pass, up to the next timer or the next frame's due time.
 */
import { type VirtualClock, createVirtualClock, microtasksDone } from './clock.ts';
import { frameLabel, workLabel } from './labels.ts';
import { createRandom } from './random.ts';
import {
  type ChannelListener,
  type Frame,
  type SignalingChannel,
  createSignalingChannel,
} from './signaling-channel.ts';
import { type ManualSchedule, type Outcome, type PendingWork, createManualSchedule } from './virtual/schedule.ts';

/** One thing that could happen now. */
export interface Choice {
  readonly label: string;
  readonly what:
    { readonly type: 'work'; readonly pending: PendingWork } | { readonly type: 'frame'; readonly frame: Frame };
  happen(): void;
}

/** One thing that happened, such as `left → right offer`, `right-1 createAnswer fails`, `cut`. */
export interface RecordedEvent {
  readonly atMs: number;
  readonly what: string;
}

export interface World {
  readonly clock: VirtualClock;
  readonly channel: SignalingChannel;
  readonly schedule: ManualSchedule;
  /** How a piece of engine work ends that a step picks. Default: it succeeds. `'hang'`: it never ends. */
  outcomeOf: (pending: PendingWork) => Outcome | 'hang';
  /** What could happen now, oldest first. Empty when only time can bring anything. */
  readonly choices: readonly Choice[];
  /** One thing happens, or time passes; says which. `undefined`: nothing will ever happen again. */
  step(pick?: number): Promise<string | undefined>;
  /** Lets time pass to the next timer, whatever else could happen. `false` when no timer is set. */
  wait(): Promise<boolean>;
  /** Steps until nothing happens any more; `false` when `limit` steps were not enough (default 5,000). */
  drive(limit?: number): Promise<boolean>;
  /** How often `step` was called so far, by `drive` or otherwise. */
  readonly steps: number;
  note(what: string): void;
  readonly events: readonly RecordedEvent[];
}

export const createWorld = (seed: number, listener: ChannelListener): World => {
  const clock = createVirtualClock();
  const schedule = createManualSchedule();
  const random = createRandom(seed);
  const events: RecordedEvent[] = [];
  let steps = 0;
  const note = (what: string) => void events.push({ atMs: clock.now(), what });
  const channel = createSignalingChannel(clock, listener);

  const end = (pending: PendingWork, label: string) => {
    const outcome = world.outcomeOf(pending);
    if (outcome === 'hang') {
      note(`${label} hangs`);
      pending.hang();
      return;
    }
    const failed = outcome.type === 'failed' ? (outcome.applied ? ' fails, but takes effect' : ' fails') : '';
    note(`${label}${failed}`);
    pending.settle(outcome);
  };
  const arrive = (frame: Frame, label: string) => {
    note(label);
    channel.deliver(frame);
  };

  const choices = (): readonly Choice[] => [
    ...schedule.ready.map((pending): Choice => {
      const label = workLabel(pending.work);
      return { label, what: { type: 'work', pending }, happen: () => end(pending, label) };
    }),
    ...channel.deliverable.map((frame): Choice => {
      const label = frameLabel(frame);
      return { label, what: { type: 'frame', frame }, happen: () => arrive(frame, label) };
    }),
  ];

  const passTime = async (): Promise<string | undefined> => {
    const { nextDueMs: timerMs = Infinity } = clock;
    const { nextDueMs: frameMs = Infinity } = channel;
    if (timerMs === Infinity && frameMs === Infinity) return undefined;
    if (frameMs < timerMs) await clock.advance(frameMs - clock.now());
    else await clock.next();
    return 'time passes';
  };

  const world: World = {
    clock,
    channel,
    schedule,
    outcomeOf: () => ({ type: 'done' }),
    get choices() {
      return choices();
    },
    get steps() {
      return steps;
    },
    async step(pick) {
      steps += 1;
      const possible = choices();
      if (possible.length === 0) return passTime();
      const choice = possible[pick === undefined ? random.below(possible.length) : pick % possible.length] as Choice;
      choice.happen();
      await microtasksDone();
      return choice.label;
    },
    async wait() {
      note('time passes');
      return clock.next();
    },
    async drive(limit = 5_000) {
      await microtasksDone();
      for (let taken = 0; taken < limit; taken += 1) if ((await world.step()) === undefined) return true;
      return false;
    },
    note,
    events,
  };
  return world;
};

/** Events as lines, the virtual time first; of a long run only its beginning and its end. */
export const toLines = (events: readonly RecordedEvent[], most = 120): readonly string[] => {
  const lines = events.map(({ atMs, what }) => `${String(atMs).padStart(7)} ms  ${what}`);
  const half = Math.floor(most / 2);
  return lines.length <= most ? lines : [...lines.slice(0, half), '…', ...lines.slice(-half)];
};
