// The only arithmetic on sequence numbers. Every decision of the link is made on a distance.

/** How far `to` is ahead of `from`; negative when it is behind. */
export const distance = (from: number, to: number): number => to - from;

/** Whether a value from the wire can be a sequence number at all. */
export const isCountFrom = (first: number, value: unknown): boolean =>
  Number.isSafeInteger(value) && distance(first, value as number) >= 0;
