/** Arithmetic of media directions. Spec: RFC 3264 §6.1, RFC 9429 §5.3.1. */
import type { Direction } from './types.ts';

export const sends = (direction: Direction | null): boolean => direction === 'sendrecv' || direction === 'sendonly';

export const receives = (direction: Direction | null): boolean => direction === 'sendrecv' || direction === 'recvonly';

export const toDirection = (sending: boolean, receiving: boolean): Direction => {
  if (sending) return receiving ? 'sendrecv' : 'sendonly';
  return receiving ? 'recvonly' : 'inactive';
};

/** The same direction from the other end's point of view. */
export const reverse = (direction: Direction): Direction => toDirection(receives(direction), sends(direction));

export const intersect = (left: Direction, right: Direction): Direction =>
  toDirection(sends(left) && sends(right), receives(left) && receives(right));
