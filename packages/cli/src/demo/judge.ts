/** Whether everybody agrees in the end, from the facts alone. */
import type { EndReport } from './end.ts';
import type { Heard } from './protocol.ts';

export interface ClientFacts {
  readonly name: string;
  /** Marks of what it published in the end. */
  readonly published: readonly string[];
  readonly heard: Heard;
  /** Its end of the connection, and the SFU's. */
  readonly ends: { readonly client: EndReport; readonly sfu: EndReport };
}

export interface Facts {
  readonly clients: readonly ClientFacts[];
  /** How many changes the clients made. */
  readonly changes: number;
  /** What the SFU complained of, apart from negotiation. */
  readonly troubles: readonly string[];
  /** Peer connections that the SFU still had after all had left. */
  readonly leaked: number;
}

export interface Check {
  readonly claim: string;
  /** What speaks against it; empty when it holds. */
  readonly problems: readonly string[];
}

/** The marks that the client must receive: everybody's but its own. */
export const expectedBy = (client: { name: string }, all: readonly { name: string; published: readonly string[] }[]) =>
  all.filter(({ name }) => name !== client.name).flatMap(({ published }) => published);

export const judge = ({ clients, troubles, leaked }: Facts): readonly Check[] => {
  const sides = clients.flatMap(({ name, ends }) => [
    { at: name, end: ends.client },
    { at: `the SFU for ${name}`, end: ends.sfu },
  ]);
  const none = (claim: string, things: string, count: (end: EndReport) => number): Check => {
    const counts = sides.map(({ end }) => count(end)).filter((number) => number > 0);
    const total = counts.reduce((sum, number) => sum + number, 0);
    return { claim, problems: total === 0 ? [] : [`${total} ${things}, at ${counts.length} of ${sides.length} ends`] };
  };
  return [
    {
      claim: 'every client receives exactly the tracks that are published',
      problems: clients.flatMap((client) => mediaProblems(client, expectedBy(client, clients))),
    },
    {
      claim: 'both ends of every connection are stable and owe nothing',
      problems: sides.flatMap(({ at, end }) => end.unrest.map((unrest) => `${at}: ${unrest}`)),
    },
    none('no offers collided', 'glares', ({ glares }) => glares),
    none('nothing was rolled back', 'rollbacks', ({ rollbacks }) => rollbacks),
    { claim: 'no error was reported', problems: tallied([...sides.flatMap(({ end }) => end.errors), ...troubles]) },
    { claim: 'no peer connection is left open', problems: leaked === 0 ? [] : [`the SFU still has ${leaked}`] },
  ];
};

/** Each error once, the most frequent first. */
const tallied = (errors: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const error of errors) counts.set(error, (counts.get(error) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([error, count]) => `${count} × ${error}`);
};

const mediaProblems = ({ name, heard }: ClientFacts, expected: readonly string[]): readonly string[] => {
  const missing = expected.filter((mark) => !heard.delivered.includes(mark));
  const extra = [...new Set([...heard.received, ...heard.delivered])].filter((mark) => !expected.includes(mark));
  return [
    ...(missing.length === 0 ? [] : [`${name} misses ${missing.length} of ${expected.length}: ${list(missing)}`]),
    ...(extra.length === 0 ? [] : [`${name} still receives ${extra.length} removed: ${list(extra)}`]),
    ...(heard.misplaced.length === 0 ? [] : [`${name} receives on the wrong track: ${list(heard.misplaced)}`]),
  ];
};

const list = (marks: readonly string[]): string =>
  marks.length <= 3 ? marks.join(', ') : `${marks.slice(0, 3).join(', ')}, …`;
