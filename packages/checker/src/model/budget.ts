/**
 * What may still happen that need not: changes and faults, each a counter in a few bits of one word. A counter at its
 * largest value never runs out.
 */
export interface Budget {
  /** Changes of each side, `endless` until the application stops them, once and for all. */
  readonly leftChanges: Count;
  readonly rightChanges: Count;
  /** Operations that fail, on either side. */
  readonly failures: Count;
  /** Timers that fire although something else could still happen. */
  readonly timers: Count;
  /** Sessions that are closed, engines that are closed or hang. */
  readonly ends: Count;
  /** Sessions that are lost and begun anew. */
  readonly restarts: Count;
  readonly candidates: Count;
  readonly iceRestarts: Count;
}

export type Count = number | 'endless';

export type Field = { readonly shift: number; readonly most: number };

export const fields = {
  leftChanges: { shift: 0, most: 15 },
  rightChanges: { shift: 4, most: 15 },
  failures: { shift: 8, most: 15 },
  timers: { shift: 12, most: 15 },
  ends: { shift: 16, most: 3 },
  restarts: { shift: 18, most: 3 },
  candidates: { shift: 20, most: 15 },
  iceRestarts: { shift: 24, most: 3 },
} as const satisfies Record<keyof Budget, Field>;

/** Set once the application has promised that no change will follow. */
export const stopped = 1 << 26;

/** Set once something was reported, or a timer was needed, that should not be without faults. */
export const troubled = 1 << 27;

/** The fields whose use is a fault. */
const faultBits = ['failures', 'timers', 'ends', 'restarts'] as const;
export const faultMask = faultBits.reduce((mask, name) => mask | (fields[name].most << fields[name].shift), 0);

export const changesMask = (['leftChanges', 'rightChanges'] as const).reduce(
  (mask, name) => mask | (fields[name].most << fields[name].shift),
  0,
);

export const fieldNames = Object.keys(fields) as readonly (keyof Budget)[];

export const packBudget = (budget: Budget): number =>
  fieldNames.reduce((word, name) => {
    const count = budget[name];
    return word | ((count === 'endless' ? fields[name].most : count) << fields[name].shift);
  }, 0);

/** The largest count that is not endless. */
export const mostOf = (name: keyof Budget): number => fields[name].most - 1;

export const left = (word: number, { shift, most }: Field): number => (word >> shift) & most;

/** The word after one use. */
export const spend = (word: number, field: Field): number =>
  left(word, field) === field.most ? word : word - (1 << field.shift);
