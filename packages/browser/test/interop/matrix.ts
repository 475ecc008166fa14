/** Which cells there are, and what is found out about a pair of engines before its glares. */
import { type Role, counterpart } from '@detente/core';
import type { Site } from '../harness/site.ts';
import { type CellResult, playCell, type Round, withEverything } from './cell.ts';
import type { End, EndOptions } from './end.ts';
import type { Host } from './hosts.ts';
import type { ErrorView } from './peer.ts';
import { type Avoidance, type Story, roleIn, stories } from './stories.ts';
import { tellByHand, tellWithOurs } from './tell.ts';

/** The left side's part; the right side plays the counterpart. */
export interface Cell {
  readonly left: Host;
  readonly right: Host;
  readonly role: Role;
  readonly against: 'ours' | "the W3C's example";
}

/** One role of each pair of roles. */
export const leadingRoles = ['polite', 'requester', 'answerer', 'auto'] as const satisfies readonly Role[];

/** Each engine with each, in both orders where the roles differ; then ours on each against the example on each. */
export const cellsOf = (hosts: readonly Host[]): readonly Cell[] => {
  const pairs = hosts.flatMap((left) => hosts.map((right) => ({ left, right })));
  const isFirstOrder = ({ left, right }: Pick<Cell, 'left' | 'right'>) => hosts.indexOf(left) <= hosts.indexOf(right);
  const amongOurs = leadingRoles.flatMap((role) =>
    pairs
      .filter((pair) => role !== counterpart[role] || isFirstOrder(pair))
      .map((pair): Cell => ({ ...pair, role, against: 'ours' })),
  );
  const againstExample = (['polite', 'impolite'] as const).flatMap((role) =>
    pairs
      .filter(({ right }) => right.playsExample)
      .map((pair): Cell => ({ ...pair, role, against: "the W3C's example" })),
  );
  return [...amongOurs, ...againstExample].filter(
    ({ left, right, role }) => left.roles.includes(role) && right.roles.includes(counterpart[role]),
  );
};

export interface PlayedCell extends CellResult {
  readonly left: string;
  readonly right: string;
  readonly role: Role;
  readonly against: Cell['against'];
  readonly avoided: readonly Avoidance[];
  readonly record: readonly Round[];
  /** An engine crashed meanwhile, perhaps by what else was played on it. */
  readonly sawCrash?: true;
}

/** How a story went, which the left engine is the subject of. */
export interface Told {
  readonly left: string;
  readonly right: string;
  readonly story: Story;
  /** What went wrong, if anything. */
  readonly byHand?: string;
  readonly withOurs?: string;
  readonly reported: readonly ErrorView[];
}

let rooms = 0;

export const withEnds = async <T>(
  site: Site,
  { left, right, role }: Pick<Cell, 'left' | 'right' | 'role'>,
  [byLeft, byRight]: readonly [EndOptions['by'], EndOptions['by']],
  play: (left: End, right: End, room: ReturnType<Site['enter']>) => Promise<T>,
): Promise<T> => {
  const name = `room-${(rooms += 1)}`;
  const url = site.room(name);
  const atLeft = await left.join({ url: `${url}?left`, role, by: byLeft });
  const atRight = await right.join({ url: `${url}?right`, role: counterpart[role], by: byRight });
  try {
    return await play(atLeft, atRight, site.enter(name));
  } finally {
    await Promise.allSettled([atLeft.close(), atRight.close()]);
  }
};

/** How often a story is told in a way in which nothing goes wrong, if it goes wrong in the other way. */
const tellings = 3;

