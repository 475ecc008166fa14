import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { microtasksDone } from '../../src/clock.ts';
import { agreement, receivedTracks } from '../../src/virtual/agreement.ts';
import { VirtualPeerConnection } from '../../src/virtual/peer-connection.ts';
import { createManualSchedule } from '../../src/virtual/schedule.ts';
import { type EngineName, type EngineVariant, engineVariants } from '../../src/virtual/variants.ts';
import { addMedia, answer, deliver, driven, exchange, offer } from './support.ts';

type Ends = { readonly left: VirtualPeerConnection; readonly right: VirtualPeerConnection };
type End = keyof Ends;

const end = fc.constantFrom<End>('left', 'right');
const kind = fc.constantFrom('audio' as const, 'video' as const);
const direction = fc.constantFrom('sendrecv' as const, 'sendonly' as const, 'recvonly' as const, 'inactive' as const);
const index = fc.nat(5);

/** What an application does to an end without talking to the other. */
const change = fc.oneof(
  fc.record({ do: fc.constant('addTrack' as const), end, kind }),
  fc.record({ do: fc.constant('addTransceiver' as const), end, kind, direction }),
  fc.record({ do: fc.constant('removeTrack' as const), end, index }),
  fc.record({ do: fc.constant('direction' as const), end, index, direction }),
  fc.record({ do: fc.constant('stop' as const), end, index }),
  fc.record({ do: fc.constant('restartIce' as const), end }),
  fc.record({ do: fc.constant('createDataChannel' as const), end }),
);
/** How the ends talk: one exchange, one offer that is taken back, or a glare that one side gives way in. */
const talk = fc.oneof(
  fc.record({ do: fc.constant('exchange' as const), end }),
  fc.record({ do: fc.constant('abandon' as const), end, at: fc.constantFrom('offerer', 'both') }),
  fc.record({ do: fc.constant('glare' as const), end }),
);

let tracks = 0;

const applyChange = (
  pc: VirtualPeerConnection,
  step: typeof change extends fc.Arbitrary<infer Step> ? Step : never,
) => {
  const transceivers = pc.getTransceivers().filter((each) => each.direction !== 'stopped');
  const pick = 'index' in step ? transceivers[step.index % Math.max(1, transceivers.length)] : undefined;
  switch (step.do) {
    case 'addTrack':
      addMedia(pc, step.kind, `track-${(tracks += 1)}`);
      break;
    case 'addTransceiver':
      pc.addTransceiver(step.kind, { direction: step.direction });
      break;
    case 'removeTrack':
      if (pick) pc.removeTrack(pick.sender);
      break;
    case 'direction':
      if (pick) pick.direction = step.direction;
      break;
    case 'stop':
      pick?.stop();
      break;
    case 'restartIce':
      pc.restartIce();
      break;
    case 'createDataChannel':
      pc.createDataChannel('chat');
      break;
  }
};

const otherEnd = (which: End): End => (which === 'left' ? 'right' : 'left');

const applyTalk = async (ends: Ends, step: typeof talk extends fc.Arbitrary<infer Step> ? Step : never) => {
  const [near, far] = [ends[step.end], ends[otherEnd(step.end)]];
  switch (step.do) {
    case 'exchange':
      return exchange(near, far);
    case 'abandon':
      if (step.at === 'both') {
        await offer(near, far);
        await far.setRemoteDescription({ type: 'rollback' });
      } else {
        await near.setLocalDescription();
      }
      return near.setLocalDescription({ type: 'rollback' });
    case 'glare':
      await Promise.all([near.setLocalDescription(), far.setLocalDescription()]);
      await deliver(near, far);
      return answer(far, near);
  }
};

const sentTracks = (pc: VirtualPeerConnection) =>
  pc
    .getTransceivers()
    .filter(({ currentDirection }) => currentDirection === 'sendrecv' || currentDirection === 'sendonly')
    .flatMap(({ sender }) => sender.track?.id ?? []);

describe('two ends that do whatever applications do', () => {
  it.each<EngineName>(['spec', 'firefox'])(
    '%s agree after every exchange, and owe nothing in the end',
    async (name) => {
      // Without these, some walks cannot end well.
      const variant: EngineVariant = {
        ...engineVariants[name],
        stoppedBeforeNegotiated: 'forgotten',
        rollbackRefusesIceRestart: false,
      };
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof({ weight: 3, arbitrary: change }, talk), { maxLength: 25 }),
          async (steps) => {
            const schedule = createManualSchedule();
            const ends: Ends = {
              left: new VirtualPeerConnection({ label: 'left', schedule, variant }),
              right: new VirtualPeerConnection({ label: 'right', schedule, variant }),
            };
            for (const step of steps) {
              if (step.do === 'exchange' || step.do === 'abandon' || step.do === 'glare') {
                await driven(schedule, applyTalk(ends, step));
                expect(agreement(ends.left, ends.right).differences).toEqual([]);
              } else {
                applyChange(ends[step.end], step);
              }
            }
            let exchanges = 0;
            for (const which of ['left', 'right', 'left', 'right'] as const) {
              if (!ends[which].negotiationNeeded) continue;
              exchanges += 1;
              await driven(schedule, exchange(ends[which], ends[otherEnd(which)]));
            }
            await microtasksDone();
            expect([ends.left.negotiationNeeded, ends.right.negotiationNeeded, exchanges <= 3]).toEqual([
              false,
              false,
              true,
            ]);
            expect(agreement(ends.left, ends.right).differences).toEqual([]);
            expect(receivedTracks(ends.left, ends.right)).toEqual(sentTracks(ends.left));
            expect(receivedTracks(ends.right, ends.left)).toEqual(sentTracks(ends.right));
          },
        ),
        { numRuns: 500, seed: 20261122 },
      );
    },
  );
});
