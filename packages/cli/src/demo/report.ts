/** The verdict in words and figures, as lines for a terminal. */
import colors from 'picocolors';
import type { EndReport } from './end.ts';
import { type Check, type ClientFacts, expectedBy, type Facts, judge } from './judge.ts';

export interface Report {
  readonly lines: readonly string[];
  /** How many of the checks failed. */
  readonly failed: number;
  readonly checks: number;
}

export const toReport = (facts: Facts): Report => {
  const checks = judge(facts);
  return {
    lines: [...figures(facts), '', ...table(facts.clients), '', ...checks.flatMap(verdict)],
    failed: checks.filter(({ problems }) => problems.length > 0).length,
    checks: checks.length,
  };
};

const figures = ({ clients, changes }: Facts): readonly string[] => {
  const byClients = totals(clients.map(({ ends }) => ends.client));
  const bySfu = totals(clients.map(({ ends }) => ends.sfu));
  const rows: readonly (readonly [name: string, count: number, meaning: string])[] = [
    ['changes', changes, 'tracks that clients added or removed'],
    [
      'exchanges',
      byClients.exchanges + bySfu.exchanges,
      `${byClients.exchanges} offered by clients, ${bySfu.exchanges} by the SFU`,
    ],
    [
      'waits',
      bySfu.waited + bySfu.otherWaited,
      `${bySfu.otherWaited} of a client for the SFU, ${bySfu.waited} of the SFU for a client`,
    ],
    ['glares', byClients.glares + bySfu.glares, 'offers that met an offer'],
    ['rollbacks', byClients.rollbacks + bySfu.rollbacks, 'offers taken back'],
    ['errors', byClients.errors + bySfu.errors, 'reported at either end'],
  ];
  return rows.map(
    ([name, count, meaning]) =>
      `  ${name.padEnd(10)}${colors.bold(String(count).padStart(6))}   ${colors.dim(meaning)}`,
  );
};

const totals = (ends: readonly EndReport[]) => {
  const total = (of: (end: EndReport) => number) => ends.reduce((sum, end) => sum + of(end), 0);
  return {
    exchanges: total(({ exchanges }) => exchanges),
    waited: total(({ waited }) => waited),
    otherWaited: total(({ otherWaited }) => otherWaited),
    glares: total(({ glares }) => glares),
    rollbacks: total(({ rollbacks }) => rollbacks),
    errors: total(({ errors }) => errors.length),
  };
};

const table = (clients: readonly ClientFacts[]): readonly string[] => [
  colors.dim('  client      publishes   receives      at rest'),
  ...clients.map((client) => {
    const expected = expectedBy(client, clients);
    const received = client.heard.delivered.filter((mark) => expected.includes(mark)).length;
    const cells = [
      client.name.padEnd(12),
      String(client.published.length).padEnd(12),
      `${received} of ${expected.length}`.padEnd(14),
    ];
    const isAtRest = client.ends.client.unrest.length + client.ends.sfu.unrest.length === 0;
    return `  ${cells.join('')}${isAtRest ? 'both ends' : colors.red('no')}`;
  }),
];

const verdict = ({ claim, problems }: Check): readonly string[] =>
  problems.length === 0
    ? [`  ${colors.green('✓')} ${claim}`]
    : [`  ${colors.red('✗')} ${claim}`, ...shortened(problems).map((problem) => `      ${problem}`)];

const shortened = (problems: readonly string[]): readonly string[] =>
  problems.length <= 6 ? problems : [...problems.slice(0, 5), `and ${problems.length - 5} more`];
