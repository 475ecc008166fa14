// A fresh link, and the only place where its options are judged.
import type { LinkOptions, LinkState } from './types.ts';

/**
 * A link that has sent and received nothing.
 *
 * Errors: throws `RangeError` when an option makes no sense.
 */
export function createLink<M>(options: LinkOptions): LinkState<M> {
  const { mode, capacity = 256, baseDelayMs = 500, maxDelayMs = 8000, attempts = 10 } = options;
  const { ackEvery = mode === 'lossy' ? 1 : Math.min(16, Math.ceil(capacity / 2)) } = options;
  const resolved = { mode, capacity, ackEvery, baseDelayMs, maxDelayMs, attempts };
  requireSense(resolved);
  return { options: resolved, acked: 0, unacked: [], received: 0, early: [], told: 0, attempts: 0, failed: null };
}

function requireSense({ mode, ...counts }: Required<LinkOptions>): void {
  if (mode !== 'reliable' && mode !== 'lossy') throw new RangeError("link option mode is 'reliable' or 'lossy'");
  for (const [name, count] of Object.entries(counts)) {
    const makesSense = Number.isSafeInteger(count) && count > 0;
    if (!makesSense) throw new RangeError(`link option ${name} is a whole number above 0`);
  }
  if (counts.ackEvery > counts.capacity) throw new RangeError('link option ackEvery is at most capacity');
  if (counts.baseDelayMs > counts.maxDelayMs) throw new RangeError('link option baseDelayMs is at most maxDelayMs');
}
