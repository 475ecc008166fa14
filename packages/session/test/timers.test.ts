import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { platformTimers } from '@detente/session';

describe('the timers of the platform', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('fire once after the delay', () => {
    const fire = vi.fn();
    platformTimers.set(100, fire);
    vi.advanceTimersByTime(99);
    expect(fire).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(fire).toHaveBeenCalledTimes(1);
  });

  it('do not fire once they are cancelled', () => {
    const fire = vi.fn();
    platformTimers.set(100, fire)();
    vi.advanceTimersByTime(1_000);
    expect(fire).not.toHaveBeenCalled();
  });

  it('never fire after Infinity, and wait longer than the platform can count', () => {
    const fire = vi.fn();
    platformTimers.set(Infinity, fire)();
    platformTimers.set(1e12, fire);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1_000_000);
    expect(fire).not.toHaveBeenCalled();
  });
});
