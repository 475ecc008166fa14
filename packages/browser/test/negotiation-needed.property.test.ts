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

/** `addTrack` takes a sender that has no track; where that was offered already, perhaps only the streams change. */
const isUnseen = (pc: VirtualPeerConnection, what: Step['what']): boolean =>
  what === 'add a track' &&
  live(pc).some(
    ({ mid, sender, receiver }) => mid !== null && sender.track === null && receiver.track.kind === 'audio',
  );

const unseen: readonly Step['what'][] = ['set streams', 'create a data channel', 'restart ICE'];
const all: readonly Step['what'][] = [
  ...(Object.keys(changes) as (keyof typeof changes)[]),
  'exchange',
  'lose a glare',
];

const stepsOf = (kinds: readonly Step['what'][]) =>
  fc.array(
    fc.record({
      what: fc.constantFrom(...kinds),
      by: fc.constantFrom('left' as const, 'right' as const),
      choice: fc.nat(63),
    }),
    { maxLength: 25 },
  );

const createEnd = (label: string, variant: EngineVariant, schedule: ManualSchedule) => {
  const pc = new VirtualPeerConnection({ label, variant, schedule });
  return { pc, port: createBrowserPort(pc) };
};
type End = ReturnType<typeof createEnd>;

const exchange = async (offerer: End, answerer: End): Promise<void> => {
  await answerer.port.applyOffer(await offerer.port.createOffer({ iceRestart: false }));
  await offerer.port.applyAnswer(await answerer.port.createAnswer());
};

interface Audience {
  /** Called for both ends after each exchange, which is when a session asks, or after each step. */
  readonly look: (end: End) => void;
  readonly afterEach: 'exchange' | 'step';
  readonly listens: boolean;
}

const play = async (
  variant: EngineVariant,
  story: readonly Step[],
  { look, afterEach, listens }: Audience,
): Promise<void> => {
  const schedule = createManualSchedule();
  const ends = { left: createEnd('left', variant, schedule), right: createEnd('right', variant, schedule) };
  const ignore = () => undefined;
  for (const { port } of listens ? Object.values(ends) : []) {
    port.subscribe({ changed: ignore, candidate: ignore, closed: ignore });
  }
  const driven = async (promise: Promise<unknown>) => {
    let isOver = false;
    void promise.finally(() => (isOver = true)).catch(() => undefined);
    while (!isOver) await schedule.drive();
    await promise;
  };
  for (const { what, by, choice } of story) {
    const end = ends[by];
    const other = ends[by === 'left' ? 'right' : 'left'];
    const isExchange = what === 'exchange' || what === 'lose a glare';
    if (!listens && isUnseen(end.pc, what)) continue;
    if (what === 'lose a glare') {
      await driven(end.port.createOffer({ iceRestart: false }));
      await driven(end.port.rollback());
    }
    if (isExchange) await driven(what === 'exchange' ? exchange(end, other) : exchange(other, end));
    else changes[what](end.pc, choice);
    await schedule.drive();
    if (isExchange || afterEach === 'step') Object.values(ends).forEach(look);
  }
};

const agree = ({ pc, port }: End) => expect(port.negotiationNeeded()).toBe(pc.negotiationNeeded);

/** Where an engine asks again for what was turned down, the port differs on purpose; for that see its own tests. */
const content = (variant: EngineVariant): EngineVariant => ({ ...variant, answerMsids: 'wanted' });

it.each(['spec', 'wrtc'] as const)(
  'negotiation is needed exactly if the engine %s finds it so, once it has had its say',
  async (name) => {
    await fc.assert(
      fc.asyncProperty(stepsOf(all), (story) =>
        play(content(engineVariants[name]), story, { look: agree, afterEach: 'exchange', listens: true }),
      ),
      {
        numRuns: 300,
        // A restart that nothing is left for, where an engine names the ufrag of an m-line that it rejects.
        examples: [
          [
            [
              { what: 'add a transceiver', by: 'left', choice: 0 },
              { what: 'lose a glare', by: 'right', choice: 0 },
              { what: 'restart ICE', by: 'right', choice: 0 },
              { what: 'stop a transceiver', by: 'left', choice: 0 },
              { what: 'exchange', by: 'left', choice: 0 },
            ],
          ],
        ],
      },
    );
  },
);

it('what can be seen needs no event at all', async () => {
  const visible = all.filter((what) => !unseen.includes(what));
  await fc.assert(
    fc.asyncProperty(stepsOf(visible), (story) =>
      play(content(engineVariants.spec), story, { look: agree, afterEach: 'step', listens: false }),
    ),
    { numRuns: 300 },
  );
});
