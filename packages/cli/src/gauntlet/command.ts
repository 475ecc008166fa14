/** `detente gauntlet` on the command line. */
import {
  type GauntletResult,
  type NegotiatorDriver,
  type Scenario,
  detenteNegotiators,
  negotiators,
  runScenario,
  scenarios,
  toGauntletMarkdown,
} from '@detente/testing';
import { type Command, Option } from 'commander';
import { wholeNumber } from '../numbers.ts';
import { print, printJson, showProgress } from '../terminal.ts';
import { choose } from './choose.ts';
import { loadDriver } from './driver-file.ts';
import { toSummary } from './summary.ts';

interface Flags {
  readonly driver?: string;
  readonly negotiator?: readonly string[];
  readonly scenario?: readonly string[];
  readonly tries: number;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

const listOf = (items: readonly { readonly name: string }[]): string => items.map(({ name }) => `  ${name}`).join('\n');

const help = `
A name may be a part of one. Ends with 1 when a negotiator of Détente fails on its own wire, or the one of --driver; others
are there to be compared with.

--driver takes a module of yours, which exports { name, create(pc, role, send, host) } by default or as driver: a few lines
around your negotiator. The same from a test of yours: runGauntlet({ drivers: [driver] }) of @detente/testing.

Negotiators:
${listOf(negotiators)}

Scenarios:
${listOf(scenarios)}

Examples:
  $ detente gauntlet
  $ detente gauntlet --negotiator 'W3C example' naive --scenario glare 'is lost'
  $ detente gauntlet --driver ./my-driver.js         yours alone; add --negotiator to compare
  $ detente gauntlet --markdown > gauntlet.md        with every story and the shortest traces
`;

export const addGauntlet = (program: Command, exit: (code: number) => void): void => {
  program
    .command('gauntlet')
    .description('Puts negotiators through the races in which calls died, and says what became of each call.')
    .option('--driver <module>', 'a negotiator of your own, alone or beside those of --negotiator')
    .option('--negotiator <name...>', 'only these (default: all)')
    .option('--scenario <name...>', 'only these (default: all)')
    .addOption(
      new Option('--tries <number>', 'interleavings of each scenario').argParser(wholeNumber(1, 1_000)).default(20),
    )
    .addOption(new Option('--json', 'print the results as JSON, traces included').conflicts('markdown'))
    .option('--markdown', 'print the results as a page')
    .addHelpText('after', help)
    .action(async ({ driver, negotiator, scenario, tries, json, markdown }: Flags) => {
      const own = driver === undefined ? [] : [await loadDriver(driver)];
      const compared = own.length > 0 && !negotiator ? [] : choose('negotiator', negotiators, negotiator);
      const chosen = choose('scenario', scenarios, scenario);
      const results = await run([...own, ...compared], chosen, tries);
      if (json) printJson(results);
      else print(markdown ? toGauntletMarkdown(results, chosen) : toSummary(results).join('\n'));
      exit(results.some(isFailureOf([...own, ...detenteNegotiators])) ? 1 : 0);
    });
};

const run = async (
  drivers: readonly NegotiatorDriver[],
  chosen: readonly Scenario[],
  tries: number,
): Promise<readonly GauntletResult[]> => {
  const results: GauntletResult[] = [];
  for (const driver of drivers) {
    for (const scenario of chosen) {
      showProgress(`${results.length + 1} of ${drivers.length * chosen.length}: ${driver.name}, ${scenario.name}`);
      results.push(await runScenario(driver, scenario, tries));
    }
  }
  showProgress('');
  return results;
};

const isFailureOf =
  (drivers: readonly NegotiatorDriver[]) =>
  ({ negotiator, verdict }: GauntletResult): boolean =>
    verdict !== 'passes' && drivers.some(({ name }) => name === negotiator);
