import { describe, expect, it } from 'vitest';
import { createVirtualClock, microtasksDone } from '../../src/clock.ts';
import { VirtualPeerConnection } from '../../src/virtual/peer-connection.ts';
import { type EngineWork, type Plan, createClockSchedule } from '../../src/virtual/schedule.ts';
import { addMedia, createManualEnds, ending, finish, pendingNames } from './support.ts';

const createClockEnd = (plan?: (work: EngineWork) => Plan) => {
  const clock = createVirtualClock();
  const pc = new VirtualPeerConnection({ label: 'left', schedule: createClockSchedule(clock, plan) });
  return { clock, pc };
};

const after = (delayMs: number): Plan => ({ type: 'after', delayMs });

describe('a clock schedule', () => {
  it('gives each operation its duration', async () => {
    const { clock, pc } = createClockEnd(({ name }) => after(name === 'createOffer' ? 30 : 5));
    const log: string[] = [];
    void pc.setLocalDescription().then(() => log.push(`settled at ${clock.now()}`));
    pc.onsignalingstatechange = () => log.push(`${pc.signalingState} at ${clock.now()}`);
    await clock.settle();
    expect(log).toEqual(['have-local-offer at 35', 'settled at 35']);
  });

  it('makes an operation fail without effect', async () => {
    const error = new RangeError('no');
    const { clock, pc } = createClockEnd(() => ({ type: 'after', delayMs: 1, outcome: { type: 'failed', error } }));
    const creating = ending(pc.createOffer());
    await clock.settle();
    expect([await creating, pc.signalingState]).toEqual(['RangeError', 'stable']);
  });

  it('makes an operation fail although its effect took place', async () => {
    const outcome = { type: 'failed', error: new RangeError('no'), applied: true } as const;
    const { clock, pc } = createClockEnd(({ name }) =>
      name === 'setLocalDescription' ? { type: 'after', delayMs: 1, outcome } : after(0),
    );
    const setting = ending(pc.setLocalDescription());
    await clock.settle();
    expect([await setting, pc.signalingState]).toEqual(['RangeError', 'have-local-offer']);
  });

  it('makes an operation hang', async () => {
    const { clock, pc } = createClockEnd(() => ({ type: 'hang' }));
    let settled = false;
    void pc.createOffer().finally(() => (settled = true));
    await clock.advance(1e9);
    expect({ settled, pending: clock.pending }).toEqual({ settled: false, pending: 0 });
  });

  it('takes no time unless told otherwise', async () => {
    const { clock, pc } = createClockEnd();
    addMedia(pc, 'audio', 'one');
    void pc.setLocalDescription();
    await clock.settle();
    expect([pc.iceGatheringState, clock.now()]).toEqual(['complete', 0]);
  });
});

describe('a manual schedule', () => {
  it('lets a test end the work of two ends in any order', async () => {
    const { left, right, schedule } = createManualEnds();
    void left.createOffer();
    void right.createOffer();
    await microtasksDone();
    expect(pendingNames(schedule)).toEqual(['left:createOffer', 'right:createOffer']);
    expect(await schedule.step(1)).toMatchObject({ peer: 'right' });
    expect(pendingNames(schedule)).toEqual(['left:createOffer']);
  });

  it('says what is being set', async () => {
    const { left, schedule } = createManualEnds();
    void left.setLocalDescription();
    await finish(schedule, 'createOffer');
    expect(schedule.pending.map(({ work }) => work)).toEqual([
      { kind: 'operation', peer: 'left', name: 'setLocalDescription', type: 'offer' },
    ]);
  });

  it('lets nothing of the same end overtake an event that is queued', async () => {
    const { left, right, schedule } = createManualEnds();
    const creating = left.createOffer();
    await finish(schedule, 'createOffer');
    await creating;
    addMedia(left, 'audio', 'one');
    void left.createOffer();
    void right.createOffer();
    await microtasksDone();
    expect(pendingNames(schedule)).toEqual(['left:negotiationneeded', 'left:createOffer', 'right:createOffer']);
    expect(schedule.ready.map(({ work }) => `${work.peer}:${work.name}`)).toEqual([
      'left:negotiationneeded',
      'right:createOffer',
    ]);
  });

  it('has nothing to step when nothing is pending, and settles work once', async () => {
    const { left, schedule } = createManualEnds();
    expect(await schedule.step()).toBeUndefined();
    const creating = left.createOffer();
    await microtasksDone();
    const [work] = schedule.pending;
    work?.settle();
    work?.settle({ type: 'failed', error: new Error('too late') });
    expect((await creating).type).toBe('offer');
  });

  it('gives up driving engines that never come to rest', async () => {
    const { left, schedule } = createManualEnds();
    const again = (): void => void left.createOffer().then(again);
    again();
    await expect(schedule.drive(20)).rejects.toThrow('still at work after 20 steps');
  });
});
