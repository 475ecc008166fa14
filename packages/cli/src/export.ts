/** `detente export`: a model of two sides for Spin or TLC. */
import { basename } from 'node:path';
import { chooseModel, ExportInputError, toPromela, toTables, toTla } from '@detente/checker/export';
import { type Command, Option } from 'commander';
import { BadInput } from './bad-input.ts';
import { writeText } from './files.ts';
import { print, showProgress } from './terminal.ts';

interface Flags {
  readonly promela?: boolean;
  readonly tla?: boolean;
  readonly model: readonly string[];
  readonly out?: string;
}

const preset = 'requester-arbiter.rollback-none.endless.follow-left';

const examples = `
The text says what the model is, what it claims, and how to check it. docs/export.md has the whole story.

Examples:
  $ detente export --promela --out detente.pml
  $ detente export --tla --out Detente.tla                      and Detente.cfg beside it
  $ detente export --promela --model auto rollback-none mixed   a model with these words in its name
  $ detente check --deep --list                                 the names of all models
`;

export const addExport = (program: Command): void => {
  program
    .command('export')
    .description('Writes a model of two sides for Spin (Promela) or for TLC (TLA+).')
    .addOption(new Option('--promela', 'for Spin').conflicts('tla'))
    .option('--tla', 'for TLC')
    .option('--model <word...>', 'the model with each of these words in its name', [preset])
    .option('--out <file>', 'where to (default: standard output)')
    .addHelpText('after', examples)
    .action(async ({ promela, tla, model, out }: Flags) => {
      if (!promela && !tla) throw new BadInput('Say what for: --promela (Spin) or --tla (TLC).');
      const { name, parameters } = choose(model);
      const moduleName = tla && out !== undefined ? moduleIn(out) : undefined;
      showProgress(`exploring ${name}`);
      const tables = await toTables(parameters);
      showProgress('');
      const texts = promela ? [toPromela(name, tables)] : Object.values(toTla(name, tables, moduleName));
      if (out === undefined) {
        process.stdout.write(texts.join('\n'));
        return;
      }
      const files = [out, out.replace(/\.tla$/, '.cfg')];
      for (const [at, text] of texts.entries()) {
        await writeText(files[at]!, text);
        print(`${files[at]}  ${Math.ceil(text.length / 1_000)} kB`);
      }
    });
};

const choose = (words: readonly string[]): ReturnType<typeof chooseModel> => {
  try {
    return chooseModel(words);
  } catch (error) {
    throw error instanceof ExportInputError ? new BadInput(error.message) : error;
  }
};

/** TLA+ wants a file to be called like the module in it. */
const moduleIn = (file: string): string => {
  const name = basename(file, '.tla');
  if (!file.endsWith('.tla') || !/^[a-zA-Z][a-zA-Z0-9_]*$/.test(name)) {
    throw new BadInput(`${file} cannot hold a module of TLA+: it must be called like one, as Detente.tla.`);
  }
  return name;
};
