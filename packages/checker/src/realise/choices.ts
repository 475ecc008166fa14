/**
 * What an application may change, so that answers carry it or do not, as a path says. An answer carries a track if an
 * m-line of the offer is free for it; it never carries a transceiver that the application adds.
 */
import { wishes } from '../model/engine.ts';
import { kindOf, kinds, sideOf } from '../model/moves.ts';
import { otherSide, type Side } from '../model/names.ts';
import { places } from '../model/places.ts';
import type { ChangeChoice } from './steered-engine.ts';
import type { UnfoldedPath } from './unfold.ts';

const track: ChangeChoice = [{ kind: 'addTrack', which: 0 }];
const transceiver: ChangeChoice = [{ kind: 'addTransceiver', which: 0 }];
/** Free m-lines for tracks of the other side. */
const room: ChangeChoice = [...transceiver, ...transceiver, ...transceiver, ...transceiver];

/** For each step that changes something, what it may change: the likeliest first. */
export function choicesFor(path: UnfoldedPath): ReadonlyMap<number, readonly ChangeChoice[]> {
  const answers = path.steps.flatMap((_, at) => answerOf(path, at));
  const changes = path.steps.flatMap(({ move }, at) => (isChange(move) ? [at] : []));
  return new Map(changes.map((at) => [at, inOrder(at, sideOf(path.steps[at]!.move), answers)]));
}

const isChange = (move: number): boolean =>
  move < 32 && ([kinds.change, kinds.followedChange, kinds.restart] as number[]).includes(kindOf(move));

interface Answer {
  readonly at: number;
  readonly side: Side;
  readonly carries: boolean;
}

/** An answer whose maker owed something. */
function answerOf({ pair, initial, steps }: UnfoldedPath, at: number): readonly Answer[] {
  const { move } = steps[at]!;
  if (move >= 32 || !([kinds.done, kinds.doneUncarried] as number[]).includes(kindOf(move))) return [];
  const side = sideOf(move);
  const { state } = steps[at - 1] ?? initial;
  const { work } = pair.automaton.nodes.valueOf(state[places[side]]!).engine;
  if (work?.operation !== 'createAnswer' || work.carries === wishes.none) return [];
  return [{ at, side, carries: kindOf(move) === kinds.done }];
}

function inOrder(at: number, side: Side, answers: readonly Answer[]): readonly ChangeChoice[] {
  const own = answers.find((answer) => answer.at > at && answer.side === side);
  const theirs = answers.find((answer) => answer.at > at && answer.side === otherSide(side) && answer.carries);
  if (own?.carries) return [track, room, transceiver];
  if (theirs) return [room, track, transceiver];
  return own ? [transceiver, track, room] : [track, room, transceiver];
}
