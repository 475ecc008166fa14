/** What every model of two sides assumes of a side, whatever carries its messages. */
import type { Fairness } from '../engine/index.ts';
import { type Kind, kinds, moveOf } from './moves.ts';
import type { Side } from './names.ts';

/** What an engine does ends, and what a timer waits for comes. */
export const ofSide = (side: Side): readonly Fairness[] => [
  {
    name: `${side}'s operations end`,
    strength: 'weak',
    includes: among(side, kinds.done, kinds.doneUncarried, kinds.fail, kinds.failHalf, kinds.hang),
  },
  { name: `${side}'s timers fire`, strength: 'weak', includes: among(side, kinds.timer) },
];

const among =
  (side: Side, ...members: readonly Kind[]) =>
  (move: number): boolean =>
    members.some((kind) => move === moveOf(side, kind));
