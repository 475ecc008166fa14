/** What was played, as the page docs/interop.md. */
import { type Role, counterpart } from '@detente/core';
import { type RunOptions, type Told, leadingRoles } from './matrix.ts';
import type { ErrorView } from './peer.ts';
import type { Avoidance } from './stories.ts';
import type { JudgedCell } from './verdict.ts';

export interface Outcome extends RunOptions {
  readonly engines: readonly { readonly name: string; readonly version: string; readonly roles: readonly Role[] }[];
  readonly told: readonly Told[];
  readonly cells: readonly JudgedCell[];
}

const titles: Readonly<Record<string, string>> = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  wrtc: '@roamhq/wrtc',
  werift: 'werift',
};

const title = (name: string): string => titles[name] ?? name;

export const toInteropPage = (outcome: Outcome): string => {
  const { engines, told, cells, rounds, seed } = outcome;
  const avoidances = [...new Set(cells.flatMap(({ avoided }) => avoided))];
  return `# Every engine against every other

Sessions on two engines, with a WebSocket between them. In each of ${rounds} rounds both sides change something at the same
moment: tracks of both kinds are added and removed, directions change, transceivers are stopped, data channels are made, ICE is
restarted. After each round both sides must be settled and agree about m-lines, directions and ICE generation, and what
flows must be what both want; in the end data must come back through every data channel of either side, and packets and
frames must arrive on every m-line that carries a track. An answerer stops nothing, as only an offer can, and restarts ICE
with \`session.restartIce()\`; the first data channel is the offerer's. Seed ${seed}.

✓: all of it. The figures are rounds in which both sides spoke up before either heard of the other, and descriptions an exchange
of all those rounds took. A letter: the glares do without something that at least one of the two engines cannot do with the other,
with or without us (below). –: cannot be played, as no engine without rollback can be polite.

✗: how far it came, and why no further. The same rounds were then played by hand, up to five times: on the same two engines, with
the same changes and the same offers, answers and rollbacks in the same order and the same checks, but without any code of ours.
⚠: the same went wrong by hand in the same round, so it is an engine's own fault. What went wrong otherwise by hand, or sooner, or
until one side offered once more, proves nothing, and the cell stays ✗. (One fault is helped over by hand too, or nothing after it
could be reached: an engine that refuses an ICE restart after a rollback is asked again, once it has made such an offer itself.)
What the sessions reported comes last.

Written by \`pnpm interop\`, on real engines.

${toTable(
  ['engine', 'version', 'roles'],
  engines.map(({ name, version, roles }) => [title(name), version, roles.join(', ')]),
)}

${leadingRoles.map((role) => toMatrix(outcome, role, 'ours', avoidances)).join('\n\n')}

## Ours against the W3C's example

Ours speaks its wire (\`wire: 'w3c'\`); the example, word for word, is on the other side, where an engine can play it.

${(['polite', 'impolite'] as const).map((role) => toMatrix(outcome, role, "the W3C's example", avoidances)).join('\n\n')}

${avoidances.map((avoidance) => `${letter(avoidances, avoidance)}: ${avoidance}.`).join('  \n')}

## What engines get wrong by themselves

Each story is told by hand first, with the engines' own calls and without any code of ours, then with our sessions; what goes wrong
in one of the two ways only is told in the other up to three times. Those that go wrong by hand, in the engine's own words. Where our sessions fail as well, what they report is in the last column. A data channel that an
engine closes or leaves connecting is no matter of negotiation: no session reports it.

${toTable(
  ['the first engine', 'the other engine', 'the first …', 'by hand', 'with ours'],
  told
    .filter(({ byHand, withOurs }) => byHand !== undefined || withOurs !== undefined)
    .map(({ left, right, story, byHand, withOurs, reported }) => [
      title(left),
      title(right),
      story.name,
      byHand ?? '✓',
      withOurs === undefined ? '✓' : [withOurs, toReports(reported)].filter((part) => part !== '').join('. '),
    ]),
)}
`;
};

const toMatrix = (
  { engines, cells }: Outcome,
  role: Role,
  against: JudgedCell['against'],
  avoidances: readonly Avoidance[],
): string => {
  const played = cells.filter((cell) => cell.role === role && cell.against === against);
  const columns = engines.filter(({ name }) => played.some(({ right }) => right === name));
  const heading = against === 'ours' ? `## ${role} and ${counterpart[role]}` : `### Ours is ${role}`;
  const rows = engines.map(({ name }) => [
    title(name),
    ...columns.map((column) => {
      const cell = played.find(({ left, right }) => left === name && right === column.name);
      if (cell !== undefined) return toCell(cell, avoidances);
      // The roles are the same, so the other order is the same cell.
      return role === counterpart[role] ? '' : '–';
    }),
  ]);
  const corner = role === counterpart[role] ? 'both' : `${role} \\ ${counterpart[role]}`;
  return `${heading}\n\n${toTable([corner, ...columns.map(({ name }) => title(name))], rows)}`;
};

const toCell = (
  { rounds, glares, descriptions, failure, verdict, avoided, errors }: JudgedCell,
  avoidances: readonly Avoidance[],
): string => {
  const letters = avoided.map((avoidance) => letter(avoidances, avoidance)).join(', ');
  const figures = `${glares} glares, ${descriptions} descriptions`;
  const mark = verdict?.isEnginesFault === true ? '⚠ by hand too:' : '✗';
  const outcome = failure === undefined ? `✓ ${figures}` : `${mark} after ${rounds} rounds: ${failure}`;
  const byHand = verdict === undefined ? '' : `By hand: ${verdict.seen}`;
  const reports = toReports([...errors.left, ...errors.right]) || (failure === undefined ? '' : 'Not reported');
  return [letters === '' ? outcome : `${outcome} (${letters})`, byHand, reports]
    .filter((part) => part !== '')
    .join('. ');
};

const letter = (avoidances: readonly Avoidance[], avoidance: Avoidance): string =>
  'abcdefgh'.charAt(avoidances.indexOf(avoidance));

/** Each code once, with what the engine said first. Whoever is impolite tells of each offer that it ignores. */
const toReports = (errors: readonly ErrorView[]): string => {
  const firsts = new Map<string, string | undefined>();
  for (const { code, cause } of errors) if (!firsts.has(code)) firsts.set(code, cause);
  firsts.delete('offer-ignored');
  const reports = [...firsts].map(([code, cause]) => (cause === undefined ? `\`${code}\`` : `\`${code}\` (${cause})`));
  return reports.length === 0 ? '' : `Reported: ${reports.join(', ')}`;
};

const toTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
