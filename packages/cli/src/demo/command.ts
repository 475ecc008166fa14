/** `detente demo` on the command line. */
import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { wholeNumber } from '../numbers.ts';
import { runClientProcess } from './client-process.ts';
import { createDisplay } from './display.ts';
import { runDemo } from './run-demo.ts';

interface Flags {
  readonly seed?: number;
  readonly clients: number;
  readonly seconds: number;
  readonly naive: boolean;
  readonly port: number;
  readonly out: string;
}

const examples = `
Examples:
  $ detente demo                          6 clients, 15 seconds, another seed each time
  $ detente demo --seed 7 --clients 4     the changes of seed 7, by 4 clients
  $ detente demo --naive                  the same without ask-first: see what breaks
`;

export const addDemo = (program: Command, exit: (code: number) => void): void => {
  program
    .command('demo')
    .description(
      'An SFU and its clients, each in a process of its own, add and remove tracks at random and must agree.',
    )
    .addOption(
      new Option('--seed <number>', 'which random changes (default: a new one, printed)').argParser(
        wholeNumber(0, 999_999),
      ),
    )
    .addOption(new Option('--clients <number>', 'how many clients').argParser(wholeNumber(2, 16)).default(6))
    .addOption(new Option('--seconds <number>', 'how long they change').argParser(wholeNumber(1, 600)).default(15))
    .option('--naive', 'offer whenever something changes, without asking first', false)
    .addOption(
      new Option('--port <number>', "the SFU's port on loopback, 0 for any")
        .argParser(wholeNumber(0, 65_535))
        .default(0),
    )
    .option('--out <folder>', 'where the picture goes', 'out')
    .addHelpText('after', examples)
    .action(async ({ seed = randomInt(10_000), out, ...flags }: Flags) => {
      exit(await runDemo({ ...flags, seed, out: resolve(out), display: createDisplay(process.stdout) }));
    });

  program.command('demo-client', { hidden: true }).action(runClientProcess);
};
