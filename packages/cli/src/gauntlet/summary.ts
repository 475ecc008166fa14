/** The gauntlet's results in a terminal: a mark for each, and for each failure what went wrong, when, and after what. */
import type { GauntletResult } from '@detente/testing';
import colors from 'picocolors';

/** Lines; negotiators are numbered, so that the table stays narrow. */
export const toSummary = (results: readonly GauntletResult[]): readonly string[] => {
  const negotiators = [...new Set(results.map(({ negotiator }) => negotiator))];
  const scenarios = [...new Set(results.map(({ scenario }) => scenario))];
  const width = Math.max(...scenarios.map(({ length }) => length));
  const mark = (scenario: string, negotiator: string): string => {
    const result = results.find((one) => one.scenario === scenario && one.negotiator === negotiator);
    return result?.verdict === 'passes' ? colors.green('✓') : colors.red('✗');
  };
  const failed = results.filter(({ verdict }) => verdict !== 'passes');
  return [
    ...negotiators.map((name, index) => {
      const own = results.filter(({ negotiator }) => negotiator === name);
      const passed = own.filter(({ verdict }) => verdict === 'passes').length;
      return `${index + 1}  ${name} ${colors.dim(`passes ${passed} of ${own.length}`)}`;
    }),
    '',
    `${' '.repeat(width)}  ${negotiators.map((_, index) => index + 1).join('  ')}`,
    ...scenarios.map(
      (scenario) => `${scenario.padEnd(width)}  ${negotiators.map((name) => mark(scenario, name)).join('  ')}`,
    ),
    ...(failed.length > 0 ? ['', ...failed.map(describe)] : []),
  ];
};

const describe = ({ negotiator, scenario, verdict, reason, atMs, seen, tried, trace }: GauntletResult): string => {
  const last = trace.slice(-3).map((line) => line.trim());
  return [
    `${colors.red('✗')} ${negotiator}, ${scenario}: ${colors.bold(verdict)} in ${seen} of ${tried} (${reason}, at ${atMs} ms)`,
    colors.dim(`    last: ${last.join('; ') || 'nothing'}`),
  ].join('\n');
};
