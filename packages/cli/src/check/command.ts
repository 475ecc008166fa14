/** `detente check`: the model checker over the models that come with it, or over one with bounds of the caller's choice. */
import { CheckInputError, type ModelEntry, entries, runCheck, selectModels, toPairEntry } from '@detente/checker';
import { type Role, roles } from '@detente/core';
import { Argument, type Command } from 'commander';
import { BadInput } from '../bad-input.ts';
import { type ModelFlags, addModelOptions, nameOf, refusing, toParameters } from '../model-options.ts';
import { wholeNumber } from '../numbers.ts';
import { print, showProgress } from '../terminal.ts';
import { describeResult } from './describe-result.ts';
import { writeCounterexamples } from './write-counterexamples.ts';

interface Flags extends ModelFlags {
  readonly json?: boolean;
  readonly model?: readonly string[];
  readonly deep?: boolean;
  readonly list?: boolean;
  readonly out?: string;
  readonly memory: number;
}

const examples = `
Ends with 1 when a property fails; its shortest counterexample is shown. With --out it is also written as text, as a sequence
diagram (.svg, and .mmd for Mermaid) and as a recording of real sessions that take the same steps, for detente replay.

Examples:
  $ detente check                                      what is checked at every commit
  $ detente check --model requester-arbiter failures   models with both words in their names
  $ detente check --deep --list                        names alone
  $ detente check --json                               an object a line for each model
  $ detente check polite --changes endless --failures 2 --out found
                                                       bounds of your own
`;

export const addCheck = (program: Command, exit: (code: number) => void): void => {
  const command = program
    .command('check')
    .description(`Explores every state of the models (there are ${entries.length}) and judges their properties.`)
    .addArgument(
      new Argument('[role]', 'check one model instead: of the left side, with the bounds below').choices(roles),
    )
    .option('--model <word...>', 'only models whose names contain each of these words')
    .option('--deep', 'the larger models, too: this takes long')
    .option('--list', 'print the names of the models, and check nothing')
    .option('--json', 'print an object a line for each model')
    .option('--out <folder>', 'write counterexamples there')
    .option('--memory <MiB>', 'what one model may use', wholeNumber(1, 1_000_000), 4096);
  addModelOptions(command)
    .addHelpText('after', examples)
    .action(async (role: Role | undefined, flags: Flags) => {
      const { json, list, out, memory } = flags;
      const selection = role === undefined ? chosenBy(command, flags) : customised(role, flags);
      const chosen = select(selection);
      if (list) return print(chosen.map(({ name }) => name).join('\n'));
      let done = 0;
      const { ok } = await withinReach(runCheck)({
        ...selection,
        maxBytes: memory * 2 ** 20,
        onProgress(name, { doing, distinctStates }) {
          showProgress(`${done + 1} of ${chosen.length}: ${name}, ${doing}, ${distinctStates} states`);
        },
        async onReport(report, model, { name }) {
          if (out !== undefined) await writeCounterexamples(out, name, model, report);
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

/** What a model cannot count any more is beyond its bounds, not a fault of it. */
const withinReach =
  (run: typeof runCheck): typeof runCheck =>
  async (options) => {
    try {
      return await run(options);
    } catch (error) {
      throw error instanceof RangeError ? new BadInput(`The bounds are too large: ${error.message}.`) : error;
    }
  };

interface Selection {
  readonly tier: 'ci' | 'deep';
  readonly models?: readonly string[];
  readonly entries?: readonly ModelEntry[];
}

const boundNames = [
  'rollback',
  'declines',
  'changes',
  'failures',
  'timers',
  'ends',
  'restarts',
  'candidates',
  'iceRestarts',
];

const chosenBy = (command: Command, { deep, model }: Flags): Selection => {
  const given = boundNames.find((name) => command.getOptionValueSource(name) === 'cli');
  if (given !== undefined) {
    throw new BadInput(`The models have bounds of their own; name a role for one with yours: ${roles.join(', ')}.`);
  }
  return { tier: deep ? 'deep' : 'ci', models: model ?? [] };
};

const customised = (role: Role, flags: Flags): Selection => {
  const entry = toPairEntry({ name: nameOf(role, flags), tier: 'ci', parameters: toParameters(role, flags) });
  // What makes no sense is refused now, and nothing is explored yet.
  refusing(() => entry.create());
  return { tier: 'ci', entries: [entry] };
};

const select = (selection: Selection): ReturnType<typeof selectModels> => {
  try {
    return selectModels(selection);
  } catch (error) {
    throw error instanceof CheckInputError ? new BadInput(`${error.message} (--list prints their names)`) : error;
  }
};
