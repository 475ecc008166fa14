/** The gauntlet's results as a page: the table, the stories, and the shortest trace of each way to fail. */
import type { GauntletResult } from './run.ts';
import type { Scenario } from './scenario.ts';
import { scenarios as allScenarios } from './scenarios.ts';

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** Markdown; the same results give the same text. */
export const toGauntletMarkdown = (
  results: readonly GauntletResult[],
  scenarios: readonly Scenario[] = allScenarios,
): string => {
  const negotiators = unique(results.map(({ negotiator }) => negotiator));
  const cell = (negotiator: string, scenario: string) =>
    results.find((one) => one.negotiator === negotiator && one.scenario === scenario);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = [
    row(['scenario', ...negotiators]),
    row(['---', ...negotiators.map(() => '---')]),
    ...scenarios.map(({ name }) =>
      row([`[${name}](#${anchor(name)})`, ...negotiators.map((negotiator) => toCell(cell(negotiator, name)))]),
    ),
  ];
  return [...table, '', ...scenarios.flatMap((scenario) => toSection(scenario, results))].join('\n');
};

const toCell = (result: GauntletResult | undefined): string => {
  if (!result) return '';
  if (result.verdict === 'passes') return 'passes';
  return `**${result.verdict}** (${result.seen} of ${result.tried})`;
};

const anchor = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');

const toSection = ({ name, story, reports }: Scenario, results: readonly GauntletResult[]): readonly string[] => {
  const own = results.filter(({ scenario }) => scenario === name);
  const failed = own.filter(({ verdict }) => verdict !== 'passes');
  return [
    `## ${name}`,
    '',
    story,
    '',
    `Seen in: ${reports.map(toLink).join(', ')}.`,
    '',
    ...failed.map(
      (one) => `- ${one.negotiator}: ${one.verdict} (${one.reason}; ${one.length} events, seed ${one.seed})`,
    ),
    ...own
      .filter(({ verdict, reason }) => verdict === 'passes' && reason !== 'agrees')
      .map((one) => `- ${one.negotiator}: ${one.reason}`),
    ...(failed.length > 0 ? toTrace(failed) : []),
    '',
  ];
};

/** `owner/repository#12` is on GitHub, which forwards from issues to pull requests. */
const toLink = (report: string): string =>
  report.replace(/^([\w.-]+\/[\w.-]+)#(\d+)$/, '[$&](https://github.com/$1/issues/$2)');

const toTrace = (failed: readonly GauntletResult[]): readonly string[] => {
  const [shortest] = failed.toSorted((one, other) => one.length - other.length);
  if (!shortest) return [];
  const lines = shortest.trace.slice(-30);
  return ['', `The end of the shortest, ${shortest.negotiator}:`, '', '```text', ...lines, '```'];
};
