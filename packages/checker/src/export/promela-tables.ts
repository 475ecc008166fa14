/** The tables of an exported model as C, for Spin. */
import type { Danger } from '../model/danger.ts';
import { type Fact, facts } from '../model/facts.ts';
import { type Kind, kinds } from '../model/moves.ts';
import type { Claim, NodeRow, Renaming, Tables } from './tables.ts';

/** Spin takes no text of C beyond a certain length, so nodes are laid out in pages. */
export const pageSize = 64;

/** Blocks of declarations. `judged`: what is claimed of each state. */
export function tablesInC(tables: Tables, judged: readonly Claim[]): readonly string[] {
  const { nodes, mails, dangers } = tables;
  const batches = nameBatches(nodes);
  const pages = Array.from({ length: Math.ceil(nodes.length / pageSize) }, (_, page) => page);
  return [
    declarations(judged, dangers),
    `/* What is sent at once, up to a 0. */\n${[...batches].map(([key, name]) => array('place', name, [...(key === '' ? [] : [key]), '0'])).join('\n')}`,
    ...pages.map((page) => pageOf(nodes, page, batches, judged)),
    mailsInC(mails),
    array(
      'struct node *const',
      'pages',
      pages.map((page) => `nodes${page}`),
    ),
  ];
}

export const inC = (name: string): string =>
  name
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`)
    .replaceAll('-', '_')
    .toUpperCase();

const array = (type: string, name: string, items: readonly string[]): string =>
  `static const ${type} ${name}[] = { ${items.join(', ')} };`;
const longArray = (type: string, name: string, lines: readonly string[]): string =>
  `static const ${type} ${name}[] = {\n${lines.join('\n')}\n};`;
const quoted = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(', ');
const hex = (word: number): string => `0x${(word >>> 0).toString(16)}u`;
const mask = (places: readonly number[]): number => places.reduce((bits, place) => bits | (1 << place), 0);

const declarations = (judged: readonly Claim[], dangers: readonly Danger[]): string => `\
/* What can happen to a side. A message is the input RECEIVE plus its number. */
enum { ${Object.entries(kinds)
  .map(([name, kind]) => `${inC(name)} = ${kind}`)
  .join(', ')} };
static const char *const inputNames[] = { ${quoted(Object.values(nameOfKind))} };

/* What is known of a node, above the bits of what can happen to it. */
enum { ${(Object.keys(facts) as Fact[]).map((fact) => `IS_${inC(fact)} = ${facts[fact]}`).join(', ')} };

enum { LEFT, RIGHT };

/* The properties of a state, and the dangers, by their bits. */
enum { ${judged.map(({ id }, place) => `P_${inC(id)} = ${1 << place}`).join(', ')} };
static const char *const properties[] = { ${quoted(judged.map(({ id }) => id))}, 0 };
static const char *const dangers[] = { ${[...dangers.map((danger) => `"${danger}"`), '0'].join(', ')} };

typedef unsigned char place;

/* What an input makes of a node: another one, messages that are sent, and whether something was reported that should
   not be without faults. shows: the dangers that are seen when it happens. */
struct outcome { int input, node; const place *sends; int troubled; unsigned shows; };

/* What a node or a message becomes when the ids in use are replaced by their ranks. */
struct renaming { unsigned ids; int as; };

/* ids: those that it mentions, a byte for each kind: offers of the left and the right side, requests of both.
   broken: the property that it violates. agreed: the exchange that it completed last; base: what the offer in it came
   after; 0 is none. */
struct node {
  const char *name;
  unsigned facts, ids, broken;
  int agreed, base;
  const struct outcome *outcomes;
  const struct renaming *renamings;
};

struct mail { const char *name; unsigned ids, shows; const struct renaming *renamings; };`;

const nameOfKind: Readonly<Record<Kind, string>> = Object.fromEntries(
  Object.entries(kinds).map(([name, kind]) => [kind, name]),
) as Record<Kind, string>;

function nameBatches(nodes: readonly NodeRow[]): ReadonlyMap<string, string> {
  const names = new Map([['', 'nothing']]);
  for (const { outcomes } of nodes) {
    for (const { sends } of outcomes) if (!names.has(sends.join())) names.set(sends.join(), `batch${names.size}`);
  }
  return names;
}

function pageOf(
  nodes: readonly NodeRow[],
  page: number,
  batches: ReadonlyMap<string, string>,
  judged: readonly Claim[],
): string {
  const own = nodes.slice(page * pageSize, (page + 1) * pageSize);
  const outcomes = layOut(
    own.map((node) =>
      node.outcomes.map(
        ({ input, node: to, sends, troubled, shows }) =>
          `{${input},${to},${batches.get(sends.join())!},${Number(troubled)},${mask(shows)}}`,
      ),
    ),
    '{-1}',
  );
  const renamings = layOutRenamings(own);
  return [
    longArray('struct outcome', `outcomes${page}`, outcomes.lines),
    longArray('struct renaming', `renamings${page}`, renamings.lines),
    longArray(
      'struct node',
      `nodes${page}`,
      own.map(({ name, facts: known, can, ids, broken, agreed, base }, at) => {
        const word = known.reduce((bits, fact) => bits | facts[fact], mask(can));
        const violates = broken === null ? 0 : 1 << judged.findIndex(({ id }) => id === broken);
        const words = `${hex(word)}, ${hex(ids)}, ${violates}, ${agreed}, ${base}`;
        const rows = `outcomes${page} + ${outcomes.starts[at]}, renamings${page} + ${renamings.starts[at]}`;
        return `/* ${page * pageSize + at} */ {"${name}", ${words}, ${rows}},`;
      }),
    ),
  ].join('\n');
}

function mailsInC(mails: Tables['mails']): string {
  const renamings = layOutRenamings(mails);
  return [
    longArray('struct renaming', 'mailRenamings', renamings.lines),
    longArray('struct mail', 'mails', [
      '{"nothing"},',
      ...mails.map(
        ({ name, ids, shows }, at) =>
          `/* ${at + 1} */ {"${name}", ${hex(ids)}, ${mask(shows)}, mailRenamings + ${renamings.starts[at]}},`,
      ),
    ]),
  ].join('\n');
}

const layOutRenamings = (rows: readonly { readonly renamings: readonly Renaming[] }[]) =>
  layOut(
    rows.map(({ renamings }) => renamings.map(([ids, as]) => `{${hex(ids)},${as}}`)),
    '{0}',
  );

/** Rows one behind the other, each closed by an end mark, and the place where each starts. */
function layOut(rows: readonly (readonly string[])[], end: string) {
  let length = 0;
  const starts = rows.map((row) => {
    const start = length;
    length += row.length + 1;
    return start;
  });
  // Spin counts lines in 16 bits, so that these share one.
  return { lines: [rows.map((row) => `${[...row, end].join(',')},`).join(' ')], starts };
}
