/** Peterson's mutual exclusion of two processes, as published or with its first two steps in the wrong order. */
import type { Fairness, Model, PackedState } from '../../../src/engine/index.ts';

export interface PetersonParameters {
  readonly order: 'flag-then-turn' | 'turn-then-flag';
  readonly fair: boolean;
}

/** Program counters: where a process is. */
const idle = 0;
const halfway = 1;
const waiting = 2;
const critical = 3;

/** A move is numbered like the place that it starts from, but for looking in vain. */
const labels = ['asks', 'asks on', 'enters', 'leaves', 'looks in vain'];
const vain = 4;
const moveOf = (process: number, move: number): number => labels.length * process + move;

/** Words: the two program counters, the two flags, the turn. */
export function createModel({ order, fair }: PetersonParameters): Model {
  const next = new Int32Array(5);
  const flagAt = order === 'flag-then-turn' ? idle : halfway;
  const at = (process: number, place: number) => (state: PackedState) => state[process] === place;
  const asksToEnter = (process: number) => (state: PackedState) =>
    state[process] === halfway || state[process] === waiting;
  const fairness: Fairness[] = [0, 1].map((process) => ({
    name: `process ${process}, once it has asked`,
    strength: 'weak',
    includes: (move) => move > moveOf(process, idle) && move <= moveOf(process, vain),
  }));
  return {
    words: 5,
    properties: [
      {
        type: 'always',
        id: 'exclusion',
        sentence: 'at most one process is in its critical section',
        holds: (state) => state[0] !== critical || state[1] !== critical,
      },
      {
        type: 'sometimes',
        id: 'contention',
        sentence: 'both processes wait at the same time',
        holds: (state) => state[0] === waiting && state[1] === waiting,
      },
      ...[0, 1].map((process) => ({
        type: 'leads-to' as const,
        id: `progress-${process}`,
        sentence: `process ${process} enters after it has asked`,
        premise: asksToEnter(process),
        conclusion: at(process, critical),
        ...(fair && { fairness }),
      })),
      {
        type: 'bounded',
        id: 'overtaking',
        sentence: 'while process 0 waits, process 1 enters at most once',
        pending: at(0, waiting),
        counts: (move) => move === moveOf(1, waiting),
        atMost: 1,
      },
    ],
    init(emit) {
      emit(next.fill(0));
    },
    next(state, emit) {
      for (let process = 0; process < 2; process++) {
        const other = 1 - process;
        const place = state[process]!;
        for (let word = 0; word < 5; word++) next[word] = state[word]!;
        if (place === waiting && state[2 + other] === 1 && state[4] === other) {
          emit(moveOf(process, vain), next);
          continue;
        }
        next[process] = (place + 1) % 4;
        if (place === idle || place === halfway) {
          if (place === flagAt) next[2 + process] = 1;
          else next[4] = other;
        }
        if (place === critical) next[2 + process] = 0;
        emit(moveOf(process, place), next);
      }
    },
    mayRest: () => false,
    describe: (move) => `process ${Math.floor(move / labels.length)} ${labels[move % labels.length]!}`,
    show: (state) => `${state[0]}${state[1]} flags ${state[2]}${state[3]} turn ${state[4]}`,
  };
}
