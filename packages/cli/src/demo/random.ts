/** Random numbers that a seed determines, and the changes that they make a client want. */

export interface Random {
  /** From 0, below 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
}

/** mulberry32: 32 bits of state, good enough to choose what to do next. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, between: (from, to) => from + Math.floor(next() * (to - from + 1)) };
};

export type Change =
  | { readonly type: 'publish'; readonly kind: 'audio' | 'video' }
  | { readonly type: 'withdraw'; readonly which: number };

/** Most tracks that one client has at a time. */
export const maxTracks = 3;

/**
 * What a client does in one tick, and how long it then waits. Sometimes several things at once, as a camera is audio
 * and video; `published` is how many tracks it has.
 */
export const nextChanges = (random: Random, published: number): { waitMs: number; changes: readonly Change[] } => {
  const changes: Change[] = [];
  let tracks = published;
  for (let count = random.next() < 0.3 ? 2 : 1; count > 0; count--) {
    if (tracks < maxTracks && (tracks === 0 || random.next() < 0.5)) {
      changes.push({ type: 'publish', kind: random.next() < 0.5 ? 'audio' : 'video' });
      tracks++;
    } else {
      changes.push({ type: 'withdraw', which: random.between(0, tracks - 1) });
      tracks--;
    }
  }
  return { changes, waitMs: random.between(100, 900) };
};
