import { describe, expect, it } from 'vitest';
import { createLink } from '../../src/link/index.ts';
import type { LinkFrame } from '../../src/link/index.ts';
import { after, deliver, receive, send, stopTimer, transmit } from './story.ts';

const lossy = createLink<string>({ mode: 'lossy', capacity: 4 });
const reliable = createLink<string>({ mode: 'reliable', capacity: 4, ackEvery: 2 });
const one = receive({ seq: 1, message: 'one' });
const two = receive({ seq: 2, message: 'two' });
const three = receive({ seq: 3, message: 'three' });

describe('receiving', () => {
  it('delivers and acknowledges at once on a lossy channel', () => {
    expect(after(lossy, one)).toEqual([{ ...lossy, received: 1, told: 1 }, [deliver('one'), transmit({ ack: 1 })]]);
  });

  it('acknowledges only now and then on a reliable channel', () => {
    expect(after(reliable, one)).toEqual([{ ...reliable, received: 1 }, [deliver('one')]]);
    expect(after(reliable, one, two)).toEqual([
      { ...reliable, received: 2, told: 2 },
      [deliver('two'), transmit({ ack: 2 })],
    ]);
  });

  it('takes the acknowledgement before the message', () => {
    expect(after(lossy, send('hi'), receive({ seq: 1, ack: 1, message: 'one' }))).toEqual([
      { ...lossy, acked: 1, received: 1, told: 1 },
      [stopTimer, deliver('one'), transmit({ ack: 1 })],
    ]);
  });

  it('keeps what comes early until its turn, then delivers the run with one acknowledgement', () => {
    const [state, effects] = after(lossy, three, two);
    expect([state, effects]).toEqual([
      {
        ...lossy,
        early: [
          { seq: 2, message: 'two' },
          { seq: 3, message: 'three' },
        ],
      },
      [],
    ]);
    expect(after(state, one)).toEqual([
      { ...lossy, received: 3, told: 3 },
      [deliver('one'), deliver('two'), deliver('three'), transmit({ ack: 3 })],
    ]);
  });

  it('delivers only up to the next gap', () => {
    expect(after(lossy, receive({ seq: 4, message: 'four' }), two, one)).toEqual([
      { ...lossy, received: 2, told: 2, early: [{ seq: 4, message: 'four' }] },
      [deliver('one'), deliver('two'), transmit({ ack: 2 })],
    ]);
  });

  it('answers the last message delivered when it comes again, and no older one', () => {
    for (const fresh of [lossy, reliable]) {
      const [state] = after(fresh, one, two, three);
      expect(after(state, three)).toEqual([{ ...state, told: 3 }, [transmit({ ack: 3 })]]);
      for (const old of [one, two]) expect(after(state, old)).toEqual([state, []]);
    }
  });

  it('ignores the copy of an early message, whatever it says', () => {
    const [state] = after(lossy, two);
    const [next, effects] = after(state, receive({ seq: 2, message: 'forged' }));
    expect(next).toBe(state);
    expect(effects).toEqual([]);
  });

  it('asks for what is missing, once, when a reliable channel shows a gap', () => {
    const [state, effects] = after(reliable, one, three);
    expect([state, effects]).toEqual([
      { ...reliable, received: 1, told: 1, early: [{ seq: 3, message: 'three' }] },
      [transmit({ ack: 1, resync: true })],
    ]);
    expect(after(state, receive({ seq: 4, message: 'four' }))[1]).toEqual([]);
  });
});

describe('a frame that cannot be honest', () => {
  const [state] = after(lossy, one, send('first'), send('second'), receive({ ack: 1 }));

  it.each<[string, object, string]>([
    ['is beyond the window', { seq: 6, message: 'far' }, 'link-beyond-window: seq 6, last received 1'],
    [
      'counts to the end',
      { seq: Number.MAX_SAFE_INTEGER, message: 'far' },
      'link-beyond-window: seq 9007199254740991, last received 1',
    ],
    ['thanks for what was not sent', { ack: 3 }, 'link-ack-beyond-sent: ack 3, last sent 2'],
    ['hides that in a good message', { seq: 2, ack: 3, message: 'two' }, 'link-ack-beyond-sent: ack 3, last sent 2'],
  ])('is reported and changes nothing when it %s', (_, frame, report) => {
    const [next, effects] = after(state, receive(frame as LinkFrame<string>));
    expect(next).toBe(state);
    expect(effects.map((effect) => (effect.type === 'report' ? `${effect.code}: ${effect.detail}` : effect))).toEqual([
      report,
    ]);
  });

  it.each<[unknown]>([
    [{}],
    [{ message: 'two' }],
    [{ resync: true }],
    [{ seq: 2 }],
    [{ ack: 1, message: 'two' }],
    [{ seq: 0, message: 'two' }],
    [{ seq: -1, message: 'two' }],
    [{ seq: 2.5, message: 'two' }],
    [{ seq: NaN, message: 'two' }],
    [{ seq: Infinity, message: 'two' }],
    [{ seq: 1e300, message: 'two' }],
    [{ seq: '2', message: 'two' }],
    [{ seq: null, message: 'two' }],
    [{ seq: 2, ack: NaN, message: 'two' }],
    [{ ack: -1 }],
    [{ ack: '1', resync: true }],
    [null],
    [undefined],
    ['#2'],
  ])('is reported and changes nothing when it is %j', (frame) => {
    const [next, effects] = after(state, receive(frame as LinkFrame<string>));
    expect(next).toBe(state);
    expect(effects).toEqual([
      { type: 'report', code: 'link-malformed-frame', detail: 'neither a numbered message nor an ack' },
    ]);
  });

  it('takes the last number inside the window', () => {
    expect(after(state, receive({ seq: 5, message: 'five' }))[0].early).toEqual([{ seq: 5, message: 'five' }]);
  });
});
