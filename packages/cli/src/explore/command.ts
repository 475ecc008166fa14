/** `detente explore` on the command line. */
import { createPair } from '@detente/checker/model';
import { type Role, roles } from '@detente/core';
import { Argument, type Command } from 'commander';
import { type ModelFlags, addModelOptions, refusing, toParameters } from '../model-options.ts';
import { print } from '../terminal.ts';
import { explore } from './explore.ts';

const examples = `
Examples:
  $ detente explore polite                      cause a glare yourself
  $ detente explore requester --failures 1      and let an engine fail
  $ printf '1\\n2\\nd\\n' | detente explore       moves from a pipe, drawn at the end
`;

export const addExplore = (program: Command): void => {
  const command = program
    .command('explore')
    .description('Steps through everything that can happen between two sides: choose moves, look, go back.')
    .addArgument(
      new Argument('[role]', 'of the left side; the right one plays its counterpart')
        .choices(roles)
        .default('requester' satisfies Role),
    );
  addModelOptions(command)
    .addHelpText('after', examples)
    .action(async (role: Role, flags: ModelFlags) => {
      const pair = refusing(() => createPair({ ...toParameters(role, flags), reduce: false }));
      await explore(pair, process.stdin, print);
    });
};
