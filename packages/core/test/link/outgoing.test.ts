import { describe, expect, it } from 'vitest';
import { createLink } from '../../src/link/index.ts';
import { after, deliver, receive, resync, send, startTimer, stopTimer, timer, transmit } from './story.ts';

const lossy = createLink<string>({ mode: 'lossy', capacity: 3, attempts: 3, baseDelayMs: 100, maxDelayMs: 300 });
const reliable = createLink<string>({ mode: 'reliable', capacity: 4, ackEvery: 2 });

describe('sending', () => {
  it('puts nothing but a number on the wire of a reliable channel', () => {
    expect(after(reliable, send('one'), send('two'))).toEqual([
      { ...reliable, unacked: ['one', 'two'] },
      [transmit({ seq: 2, message: 'two' })],
    ]);
  });

  it('lets an acknowledgement ride on a message when there is news, and only then', () => {
    const [state, effects] = after(reliable, receive({ seq: 1, message: 'hi' }), send('one'));
    expect([state, effects]).toEqual([
      { ...reliable, received: 1, told: 1, unacked: ['one'] },
      [transmit({ seq: 1, ack: 1, message: 'one' })],
    ]);
    expect(after(state, send('two'))).toEqual([
      { ...state, unacked: ['one', 'two'] },
      [transmit({ seq: 2, message: 'two' })],
    ]);
  });

  it('starts the timer of a lossy link with the first message that waits', () => {
    expect(after(lossy, send('one'))[1]).toEqual([transmit({ seq: 1, message: 'one' }), startTimer(100)]);
    expect(after(lossy, send('one'), send('two'))[1]).toEqual([transmit({ seq: 2, message: 'two' })]);
  });

  it('fails loudly when the message does not fit, and again for every further message', () => {
    const [state, effects] = after(lossy, send('one'), send('two'), send('three'), send('four'));
    expect([state, effects]).toEqual([
      { ...lossy, failed: 'link-overflow' },
      [stopTimer, { type: 'fail', code: 'link-overflow' }],
    ]);
    expect(after(state, send('five'))).toEqual([state, [{ type: 'fail', code: 'link-overflow' }]]);
    for (const event of [receive({ seq: 1, ack: 1, message: 'hi' }), timer, resync]) {
      expect(after(state, event)).toEqual([state, []]);
    }
  });

  it('has room again for what was acknowledged', () => {
    const full = [send('one'), send('two'), send('three')];
    expect(after(lossy, ...full, receive({ ack: 1 }), send('four'))).toEqual([
      { ...lossy, acked: 1, unacked: ['two', 'three', 'four'] },
      [transmit({ seq: 4, message: 'four' })],
    ]);
  });
});

describe('an acknowledgement', () => {
  it('frees what it covers and starts the timer anew for the rest', () => {
    expect(after(lossy, send('one'), send('two'), timer, receive({ ack: 1 }))).toEqual([
      { ...lossy, acked: 1, unacked: ['two'] },
      [startTimer(100)],
    ]);
  });

  it('stops the timer when nothing waits any more', () => {
    expect(after(lossy, send('one'), send('two'), receive({ ack: 2 }))).toEqual([{ ...lossy, acked: 2 }, [stopTimer]]);
  });

  it('changes nothing when it is late or repeated', () => {
    const [state] = after(lossy, send('one'), send('two'), receive({ ack: 1 }), timer);
    for (const ack of [0, 1]) {
      const [next, effects] = after(state, receive({ ack }));
      expect(next).toBe(state);
      expect(effects).toEqual([]);
    }
  });
});

describe('the timer', () => {
  it('sends everything unacknowledged again, after delays that double up to the longest', () => {
    const again = [transmit({ seq: 1, message: 'one' }), transmit({ seq: 2, message: 'two' })];
    const sent = [send('one'), send('two')];
    expect(after(lossy, ...sent, timer)[1]).toEqual([...again, startTimer(200)]);
    expect(after(lossy, ...sent, timer, timer)[1]).toEqual([...again, startTimer(300)]);
    expect(after(lossy, ...sent, timer, timer, timer)[1]).toEqual([...again, startTimer(300)]);
  });

  it('fails loudly when all attempts are used up', () => {
    expect(after(lossy, send('one'), timer, timer, timer, timer)).toEqual([
      { ...lossy, failed: 'link-exhausted' },
      [stopTimer, { type: 'fail', code: 'link-exhausted' }],
    ]);
  });

  it('allows the default link 63.5 seconds of silence', () => {
    const firings = Array.from({ length: 11 }, () => timer);
    const events = [send('one'), ...firings];
    const moves = events.map((_, index) => after(createLink<string>({ mode: 'lossy' }), ...events.slice(0, index + 1)));
    const delays = moves.flatMap(([, effects]) =>
      effects.flatMap((effect) => (effect.type === 'startTimer' ? effect.delayMs : [])),
    );
    expect(delays.reduce((sum, delayMs) => sum + delayMs)).toBe(63_500);
    expect(moves.map(([state]) => state.failed).slice(-2)).toEqual([null, 'link-exhausted']);
  });

  it('does nothing when nothing waits, or on a reliable channel', () => {
    for (const state of [lossy, after(reliable, send('one'))[0]]) {
      const [next, effects] = after(state, timer);
      expect(next).toBe(state);
      expect(effects).toEqual([]);
    }
  });
});

describe('resync', () => {
  it('says what we have, asks for the rest and sends ours again as it was', () => {
    expect(after(reliable, receive({ seq: 1, message: 'hi' }), send('one'), send('two'), resync)).toEqual([
      { ...reliable, received: 1, told: 1, unacked: ['one', 'two'] },
      [transmit({ ack: 1, resync: true }), transmit({ seq: 1, message: 'one' }), transmit({ seq: 2, message: 'two' })],
    ]);
  });

  it('is answered with exactly what the other side does not have', () => {
    const [state] = after(reliable, send('one'), send('two'), send('three'));
    expect(after(state, receive({ ack: 2, resync: true }))).toEqual([
      { ...reliable, acked: 2, unacked: ['three'] },
      [transmit({ seq: 3, message: 'three' })],
    ]);
  });

  it('gives a lossy link all its attempts back, on both sides', () => {
    const [state] = after(lossy, send('one'), timer, timer);
    const again = [transmit({ seq: 1, message: 'one' }), startTimer(100)];
    expect(after(state, resync)).toEqual([
      { ...lossy, unacked: ['one'] },
      [transmit({ ack: 0, resync: true }), ...again],
    ]);
    expect(after(state, receive({ ack: 0, resync: true }))).toEqual([{ ...lossy, unacked: ['one'] }, again]);
  });

  it('says only what we have when nothing waits', () => {
    expect(after(lossy, receive({ seq: 1, message: 'hi' }), resync)).toEqual([
      { ...lossy, received: 1, told: 1 },
      [transmit({ ack: 1, resync: true })],
    ]);
  });

  it('continues a link that was stored as JSON', () => {
    const [state] = after(lossy, send('one'), receive({ seq: 2, message: 'late' }));
    const restored = JSON.parse(JSON.stringify(state)) as typeof state;
    expect(restored).toEqual(state);
    expect(after(restored, resync, receive({ seq: 1, ack: 1, message: 'hi' }))[1]).toEqual([
      stopTimer,
      deliver('hi'),
      deliver('late'),
      transmit({ ack: 2 }),
    ]);
  });
});
