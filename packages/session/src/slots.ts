/** A bound on how many things happen at once, across sessions. First come, first served. */

export interface Slots {
  /** Calls `begin` once a slot is free, maybe at once; the function that it is given frees the slot. */
  take(begin: (release: () => void) => void): void;
  readonly inUse: number;
  readonly waiting: number;
}

/** `count` is a whole number of at least 1, or `Infinity`. */
export const createSlots = (count: number): Slots => {
  const queue: ((release: () => void) => void)[] = [];
  let inUse = 0;
  const serve = () => {
    while (inUse < count) {
      const begin = queue.shift();
      if (!begin) return;
      inUse += 1;
      let released = false;
      begin(() => {
        if (released) return;
        released = true;
        inUse -= 1;
        serve();
      });
    }
  };
  return {
    take(begin) {
      queue.push(begin);
      serve();
    },
    get inUse() {
      return inUse;
    },
    get waiting() {
      return queue.length;
    },
  };
};
