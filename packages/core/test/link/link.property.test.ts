import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { linkStep, renumberFrame, renumberLink } from '../../src/link/index.ts';
import type { LinkEvent, LinkFrame, LinkOptions } from '../../src/link/index.ts';
import { always, isAtRest } from './properties.ts';
import { act, arrive, connect, createWorld, cut, fire, lose, sendNext, settle, sides } from './world.ts';
import type { Side, World } from './world.ts';

type Fault = readonly [
  name: 'send' | 'arrive' | 'repeat' | 'lose' | 'fire' | 'cut' | 'connect' | 'resync',
  side: Side,
  which: number,
];

const nth = (which: number, world: World, side: Side): number => which % Math.max(1, world[side].inbound.length);

function suffer(world: World, [name, side, which]: Fault): World {
  switch (name) {
    case 'send':
      return sendNext(world, side);
    case 'arrive':
      return arrive(world, side, nth(which, world, side), false);
    case 'repeat':
      return arrive(world, side, nth(which, world, side), true);
    case 'lose':
      return lose(world, side, nth(which, world, side));
    case 'fire':
      return fire(world, side);
    case 'cut':
      return cut(world);
    case 'connect':
      return connect(world);
    case 'resync':
      return act(world, side, { type: 'resync' });
  }
}

const faults = (...names: readonly Fault[0][]): fc.Arbitrary<readonly Fault[]> =>
  fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...sides), fc.nat(20)), { maxLength: 120, size: 'max' });
const anyFaults = faults('send', 'send', 'arrive', 'arrive', 'repeat', 'lose', 'fire', 'cut', 'connect', 'resync');

const lossy: LinkOptions = { mode: 'lossy', attempts: 1000 };
const reliable: LinkOptions = { mode: 'reliable', ackEvery: 3 };
const modes = fc.constantFrom(lossy, reliable);

const verdicts = (world: World): readonly string[] => Object.values(always).flatMap((judge) => judge(world) ?? []);

/** Runs the faults, judging every world on the way. */
const run = (world: World, list: readonly Fault[]): World =>
  list.reduce((before, fault) => {
    const next = suffer(before, fault);
    expect(verdicts(next)).toEqual([]);
    return next;
  }, world);

