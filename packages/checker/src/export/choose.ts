/** Which model is to be exported, by words of its name. */
import { catalogue, type PairEntry } from '../check/catalogue.ts';
import { entries } from '../check/entries.ts';

/** Thrown for a model that cannot be exported; the message says which can. */
export class ExportInputError extends Error {
  override readonly name = 'ExportInputError';
}

/** The one model whose name is, or has, all of these words. Throws `ExportInputError` when there is not exactly one. */
export function chooseModel(words: readonly string[]): PairEntry {
  const said = words.join(' ');
  const exact = catalogue.find(({ name }) => name === said);
  if (exact) return exact;
  const isMeant = ({ name }: { readonly name: string }) => words.every((word) => name.includes(word));
  const [first, ...others] = catalogue.filter(isMeant);
  if (first === undefined) {
    const other = entries.find(isMeant);
    const why =
      other === undefined
        ? `no model is called ${said}`
        : `${other.name} cannot be exported: only models of two sides with nothing but queues between them can`;
    throw new ExportInputError(`${why}; there are ${catalogue.length} that can, such as ${catalogue[0]!.name}`);
  }
  if (others.length > 0) {
    const some = [first, ...others.slice(0, 2)].map(({ name }) => name).join(', ');
    throw new ExportInputError(
      `${others.length + 1} models have ${said} in their names, such as ${some}; say more, or one name in full`,
    );
  }
  return first;
}
