/** The conversation: what can happen next, choose, look at it, go back. */
import { createInterface } from 'node:readline';
import { type PathState, type PathStep, initialStates, successors } from '@detente/checker/engine';
import type { Pair } from '@detente/checker/model';
import { toText } from '@detente/diagrams';
import colors from 'picocolors';
import { drawing } from '../terminal.ts';
import { toPicture } from './draw.ts';

const help = `  a number   make that move
  b          back, one step
  s          show the state
  d          draw what happened so far
  r          begin anew
  q          quit`;

/** Ends with the input, or when it is told to quit. */
export const explore = async (
  pair: Pair,
  input: NodeJS.ReadableStream,
  print: (text: string) => void,
): Promise<void> => {
  const initial = initialStates(pair)[0] as PathState;
  let steps: readonly PathStep[] = [];
  const here = (): PathState => steps.at(-1) ?? initial;
  const moves = () => successors(pair, Int32Array.from(here().state));
  const go = (to: readonly PathStep[]) => {
    steps = to;
    print([...arrival(pair, steps, here()), ...listed(pair, here(), moves())].join('\n'));
  };

  print(`${help}\n`);
  go([]);
  for await (const line of createInterface({ input })) {
    const word = line.trim();
    if (word === 'q') return;
    if (word === 'b' && steps.length > 0) go(steps.slice(0, -1));
    else if (word === 'b') print('This is the beginning.');
    else if (word === 'r') go([]);
    else if (word === 's') print(described(here()));
    else if (word === 'd') print(toText(toPicture(pair, initial, steps), drawing()));
    else if (word === '') go(steps);
    else {
      const chosen = /^\d+$/.test(word) ? moves()[Number(word) - 1] : undefined;
      if (chosen) go([...steps, chosen]);
      else print(`There is no '${word}' here. What there is:\n${help}`);
    }
  }
};

const described = ({ shown }: PathState): string => {
  const titles = ['left', 'on its way to the right', 'on its way to the left', 'right'];
  const parts = shown.split(' | ').map((part) => part.replace(/^[→←] /, '') || 'nothing');
  return parts.map((part, index) => `${colors.dim(`${titles[index]}:`.padEnd(25))} ${part}`).join('\n');
};

const arrival = ({ properties }: Pair, steps: readonly PathStep[], { state, shown }: PathState): readonly string[] => {
  const last = steps.at(-1);
  const words = Int32Array.from(state);
  const violated = properties.filter((property) => property.type === 'always' && !property.holds(words));
  return [
    '',
    colors.bold(last ? `${steps.length}. ${last.label}` : 'At the beginning'),
    colors.dim(shown),
    ...violated.map(({ id, sentence }) => colors.red(`violates ${id}: ${sentence}`)),
  ];
};

const listed = (pair: Pair, { state }: PathState, moves: readonly PathStep[]): readonly string[] => {
  if (moves.length > 0) return moves.map(({ label }, index) => `${String(index + 1).padStart(3)}  ${label}`);
  return pair.mayRest(Int32Array.from(state))
    ? [colors.green('Nothing more can happen: all is settled, or over.')]
    : [colors.red('Nothing more can happen, and it must not end like this: a deadlock.')];
};