describe('two links', () => {
  it('deliver everything once and in order after any faults that end, and keep nothing, on a lossy channel', () => {
    fc.assert(
      fc.property(anyFaults, (list) => {
        const end = settle(connect(run(createWorld(lossy), list)));
        expect([end.broken, isAtRest(end), end.left.link.unacked, end.right.link.unacked]).toEqual([
          null,
          null,
          [],
          [],
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('deliver everything once and in order after one resync of either side, whatever the modes and the faults', () => {
    fc.assert(
      fc.property(modes, modes, anyFaults, fc.constantFrom(...sides), (left, right, list, side) => {
        const end = settle(act(connect(run(createWorld(left, right), list)), side, { type: 'resync' }));
        expect([end.broken, isAtRest(end)]).toEqual([null, null]);
      }),
      { numRuns: 500 },
    );
  });

  it('need no resync on a reliable channel that does not break', () => {
    fc.assert(
      fc.property(faults('send', 'send', 'send', 'arrive', 'arrive', 'arrive', 'arrive', 'resync'), (list) => {
        const inOrder = list.map(([name, side]): Fault => [name, side, 0]);
        const end = settle(run(createWorld(reliable), inOrder));
        expect([end.broken, isAtRest(end)]).toEqual([null, null]);
      }),
    );
  });

  it('notice on a reliable channel that something was lost when the next message comes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(8), (count, which) => {
        const sent = Array.from({ length: count }).reduce<World>(
          (world) => sendNext(world, 'left'),
          createWorld(reliable),
        );
        const end = settle(sendNext(lose(sent, 'right', which % count), 'left'));
        expect([end.broken, isAtRest(end), end.right.delivered]).toEqual([null, null, count + 1]);
      }),
    );
  });

  it('resync any number of times for the price of the frames alone', () => {
    fc.assert(
      fc.property(modes, anyFaults, fc.array(fc.constantFrom(...sides), { maxLength: 9 }), (options, list, order) => {
        const once = settle(act(connect(run(createWorld(options), list)), 'left', { type: 'resync' }));
        const more = settle(order.reduce((world, side) => act(world, side, { type: 'resync' }), once));
        const memory = (world: World) =>
          sides.map((side) => [world[side].delivered, world[side].link.received, world[side].link.early]);
        expect(memory(more)).toEqual(memory(once));
        expect([more.broken, isAtRest(more)]).toEqual([null, null]);
      }),
    );
  });

  it('end loudly or deliver everything when memory and attempts are small, and never anything else', () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(anyFaults, (list) => {
        const small: LinkOptions = { mode: 'lossy', capacity: 4, attempts: 3 };
        const end = settle(connect(run(createWorld(small), list)));
        const failures = sides.flatMap((side) => end[side].link.failed ?? []);
        for (const outcome of failures.length > 0 ? failures : ['delivered']) outcomes.add(outcome);
        if (failures.length === 0) expect([end.broken, isAtRest(end)]).toEqual([null, null]);
      }),
      { numRuns: 500 },
    );
    expect([...outcomes].sort()).toEqual(['delivered', 'link-exhausted', 'link-overflow']);
  });
});

describe('a link', () => {
  const numbers = fc.oneof(
    fc.nat(12),
    fc.constantFrom(-1, 0.5, NaN, Infinity, 2 ** 53, Number.MAX_SAFE_INTEGER),
    fc.anything(),
  );
  const hostileFrame = fc.oneof(
    fc.record({ seq: numbers, ack: numbers, resync: fc.anything(), message: fc.nat() }, { requiredKeys: [] }),
    fc.anything(),
  );
  const hostileEvent = fc.oneof(
    {
      weight: 4,
      arbitrary: hostileFrame.map((frame) => ({ type: 'receive', frame: frame as LinkFrame<number> }) as const),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<LinkEvent<number>>(
        { type: 'send', message: 1 },
        { type: 'timer' },
        { type: 'resync' },
      ),
    },
  );

  it('stays within its bounds and delivers each number once whatever the other side sends', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(modes, fc.array(hostileEvent, { maxLength: 100, size: 'max' }), (options, events) => {
        let state = createWorld({ ...options, capacity: 5, ackEvery: 1 }).left.link;
        for (const event of events) {
          const [next, effects] = linkStep(state, event);
          for (const { type } of effects) seen.add(type);
          const delivered = effects.filter(({ type }) => type === 'deliver').length;
          expect(next.received).toBe(state.received + delivered);
          expect(next.unacked.length).toBeLessThanOrEqual(5);
          expect(next.early.length).toBeLessThan(5);
          expect(effects.length).toBeLessThanOrEqual(8);
          const isReport = effects.some(({ type }) => type === 'report');
          if (isReport) expect([next === state, effects.length]).toEqual([true, 1]);
          state = next;
        }
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      }),
      { numRuns: 300 },
    );
    expect([...seen].sort()).toEqual(['deliver', 'fail', 'report', 'startTimer', 'stopTimer', 'transmit']);
  });

  it('decides by distances only: moving the numbers of one direction changes nothing else', () => {
    const shift = fc.nat(1000);
    fc.assert(
      fc.property(modes, anyFaults, fc.constantFrom(...sides), shift, shift, (options, list, side, own, other) => {
        const { link, inbound } = run(createWorld(options), list)[side];
        const events: readonly LinkEvent<number>[] = [
          ...inbound.map((frame) => ({ type: 'receive', frame }) as const),
          { type: 'send', message: 7 },
          { type: 'timer' },
          { type: 'resync' },
        ];
        for (const event of events) {
          const [next, effects] = linkStep(link, event);
          const moved = event.type === 'receive' ? { ...event, frame: renumberFrame(event.frame, other, own) } : event;
          expect(linkStep(renumberLink(link, own, other), moved)).toEqual([
            renumberLink(next, own, other),
            effects.map((effect) =>
              effect.type === 'transmit' ? { ...effect, frame: renumberFrame(effect.frame, own, other) } : effect,
            ),
          ]);
        }
      }),
    );
  });
});
