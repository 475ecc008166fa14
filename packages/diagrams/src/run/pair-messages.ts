/**
 * Which message that one side took in is which message that the other side sent out. Traces carry no link numbers, so
 * messages are paired by kind and id, and repetitions of one message by order.
 */
import type { Message } from '@detente/core';
import { messageKey } from './message-label.ts';

export interface Sighting {
  readonly message: Message;
  readonly atMs: number;
}

/** For each of `received`, the index of its message in `sent`, or `undefined` if nobody sent it. */
export const pairMessages = (
  sent: readonly Sighting[],
  received: readonly Sighting[],
): readonly (number | undefined)[] => {
  const sends = byKey(sent);
  const partners: (number | undefined)[] = received.map(() => undefined);
  for (const [key, receives] of byKey(received)) {
    const free = [...(sends.get(key) ?? [])];
    const inOrder = free.length <= receives.length;
    let last: number | undefined;
    for (const receive of receives) {
      // With fewer arrivals than repetitions, what arrives is the latest that was sent by then.
      const at = inOrder
        ? 0
        : Math.max(
            0,
            free.findLastIndex((send) => timeOf(sent, send) <= timeOf(received, receive)),
          );
      last = free.splice(0, at + 1).at(-1) ?? last;
      partners[receive] = last;
    }
  }
  return partners;
};

const timeOf = (sightings: readonly Sighting[], index: number): number => sightings[index]?.atMs ?? 0;

const byKey = (sightings: readonly Sighting[]): ReadonlyMap<string, readonly number[]> => {
  const groups = new Map<string, number[]>();
  for (const [index, { message }] of sightings.entries()) {
    const key = messageKey(message);
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  return groups;
};
