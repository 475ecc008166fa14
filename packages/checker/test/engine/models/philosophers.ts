/** Dining philosophers, who take the fork on one side, then that on the other. */
import type { Model } from '../../../src/engine/index.ts';

export interface PhilosophersParameters {
  readonly seats: number;
  /** Whether the last one starts on the other side than all others. */
  readonly lastIsLeftHanded: boolean;
}

const [thinks, holdsOne, eats] = [0, 1, 2] as const;

/** One word a philosopher: forks held. A fork is on the table if neither neighbour holds it. */
export function createModel({ seats, lastIsLeftHanded }: PhilosophersParameters): Model {
  const next = new Int32Array(seats);
  const firstFork = (seat: number) => (lastIsLeftHanded && seat === seats - 1 ? 0 : seat);
  const secondFork = (seat: number) => (lastIsLeftHanded && seat === seats - 1 ? seat : (seat + 1) % seats);
  const holds = (state: ArrayLike<number>, seat: number, fork: number) =>
    (state[seat]! >= holdsOne && firstFork(seat) === fork) || (state[seat]! === eats && secondFork(seat) === fork);
  const isFree = (state: ArrayLike<number>, fork: number) => {
    for (let seat = 0; seat < seats; seat++) if (holds(state, seat, fork)) return false;
    return true;
  };
  return {
    words: seats,
    properties: [],
    init: (emit) => emit(next.fill(thinks)),
    next(state, emit) {
      for (let seat = 0; seat < seats; seat++) {
        const fork = state[seat] === thinks ? firstFork(seat) : secondFork(seat);
        if (state[seat] !== eats && !isFree(state, fork)) continue;
        for (let word = 0; word < seats; word++) next[word] = state[word]!;
        next[seat] = (state[seat]! + 1) % 3;
        emit(seat, next);
      }
    },
    mayRest: () => false,
    describe: (seat, state) => `philosopher ${seat} ${['takes a fork', 'eats', 'thinks'][state[seat]!]!}`,
  };
}
