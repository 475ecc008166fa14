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

✗: how far it came; why no further stands below the table. The same rounds were then played by hand, up to six times, three at
once as the cells were: on the same two engines, with the same changes and the same offers, answers and rollbacks in the same
order and the same checks, but without any code of ours. ⚠: the same went wrong by hand in the same round, so it is an engine's own
fault. What went wrong otherwise by hand, or sooner, or until one side offered once more, proves nothing, and the cell stays ✗. (One
fault is helped over by hand too, or nothing after it could be reached: an engine that refuses an ICE restart after a rollback is
asked again, once it has made such an offer itself.) What the sessions reported comes last.

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
in one of the two ways only is told in the other up to three times. Here are those that go wrong, in the engine's own words; where
our sessions fail as well, with what they report. A data channel that an engine closes or leaves connecting is no matter of
negotiation: no session reports it.

${pairsOf(told)
  .map((pair) => toChapter(pair))
  .filter((chapter) => chapter !== '')
  .join('\n\n')}
`;
};

const pairsOf = (told: readonly Told[]): readonly (readonly Told[])[] => {
  const nameOf = ({ left, right }: Told) => `${left} ${right}`;
  return [...new Set(told.map(nameOf))].map((name) => told.filter((each) => nameOf(each) === name));
};

/** What goes wrong between two engines. */
const toChapter = (told: readonly Told[]): string => {
  const lines = told
    .filter(({ byHand, withOurs }) => byHand !== undefined || withOurs !== undefined)
    .map(({ story, byHand = '✓', withOurs, reported }) => {
      const ours = withOurs === undefined ? '✓' : toSentences(withOurs, toReports(reported));
      return `- It ${story.name}.\n  - By hand: ${toText(byHand)}\n  - With ours: ${toText(ours)}`;
    });
  const [{ left, right } = { left: '', right: '' }] = told;
  return lines.length === 0 ? '' : `### ${title(left)}, with ${title(right)}\n\n${lines.join('\n')}`;
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
  const remarks = played.flatMap((cell) => toRemark(cell) ?? []);
  const corner = role === counterpart[role] ? 'both' : `${role} \\ ${counterpart[role]}`;
  const table = toTable([corner, ...columns.map(({ name }) => title(name))], rows);
  return [heading, table, ...(remarks.length === 0 ? [] : [remarks.join('\n')])].join('\n\n');
};

const toCell = (cell: JudgedCell, avoidances: readonly Avoidance[]): string => {
  const { rounds, glares, descriptions, failure, avoided } = cell;
  const letters = avoided.map((avoidance) => letter(avoidances, avoidance)).join(', ');
  const figures = `${glares} glares, ${descriptions} descriptions`;
  const outcome = failure === undefined ? `✓ ${figures}` : `${markOf(cell)} after ${rounds} rounds`;
  return letters === '' ? outcome : `${outcome} (${letters})`;
};

const markOf = ({ failure, verdict }: JudgedCell): string =>
  failure === undefined ? '✓' : verdict?.isEnginesFault === true ? '⚠' : '✗';

/** Why a cell failed, if it did, and what was reported. */
const toRemark = (cell: JudgedCell): string | undefined => {
  const { left, right, failure, verdict, errors } = cell;
  const reports = toReports([...errors.left, ...errors.right]) || (failure === undefined ? '' : 'Not reported');
  const byHand = verdict && `${verdict.isEnginesFault ? 'By hand too' : 'By hand'}: ${verdict.seen}`;
  const text = toSentences(failure, byHand, reports);
  return text === '' ? undefined : `- ${markOf(cell)} ${title(left)}, ${title(right)}: ${toText(text)}`;
};

const toSentences = (...parts: readonly (string | undefined)[]): string =>
  parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => part!.replace(/\.$/, ''))
    .join('. ');

/** As text of a list; engines write what would be markup. */
const toText = (text: string): string => text.replaceAll(/[<>*_|]/g, '\\$&');

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
