import { describe, expect, it } from 'vitest';
import { createLink } from '../../src/link/index.ts';
import type { LinkOptions } from '../../src/link/index.ts';

describe('createLink', () => {
  it('has sent and received nothing', () => {
    expect(createLink({ mode: 'lossy' })).toEqual({
      options: { mode: 'lossy', capacity: 256, ackEvery: 1, baseDelayMs: 500, maxDelayMs: 8000, attempts: 10 },
      acked: 0,
      unacked: [],
      received: 0,
      early: [],
      told: 0,
      attempts: 0,
      failed: null,
    });
  });

  it('acknowledges every 16 messages on a reliable channel, but never later than at half of its capacity', () => {
    expect(createLink({ mode: 'reliable' }).options.ackEvery).toBe(16);
    expect(createLink({ mode: 'reliable', capacity: 9 }).options.ackEvery).toBe(5);
    expect(createLink({ mode: 'reliable', capacity: 1 }).options.ackEvery).toBe(1);
  });

  it.each<[string, object]>([
    ["mode is 'reliable' or 'lossy'", { mode: 'hopeful' }],
    ['capacity is a whole number above 0', { mode: 'lossy', capacity: 0 }],
    ['capacity is a whole number above 0', { mode: 'reliable', capacity: NaN }],
    ['ackEvery is a whole number above 0', { mode: 'lossy', ackEvery: 1.5 }],
    ['baseDelayMs is a whole number above 0', { mode: 'lossy', baseDelayMs: -1 }],
    ['maxDelayMs is a whole number above 0', { mode: 'lossy', maxDelayMs: Infinity }],
    ['attempts is a whole number above 0', { mode: 'lossy', attempts: '3' }],
    ['ackEvery is at most capacity', { mode: 'reliable', capacity: 8, ackEvery: 9 }],
    ['baseDelayMs is at most maxDelayMs', { mode: 'lossy', baseDelayMs: 9000 }],
  ])('refuses options that make no sense: %s', (message, options) => {
    expect(() => createLink(options as LinkOptions)).toThrow(new RangeError(`link option ${message}`));
  });
});