/** Every story that the left engine can play a part in. */
export const tellStories = async (site: Site, left: Host, right: Host): Promise<readonly Told[]> => {
  const told: Told[] = [];
  for (const story of stories) {
    const role = roleIn(story);
    if (!left.roles.includes(role)) continue;
    const tellIt = {
      byHand: () =>
        withEnds(site, { left, right, role }, ['hand', 'hand'], (atLeft, atRight) =>
          tellByHand(story, { left: atLeft, right: atRight }),
        ),
      withOurs: () =>
        withEnds(site, { left, right, role }, ['ours', 'ours'], async (atLeft, atRight, room) => {
          try {
            await tellWithOurs(story, {
              left: withEverything(atLeft, role),
              right: withEverything(atRight, counterpart[role]),
              room,
            });
          } finally {
            const views = await Promise.allSettled([atLeft.look(), atRight.look()]);
            reported = views.flatMap((view) => (view.status === 'fulfilled' ? view.value.errors : []));
          }
        }),
    };
    let reported: readonly ErrorView[] = [];
    let byHand = await failureOf(tellIt.byHand());
    let withOurs = await failureOf(tellIt.withOurs());
    // What fails one way only may have gone well by chance the other way.
    for (let told = 1; told < tellings && (byHand === undefined) !== (withOurs === undefined); told += 1) {
      byHand ??= await failureOf(tellIt.byHand());
      withOurs ??= await failureOf(tellIt.withOurs());
    }
    // Whatever an engine does to itself here is not to be blamed on the glares that follow.
    for (const host of [left, right]) host.complaints();
    told.push({
      left: left.name,
      right: right.name,
      story,
      ...(byHand === undefined ? {} : { byHand }),
      ...(withOurs === undefined ? {} : { withOurs }),
      reported,
    });
  }
  return told;
};

const failureOf = (run: Promise<void>): Promise<string | undefined> =>
  run.then(
    () => undefined,
    (error: unknown) => firstLine(error),
  );

export const firstLine = (error: unknown): string => {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/^page\.evaluate: /, '');
};

/** What fails by hand, and that no adapter has put right, whoever of the two it befalls. */
export const avoidancesOf = (told: readonly Told[], { left, right, role }: Cell): readonly Avoidance[] => {
  const names = [left.name, right.name];
  const loser = role === 'impolite' ? right.name : left.name;
  const remaining = told.filter(
    ({ byHand, withOurs, story, ...pair }) =>
      byHand !== undefined &&
      withOurs !== undefined &&
      names.includes(pair.left as never) &&
      names.includes(pair.right as never) &&
      (left === right || pair.left !== pair.right) &&
      (roleIn(story) !== 'polite' || (['polite', 'impolite'].includes(role) && pair.left === loser)),
  );
  return [...new Set(remaining.map(({ story }) => story.avoidance))];
};

export interface RunOptions {
  readonly rounds: number;
  readonly seed: number;
}

export const play = async (
  site: Site,
  cell: Cell,
  { rounds, seed }: RunOptions,
  avoid: readonly Avoidance[],
): Promise<PlayedCell> => {
  const { left, right, role, against } = cell;
  const by = against === 'ours' ? (['ours', 'ours'] as const) : (['ours on the wire of the W3C', against] as const);
  const record: Round[] = [];
  const crashes = () => left.crashes() + right.crashes();
  const before = crashes();
  const labels = { left: left.name, right: right.name, role, against, avoided: avoid, record };
  try {
    const result = await withEnds(site, cell, by, (atLeft, atRight, room) =>
      playCell({
        left: withEverything(atLeft, role),
        right: withEverything(atRight, counterpart[role]),
        room,
        rounds,
        seed,
        avoid,
        record: (round) => record.push(round),
      }),
    );
    const complaints = [left, right].flatMap((host) => host.complaints());
    const [complaint] = complaints;
    const uncaught = complaint === undefined ? {} : { complaint, failure: complaint };
    return { ...labels, ...uncaught, ...result };
  } catch (error) {
    const nothing = { rounds: 0, glares: 0, descriptions: 0, errors: { left: [], right: [] } };
    return {
      ...labels,
      ...nothing,
      ...(crashes() > before && { sawCrash: true }),
      failure: firstLine(error),
      complaint: firstLine(error),
    };
  }
};
