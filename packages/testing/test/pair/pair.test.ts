import { describe, expect, it } from 'vitest';
import { agreement, createPair, receivedTracks, toLines } from '@detente/testing';

const addTrack = { kind: 'addTrack', which: 0 } as const;

describe('a pair', () => {
  it('does nothing until it is stepped, and comes to rest when it is driven', async () => {
    const pair = createPair({ role: 'polite' });
    pair.change('left', addTrack);
    expect([pair.left.session.state, pair.right.session.state]).toEqual(['stable', 'stable']);
    expect(await pair.drive()).toBe(true);
    expect(receivedTracks(pair.left.engine.pc, pair.right.engine.pc)).toEqual(['left-1-track-1']);
  });

  it('gives each session the timers that were made for it', async () => {
    const set: string[] = [];
    const timersOf = (end: 'left' | 'right') => ({
      now: () => 7,
      set: (delayMs: number) => {
        set.push(`${end} ${delayMs}`);
        return () => undefined;
      },
    });
    const pair = createPair({ role: 'requester', timersOf });
    pair.change('left', addTrack);
    await pair.drive();
    expect(set).toContain('left 10000');
    expect(pair.left.trace.map(({ atMs }) => atMs)).toContain(7);
    expect(pair.world.clock.now()).toBe(0);
  });

  it('plays the same run for the same seed, and another for another', async () => {
    const lines = async (seed: number) => {
      const pair = createPair({ role: 'polite', seed });
      pair.change('left', addTrack);
      pair.change('right', addTrack);
      await pair.drive();
      return toLines(pair.run.events, Infinity);
    };
    const [once, again, other] = [await lines(5), await lines(5), await lines(6)];
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
  });

  it('waits for the latency of its signaling channel, on its own clock', async () => {
    const pair = createPair({ role: 'impolite' });
    pair.world.channel.latencyMs = 40;
    pair.change('left', addTrack);
    await pair.drive();
    expect(pair.world.clock.now()).toBe(80);
    expect(agreement(pair.left.engine.pc, pair.right.engine.pc).agrees).toBe(true);
  });

  it('loses what is under way when the channel is cut, and agrees after the reconnect', async () => {
    const pair = createPair({ role: 'requester' });
    pair.change('left', addTrack);
    while (pair.world.channel.inFlight.length === 0) await pair.step();
    pair.world.channel.cut();
    expect(() => pair.world.channel.send('left', {})).toThrow('not connected');
    await pair.drive(20);
    pair.world.channel.reconnect();
    await pair.drive();
    expect(agreement(pair.left.engine.pc, pair.right.engine.pc).differences).toEqual([]);
    expect(pair.left.engine.pc.negotiationNeeded).toBe(false);
  });

  it('gives the other end a new session when one starts anew', async () => {
    const pair = createPair({ role: 'auto' });
    pair.change('left', addTrack);
    await pair.drive();
    pair.restart('right');
    await pair.drive();
    expect(pair.run.sides.map(({ id }) => id)).toEqual(['left-1', 'right-1', 'right-2', 'left-2']);
    expect(agreement(pair.left.engine.pc, pair.right.engine.pc).differences).toEqual([]);
  });

  it('records the traces of both sessions, in which each names the other', async () => {
    const pair = createPair({ role: 'answerer' });
    pair.change('left', addTrack);
    await pair.drive();
    const [left, right] = pair.run.sides;
    expect([left?.role, left?.peer, right?.role, right?.peer]).toEqual(['answerer', 'right-1', 'offerer', 'left-1']);
    expect(left?.trace[0]).toMatchObject({
      input: { type: 'change' },
      from: 'stable',
      to: 'pending-renegotiation.asking',
    });
  });
});
