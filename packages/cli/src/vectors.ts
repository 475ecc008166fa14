/** `detente vectors`: what a port to another language is checked against. */
import { join } from 'node:path';
import { createVectorFiles } from '@detente/checker/vectors';
import { type Role, roles } from '@detente/core';
import { type Command, Option } from 'commander';
import { makeFolder, writeText } from './files.ts';
import { wholeNumber } from './numbers.ts';
import { print, showProgress } from './terminal.ts';

interface Flags {
  readonly role?: readonly Role[];
  readonly seed: number;
  readonly walks: number;
}

const examples = `
Examples:
  $ detente vectors vectors                             vectors/vectors.json and its schema
  $ detente vectors vectors --role requester arbiter    only what a port of ask-first needs
  $ detente vectors vectors --walks 200                 with more runs
`;

export const addVectors = (program: Command): void => {
  program
    .command('vectors')
    .description(
      'Writes the automaton of an endpoint and a few thousand runs as JSON, with a schema, for ports to check.',
    )
    .argument('<directory>', 'where to; it is created if it is not there')
    .addOption(new Option('--role <role...>', 'only of these roles (default: all)').choices(roles))
    .addOption(new Option('--seed <number>', 'of the random walks').argParser(wholeNumber(0, 999_999)).default(1))
    .addOption(
      new Option('--walks <number>', 'random walks for each automaton, beside the runs that cover it')
        .argParser(wholeNumber(0, 10_000))
        .default(20),
    )
    .addHelpText('after', examples)
    .action(async (directory: string, { role, ...options }: Flags) => {
      await makeFolder(directory);
      showProgress('walking through every automaton');
      const files = createVectorFiles({ ...options, roles: role });
      showProgress('');
      for (const { name, text } of files) {
        const file = join(directory, name);
        await writeText(file, text);
        print(`${file}  ${Math.ceil(text.length / 1_000)} kB`);
      }
    });
};
