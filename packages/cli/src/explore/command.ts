/** `detente explore` on the command line. */
import { type Pair, type PairParameters, ParameterError, createPair } from '@detente/checker/model';
import { type Role, roles } from '@detente/core';
import { Argument, type Command, Option } from 'commander';
import { BadInput } from '../bad-input.ts';
import { wholeNumber } from '../numbers.ts';
import { print } from '../terminal.ts';
import { explore } from './explore.ts';

interface Flags {
  readonly rollback: 'both' | 'left' | 'right' | 'none';
  readonly declines?: boolean;
  readonly changes: number;
  readonly failures: number;
  readonly timers: number;
  readonly ends: number;
  readonly restarts: number;
  readonly candidates: number;
  readonly iceRestarts: number;
}

const examples = `
Examples:
  $ detente explore polite                      cause a glare yourself
  $ detente explore requester --failures 1      and let an engine fail
  $ printf '1\\n2\\nd\\n' | detente explore       moves from a pipe, drawn at the end
`;

export const addExplore = (program: Command): void => {
  const upTo = (name: string, what: string, preset: number) =>
    new Option(`--${name} <number>`, what).argParser(wholeNumber(0, 14)).default(preset);
  program
    .command('explore')
    .description('Steps through everything that can happen between two sides: choose moves, look, go back.')
    .addArgument(
      new Argument('[role]', 'of the left side; the right one plays its counterpart')
        .choices(roles)
        .default('requester' satisfies Role),
    )
    .addOption(
      new Option('--rollback <side>', 'whose engine can roll back')
        .choices(['both', 'left', 'right', 'none'])
        .default('both'),
    )
    .option('--declines', 'a requester declines offers while it asks for the floor')
    .addOption(upTo('changes', 'how often each side may change something', 2))
    .addOption(upTo('failures', 'how many operations may fail', 0))
    .addOption(upTo('timers', 'how many timers may fire early', 0))
    .addOption(upTo('ends', 'how many sessions or engines may close or hang', 0))
    .addOption(upTo('restarts', 'how many sessions may be lost and begun anew', 0))
    .addOption(upTo('candidates', 'how many candidates may be found', 0))
    .addOption(upTo('ice-restarts', 'how often ICE may be restarted', 0))
    .addHelpText('after', examples)
    .action(async (role: Role, { rollback, declines, changes, ...faults }: Flags) => {
      const pair = create({
        role,
        rollback: {
          left: rollback !== 'right' && rollback !== 'none',
          right: rollback !== 'left' && rollback !== 'none',
        },
        whileAsking: declines ? 'decline' : 'answer',
        budget: { leftChanges: changes, rightChanges: changes, ...faults },
        reduce: false,
      });
      await explore(pair, process.stdin, print);
    });
};

const create = (parameters: PairParameters): Pair => {
  try {
    return createPair(parameters);
  } catch (error) {
    throw error instanceof ParameterError ? new BadInput(error.message) : error;
  }
};
