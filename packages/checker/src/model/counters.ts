/** Small counters in the bits of one word. */
export interface Counters<Name extends string> {
  readonly pack: (values: Readonly<Record<Name, number>>) => number;
  readonly of: (word: number, name: Name) => number;
  readonly add: (word: number, name: Name, by: number) => number;
}

/** `most` is the largest value of each counter; 31 bits at most. */
export function createCounters<Name extends string>(most: Readonly<Record<Name, number>>): Counters<Name> {
  const places = new Map<Name, { readonly shift: number; readonly mask: number }>();
  let shift = 0;
  for (const [name, largest] of Object.entries(most) as [Name, number][]) {
    const bits = Math.max(1, Math.ceil(Math.log2(largest + 1)));
    places.set(name, { shift, mask: (1 << bits) - 1 });
    shift += bits;
  }
  if (shift > 31) throw new RangeError('these counters do not fit into one word: lower the bounds');
  const place = (name: Name) => places.get(name)!;
  return {
    pack: (values) =>
      (Object.entries(values) as [Name, number][]).reduce(
        (word, [name, value]) => word | (value << place(name).shift),
        0,
      ),
    of: (word, name) => (word >> place(name).shift) & place(name).mask,
    add: (word, name, by) => word + (by << place(name).shift),
  };
}
