import { describe, expect, it } from 'vitest';
import { createSlots } from '@detente/session';

describe('slots', () => {
  it('serve those who came first first, as many at once as there are slots', () => {
    const slots = createSlots(2);
    const begun: number[] = [];
    const releases: (() => void)[] = [];
    for (const number of [1, 2, 3, 4]) {
      slots.take((release) => {
        begun.push(number);
        releases.push(release);
      });
    }
    expect([begun, slots.inUse, slots.waiting]).toEqual([[1, 2], 2, 2]);
    releases[0]?.();
    expect([begun, slots.inUse, slots.waiting]).toEqual([[1, 2, 3], 2, 1]);
    releases[0]?.();
    expect(begun).toEqual([1, 2, 3]);
    for (const release of releases.slice()) release();
    expect([begun, slots.inUse, slots.waiting]).toEqual([[1, 2, 3, 4], 1, 0]);
    releases[3]?.();
    expect(slots.inUse).toBe(0);
  });

  it('can be freed at once, from within', () => {
    const slots = createSlots(1);
    let served = 0;
    for (let count = 0; count < 10; count += 1) {
      slots.take((release) => {
        served += 1;
        release();
      });
    }
    expect([served, slots.inUse, slots.waiting]).toEqual([10, 0, 0]);
  });
});
