/** Judged by the virtual engine's own check, which sees everything. */
import { createBrowserPort } from '@detente/browser';
import {
  createManualSchedule,
  createVirtualStream,
  createVirtualTrack,
  type Direction,
  type EngineVariant,
  engineVariants,
  type ManualSchedule,
  VirtualPeerConnection,
} from '@detente/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const directions: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

interface Step {
  readonly what: keyof typeof changes | 'exchange' | 'lose a glare';
  readonly by: 'left' | 'right';
  readonly choice: number;
}

const pick = <T>(values: readonly T[], choice: number): T | undefined => values[choice % values.length];
const live = (pc: VirtualPeerConnection) => pc.getTransceivers().filter(({ direction }) => direction !== 'stopped');

let names = 0;
const changes = {
  'add a transceiver': (pc: VirtualPeerConnection, choice: number) => {
    pc.addTransceiver(choice % 2 === 0 ? 'audio' : 'video', { direction: pick(directions, choice) });
  },
  'add a track': (pc: VirtualPeerConnection) => {
    const track = createVirtualTrack({ kind: 'audio', id: `track ${names++}` });
    pc.addTrack(track, createVirtualStream({ id: `stream ${names++}`, tracks: [track] }));
  },
  'remove a track': (pc: VirtualPeerConnection, choice: number) => {
    const sending = pc.getSenders().filter(({ track }) => track !== null);
    const sender = pick(sending, choice);
    if (sender) pc.removeTrack(sender);
  },
  'turn a transceiver': (pc: VirtualPeerConnection, choice: number) => {
    const transceiver = pick(live(pc), choice >> 2);
    if (transceiver) transceiver.direction = directions[choice % 4] as Direction;
  },
  'stop a transceiver': (pc: VirtualPeerConnection, choice: number) => pick(live(pc), choice)?.stop(),
  'set streams': (pc: VirtualPeerConnection, choice: number) => {
    pick(pc.getSenders(), choice)?.setStreams(createVirtualStream({ id: `stream ${names++}`, tracks: [] }));
  },
  'create a data channel': (pc: VirtualPeerConnection) => void pc.createDataChannel('one'),
  'restart ICE': (pc: VirtualPeerConnection) => pc.restartIce(),
} as const;

const steps = fc.array(
  fc.record({
    what: fc.constantFrom<Step['what']>(
      ...(Object.keys(changes) as (keyof typeof changes)[]),
      'exchange',
      'lose a glare',
    ),
    by: fc.constantFrom('left' as const, 'right' as const),
    choice: fc.nat(63),
  }),
  { maxLength: 25 },
);

const createEnd = (label: string, variant: EngineVariant, schedule: ManualSchedule) => {
  const pc = new VirtualPeerConnection({ label, variant, schedule });
  const port = createBrowserPort(pc);
  const ignore = () => undefined;
  port.subscribe({ changed: ignore, candidate: ignore, closed: ignore });
  return { pc, port };
};
type End = ReturnType<typeof createEnd>;

const exchange = async (offerer: End, answerer: End): Promise<void> => {
  await answerer.port.applyOffer(await offerer.port.createOffer({ iceRestart: false }));
  await offerer.port.applyAnswer(await answerer.port.createAnswer());
};

/** `look` is called after each exchange, which is when a session asks. */
const play = async (variant: EngineVariant, story: readonly Step[], look: (end: End) => void): Promise<void> => {
  const schedule = createManualSchedule();
  const ends = { left: createEnd('left', variant, schedule), right: createEnd('right', variant, schedule) };
  const driven = async (promise: Promise<unknown>) => {
    let isOver = false;
    void promise.finally(() => (isOver = true)).catch(() => undefined);
    while (!isOver) await schedule.drive();
    await promise;
  };
  for (const { what, by, choice } of story) {
    const end = ends[by];
    const other = ends[by === 'left' ? 'right' : 'left'];
    if (what !== 'exchange' && what !== 'lose a glare') {
      changes[what](end.pc, choice);
      await schedule.drive();
      continue;
    }
    if (what === 'lose a glare') {
      await driven(end.port.createOffer({ iceRestart: false }));
      await driven(end.port.rollback());
    }
    await driven(what === 'exchange' ? exchange(end, other) : exchange(other, end));
    await schedule.drive();
    look(ends.left);
    look(ends.right);
  }
};

it.each(['spec', 'wrtc'] as const)(
  'negotiation is needed exactly if the engine %s finds it so, once it has had its say',
  async (name) => {
    await fc.assert(
      fc.asyncProperty(steps, (story) =>
        play(engineVariants[name], story, ({ pc, port }) =>
          expect(port.negotiationNeeded()).toBe(pc.negotiationNeeded),
        ),
      ),
      { numRuns: 400 },
    );
  },
);
