/** Choosing named things by parts of their names. */
import { BadInput } from '../bad-input.ts';

/**
 * Those whose names contain one of the parts, in their own order; all, when no parts are given. Case and accents do not
 * count. A part that is a whole name means that one alone. Throws `BadInput` for a part that is in no name.
 */
export const choose = <T extends { readonly name: string }>(
  what: string,
  all: readonly T[],
  parts: readonly string[] | undefined,
): readonly T[] => {
  if (parts === undefined) return all;
  const chosen = new Set(
    parts.flatMap((part) => {
      const exact = all.filter(({ name }) => plain(name) === plain(part));
      const found = exact.length > 0 ? exact : all.filter(({ name }) => plain(name).includes(plain(part)));
      if (found.length > 0) return found;
      throw new BadInput(`There is no ${what} '${part}'. There are:\n${all.map(({ name }) => `  ${name}`).join('\n')}`);
    }),
  );
  return all.filter((one) => chosen.has(one));
};

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
