/** What a model takes for granted, in sentences: whoever reads a verdict reads them with it. */
import type { Budget, Count } from '../model/budget.ts';
import type { PairParameters } from '../model/parameters.ts';

export function assumptionsOf({ budget, answersCarry = 'either', follow }: PairParameters): readonly string[] {
  return [
    'messages arrive exactly once and in order, after any delay, as over the link',
    'an engine does one operation at a time, after any delay, by the state machine of RFC 9429',
    changes(budget),
    carrying[answersCarry],
    ...faults(budget),
    follow === undefined
      ? 'liveness: what is on its way arrives, operations end, and timers fire (weak fairness)'
      : `liveness: the same, and one change of the ${follow} side is followed`,
  ];
}

const carrying = {
  always: 'an answer carries what its maker owes',
  never: 'an answer never carries what its maker owes',
  either: 'an answer may or may not carry what its maker owes',
} as const;

function changes({ leftChanges = 0, rightChanges = 0 }: Partial<Budget>): string {
  if (leftChanges === 'endless' && rightChanges === 'endless') {
    return 'each side changes something any number of times, until both stop for good';
  }
  return `the left side changes something ${times(leftChanges)}, the right side ${times(rightChanges)}`;
}

const sentences = {
  failures: 'operations fail',
  timers: 'timers fire early',
  ends: 'sessions or engines are closed, or engines hang,',
  restarts: 'sessions are lost and begun anew, and then so is the other side as soon as it hears of it,',
  candidates: 'candidates are found',
  iceRestarts: 'ICE is restarted',
} as const;

function faults(budget: Partial<Budget>): readonly string[] {
  const entries = Object.entries(sentences) as readonly (readonly [keyof typeof sentences, string])[];
  return entries.flatMap(([name, what]) => {
    const count = budget[name] ?? 0;
    return count === 0 ? [] : [`${what} ${times(count)}`];
  });
}

const times = (count: Count): string =>
  count === 'endless'
    ? 'any number of times'
    : count === 0
      ? 'never'
      : count === 1
        ? 'at most once'
        : `at most ${count} times`;
