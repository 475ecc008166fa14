/** Everything that can happen in an exported model, as the options of Spin's loop. */
import { type Budget } from '../model/budget.ts';
import { type Side, sides } from '../model/names.ts';
import type { Tables } from './tables.ts';

export const isUsed = (budget: Partial<Budget>, name: keyof Budget): boolean => (budget[name] ?? 0) !== 0;

/** Whether changes go on until the application promises to stop. */
export const isUnending = ({ leftChanges, rightChanges }: Partial<Budget>): boolean =>
  leftChanges === 'endless' || rightChanges === 'endless';

/** An option of the loop: when it is possible, and what it does, in C. */
export interface Move {
  readonly guard: string;
  readonly does: string;
}

export function movesOf({ parameters }: Tables): readonly Move[] {
  const { budget } = parameters;
  const ofSide = (side: Side): readonly Move[] => {
    const who = side.toUpperCase();
    const happens = (kind: string, ...when: readonly string[]): Move => ({
      guard: [`can(${who}, ${kind})`, ...when].join(' && '),
      does: `take(${who}, ${kind});`,
    });
    /** At the price of one from the budget; without a price it does not happen. */
    const costs = (name: keyof Budget, kind: string, ...when: readonly string[]): readonly Move[] => {
      if (!isUsed(budget, name)) return [];
      if (budget[name] === 'endless') return [happens(kind, ...when)];
      const { guard, does } = happens(kind, ...when);
      return [{ guard: `now.${name} > 0 && ${guard}`, does: `now.${name}--; ${does}` }];
    };
    const changes = `${side}Changes` as const;
    const mayChange = isUnending(budget) ? ['!now.stopped'] : [];
    return [
      { guard: `hears(${who})`, does: `receive(${who});` },
      happens('DONE'),
      happens('DONE_UNCARRIED'),
      ...costs(changes, 'CHANGE', ...mayChange),
      ...(parameters.follow === side ? costs(changes, 'FOLLOWED_CHANGE', ...mayChange, `!follows(${who})`) : []),
      happens('TIMER', 'isQuiet()'),
      ...costs('timers', 'TIMER', '!isQuiet()'),
      ...costs('failures', 'FAIL'),
      ...costs('failures', 'FAIL_HALF'),
      ...costs('ends', 'HANG'),
      ...costs('ends', 'CLOSE'),
      ...costs('ends', 'ENGINE_CLOSES'),
      ...costs('restarts', 'RESTART'),
      ...costs('candidates', 'GATHER'),
      ...costs('candidates', 'GATHER_PENDING'),
      ...costs('iceRestarts', 'RESTART_ICE'),
    ];
  };
  const stop = { guard: 'goesOn() && !now.stopped', does: 'now.stopped = 1;' };
  return [...sides.flatMap(ofSide), ...(isUnending(budget) ? [stop] : [])];
}
