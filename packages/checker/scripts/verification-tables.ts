/** The tables of `docs/verification.md`, out of the manifest. */
import type { ManifestEntry } from '../src/check/manifest.ts';

type Row = readonly (string | number)[];

export const count = (number: number): string => number.toLocaleString('en');
export const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

const boundsOf = (among: readonly ManifestEntry[], id: string): readonly (number | 'unbounded')[] =>
  among.flatMap(({ bounds }) => (bounds[id] === undefined ? [] : [bounds[id]]));

const largest = (found: readonly (number | 'unbounded')[]): string | number => {
  if (found.length === 0) return '';
  return found.includes('unbounded') ? 'unbounded' : Math.max(...found.map(Number));
};

/** What is composed in a model: `over-links` are two endpoints with a link each. */
const partsOf = ({ model, roles }: ManifestEntry): string => {
  if (roles.length === 0) return 'two links';
  const [arbiter, clients] = [roles.at(-1), roles.slice(0, -1)];
  const between =
    clients.length === 1 ? `\`${clients[0]} / ${arbiter}\`` : `\`${arbiter}\` and ${clients.length} clients`;
  return model.startsWith('over-links') ? `${between} over links` : between;
};

export const composed = (entries: readonly ManifestEntry[]): readonly Row[] =>
  [...new Set(entries.map(partsOf))].map((parts) => {
    const own = entries.filter((entry) => partsOf(entry) === parts);
    const holding = own.filter(({ verdict }) => verdict === 'holds').length;
    return [
      parts,
      own.length,
      count(sum(own.map(({ distinctStates }) => distinctStates))),
      count(sum(own.map(({ transitions }) => transitions))),
      Math.max(...own.map(({ depth }) => depth)),
      `${holding} of ${own.length}`,
      largest(boundsOf(own, 'L3')),
      largest(boundsOf(own, 'L4')),
    ];
  });

/** By pair, manners and side: the exact bound of L3 without faults, with one failure, with one early timer. */
export const bounds = (entries: readonly ManifestEntry[]): readonly Row[] => {
  const following = entries.filter((entry) => entry.bounds['L3'] !== undefined);
  const pairOf = ({ roles, bound }: ManifestEntry) =>
    `\`${roles.join(' / ')}\`${bound['whileAsking'] === 'decline' ? ', declining' : ''}`;
  return [...new Set(following.map(pairOf))].flatMap((pair) =>
    (['left', 'right'] as const).map((side, place) => {
      const own = following.filter((entry) => pairOf(entry) === pair && entry.bound['follow'] === side);
      const among = (family: string) => own.filter(({ model }) => model.split('.').includes(family));
      const worst = (family: string) => largest(boundsOf(among(family), 'L3'));
      const role = own[0]?.roles[place] ?? '';
      return [
        pair,
        `the ${['polite', 'impolite'].includes(role) ? `${role} side` : role === 'auto' ? `${side} side` : role}`,
        ...['endless', 'failures-1', 'timers-1'].map(worst),
      ];
    }),
  );
};

/** Each danger, and in how many models it is reached. */
export const dangers = (entries: readonly ManifestEntry[]): readonly (readonly [danger: string, models: number])[] => {
  const reached = entries.flatMap(({ properties }) => properties.filter((id) => id.startsWith(prefix)));
  return [...new Set(reached)]
    .sort()
    .map((id) => [id.slice(prefix.length), reached.filter((one) => one === id).length] as const);
};

const prefix = 'reached: ';
