/** `detente check`: the model checker over the models that come with it. */
import { CheckInputError, entries, runCheck, selectModels } from '@detente/checker';
import type { Command } from 'commander';
import { BadInput } from '../bad-input.ts';
import { print, showProgress } from '../terminal.ts';
import { describeResult } from './describe-result.ts';

interface Flags {
  readonly json?: boolean;
  readonly model?: readonly string[];
  readonly deep?: boolean;
  readonly list?: boolean;
}

const examples = `
Ends with 1 when a property fails; its shortest counterexample is shown.

Examples:
  $ detente check                                      what is checked at every commit
  $ detente check --model requester-arbiter failures   models with both words in their names
  $ detente check --deep --list                        names alone
  $ detente check --json                               an object a line for each model
`;

export const addCheck = (program: Command, exit: (code: number) => void): void => {
  program
    .command('check')
    .description(`Explores every state of the models (there are ${entries.length}) and judges their properties.`)
    .option('--model <word...>', 'only models whose names contain each of these words')
    .option('--deep', 'the larger models, too: this takes long')
    .option('--list', 'print the names of the models, and check nothing')
    .option('--json', 'print an object a line for each model')
    .addHelpText('after', examples)
    .action(async ({ json, model, deep, list }: Flags) => {
      const selection = { tier: deep ? 'deep' : 'ci', models: model ?? [] } as const;
      const chosen = select(selection);
      if (list) return print(chosen.map(({ name }) => name).join('\n'));
      let done = 0;
      const { ok } = await runCheck({
        ...selection,
        onProgress(name, { doing, distinctStates }) {
          showProgress(`${done + 1} of ${chosen.length}: ${name}, ${doing}, ${distinctStates} states`);
        },
        onResult(result) {
          done += 1;
          showProgress('');
          print(json ? JSON.stringify(result) : describeResult(result).join('\n'));
        },
      });
      exit(ok ? 0 : 1);
    });
};

const select = (selection: Parameters<typeof selectModels>[0]): ReturnType<typeof selectModels> => {
  try {
    return selectModels(selection);
  } catch (error) {
    throw error instanceof CheckInputError ? new BadInput(`${error.message} (--list prints their names)`) : error;
  }
};
