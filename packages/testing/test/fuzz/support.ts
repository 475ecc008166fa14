/** How many interleavings a property runs: enough for every change here, more when asked for (`DETENTE_RUNS`). */

export const runs = (byDefault: number): number => {
  const asked = process.env['DETENTE_RUNS'];
  return asked === undefined ? byDefault : Math.ceil((byDefault / 25_000) * Number(asked));
};

/** A run of a property may take as long as it takes; it is bounded by its steps. */
export const patienceMs = 6 * 60 * 60 * 1_000;
