/** Randomness that a seed repeats: every choice that a run makes by chance comes from here. */

export interface Random {
  /** A whole number from 0 up to and without `below`. */
  below(below: number): number;
}

/** The same numbers for the same seed, on every platform. */
export const createRandom = (seed: number): Random => {
  let state = seed | 0;
  // A multiply-xorshift mixer over a Weyl sequence: few operations, and no short cycles from any seed.
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return { below: (below) => next() % below };
};
