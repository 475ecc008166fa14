/** The alternating bit protocol over two channels that hold one message each and may lose it. */
import type { Fairness, Model } from '../../../src/engine/index.ts';

export interface AlternatingBitParameters {
  /** What is assumed of deliveries; sending is always weakly fair. */
  readonly deliveries: Fairness['strength'] | 'unfair';
}

const [sends, losesData, deliversData, losesAck, deliversAck] = [0, 1, 2, 3, 4] as const;
const labels = ['send', 'lose data', 'deliver data', 'lose ack', 'deliver ack'];

/** Words: the sender's bit, the bit that the receiver expects, the data and the ack under way (a bit, or -1). */
export function createModel({ deliveries }: AlternatingBitParameters): Model {
  const next = new Int32Array(4);
  const group = (name: string, strength: Fairness['strength'], member: number): Fairness => ({
    name,
    strength,
    includes: (move) => move === member,
  });
  const fairness = [
    group('sending', 'weak', sends),
    ...(deliveries === 'unfair'
      ? []
      : [group('data', deliveries, deliversData), group('acks', deliveries, deliversAck)]),
  ];
  return {
    words: 4,
    properties: [
      {
        type: 'always',
        id: 'in-step',
        sentence: 'the receiver expects the bit that is being sent, or has just taken it',
        holds: (state) => state[0] === state[1] || state[3] !== state[1],
      },
      ...[0, 1].map((bit) => ({
        type: 'leads-to' as const,
        id: `delivers-${bit}`,
        sentence: `a message with the bit ${bit} is acknowledged`,
        premise: (state: ArrayLike<number>) => state[0] === bit,
        conclusion: (state: ArrayLike<number>) => state[0] !== bit,
        fairness,
      })),
    ],
    init(emit) {
      next.set([0, 0, -1, -1]);
      emit(next);
    },
    next(state, emit) {
      const [bit, expected, data, ack] = [state[0]!, state[1]!, state[2]!, state[3]!];
      const to = (move: number, ...words: readonly number[]) => {
        next.set(words);
        emit(move, next);
      };
      if (data < 0) to(sends, bit, expected, bit, ack);
      if (data >= 0) to(losesData, bit, expected, -1, ack);
      if (data >= 0 && ack < 0) to(deliversData, bit, data === expected ? 1 - expected : expected, -1, data);
      if (ack >= 0) to(losesAck, bit, expected, data, -1);
      if (ack >= 0) to(deliversAck, ack === bit ? 1 - bit : bit, expected, data, -1);
    },
    mayRest: () => false,
    describe: (move) => labels[move]!,
  };
}
