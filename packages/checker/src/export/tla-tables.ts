/** The tables of an exported model as constants of TLA+. Nodes and messages are numbered from 1 there. */
import { kinds } from '../model/moves.ts';
import type { IdSet } from '../model/renumber.ts';
import type { NodeRow, Renaming, Tables } from './tables.ts';

export function tablesInTla({ nodes, mails, dangers }: Tables): string {
  const classes = numbered(nodes.map(classOf));
  const batches = numbered(nodes.flatMap(({ outcomes }) => outcomes.map(({ sends }) => tuple(sends))));
  const pairs = (isMeant: (outcome: NodeRow['outcomes'][number]) => boolean) =>
    set(nodes.flatMap(({ outcomes }, node) => outcomes.filter(isMeant).map(({ input }) => tuple([node + 1, input]))));
  return [
    `\\* What can happen to a node, and what is known of it.\nClasses == ${sequence([...classes.keys()])}`,
    `\\* Name, class, ids in use, property that is violated, exchange agreed on, what the offer in it came after.
Nodes == ${sequence(
      nodes.map((node) =>
        tuple([
          text(node.name),
          classes.get(classOf(node))!,
          ids(node.ids),
          text(node.broken ?? ''),
          node.agreed,
          node.base,
        ]),
      ),
    )}`,
    `\\* Messages that are sent at once.\nBatches == ${sequence([...batches.keys()])}`,
    `\\* What an input makes of a node: another node, and a batch.
Steps == ${sequence(
      nodes.map(({ outcomes }) =>
        map(outcomes.map(({ input, node, sends }) => [input, tuple([node + 1, batches.get(tuple(sends))!])])),
      ),
    )}`,
    `\\* What a node becomes when the ids in use are replaced by their ranks.
NewNodes == ${sequence(nodes.map(({ renamings }) => renamed(renamings, 1)))}`,
    `\\* Name and ids in use.\nMails == ${sequence(mails.map((mail) => tuple([text(mail.name), ids(mail.ids)])))}`,
    `NewMails == ${sequence(mails.map(({ renamings }) => renamed(renamings, 0)))}`,
    `\\* Where something is reported that should not be without faults, as node and input.
Troubling == ${pairs(({ troubled }) => troubled)}`,
    ...dangers.map((danger, place) => {
      const shown = set(mails.flatMap(({ shows }, mail) => (shows.includes(place) ? [mail + 1] : [])));
      return `\\* Where this is seen: ${danger}
Steps_${identifier(danger)} == ${pairs(({ shows }) => shows.includes(place))}
Mails_${identifier(danger)} == ${shown}`;
    }),
  ].join('\n\n');
}

export const identifier = (name: string): string => name.replaceAll(/[^a-zA-Z0-9]/g, '_');

const tuple = (items: readonly (string | number)[]): string => `<<${items.join(', ')}>>`;
const sequence = (items: readonly string[]): string => `<<\n${items.map((item) => `  ${item}`).join(',\n')}\n>>`;
const set = (items: readonly (string | number)[]): string => `{${items.join(', ')}}`;
const text = (name: string): string => `"${name}"`;
const map = (entries: readonly (readonly [string | number, string | number])[]): string =>
  entries.length === 0 ? '<<>>' : entries.map(([from, to]) => `${from} :> ${to}`).join(' @@ ');
const renamed = (renamings: readonly Renaming[], first: number): string =>
  map(renamings.map(([before, as]) => [ids(before), as + first]));

const classOf = ({ can, facts }: NodeRow): string =>
  `[can |-> ${set(can)}, is |-> ${set(facts.map((fact) => text(fact)))}]`;

/** Offers of the left side are 1 to 8, of the right side 11 to 18; requests 21 to 28 and 31 to 38. */
const ids = (word: IdSet): string =>
  set(
    Array.from({ length: 32 }, (_, bit) => bit).flatMap((bit) =>
      (word >>> bit) & 1 ? [(bit >> 3) * 10 + (bit & 7) + 1] : [],
    ),
  );

/** Numbers texts from 1 in the order in which they come. */
function numbered(texts: readonly string[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const one of texts) if (!numbers.has(one)) numbers.set(one, numbers.size + 1);
  return numbers;
}

export const kindsInTla = Object.entries(kinds)
  .map(([name, kind]) => `${name} == ${kind}`)
  .join('\n');
