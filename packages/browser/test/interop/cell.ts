/**
 * One cell of the matrix: two peers, round after round in which both change something at the same moment, and must then
 * agree; in the end data and media must flow both ways.
 */
import { iceUfrags } from '@detente/core';
import { agreement, createRandom } from '@detente/testing';
import type { Room } from '../harness/relay.ts';
import { flowsAsWanted } from '../scenarios/flows.ts';
import { until } from '../scenarios/engine.ts';
import { chooseChanges } from './changes.ts';
import type { Change, ErrorView, Peer, View } from './peer.ts';

export interface Side {
  readonly peer: Peer;
  readonly can: readonly Change['type'][];
}

export interface CellOptions {
  readonly left: Side;
  readonly right: Side;
  /** Its members are `left` and `right` by their queries. */
  readonly room: Room;
  readonly rounds: number;
  readonly seed: number;
}

export interface CellResult {
  /** Rounds after which both sides agreed. */
  readonly rounds: number;
  /** Rounds in which both sides had spoken up before either heard of the other. */
  readonly glares: number;
  /** Offers and answers. */
  readonly descriptions: number;
  readonly errors: { readonly left: readonly ErrorView[]; readonly right: readonly ErrorView[] };
  /** Why it ended early, if it did. */
  readonly failure?: string;
}

const everything: readonly Change['type'][] = [
  'add-track',
  'remove-track',
  'set-direction',
  'stop',
  'create-data-channel',
  'restart-ice',
];

export const withEverything = (peer: Peer): Side => ({ peer, can: everything });

export const playCell = async (options: CellOptions): Promise<CellResult> => {
  const { left, right, room, rounds, seed } = options;
  const random = createRandom(seed);
  let [played, glares, descriptions] = [0, 0, 0];
  let failure: string | undefined;
  let what = 'the start';
  try {
    for (; played < rounds; played += 1) {
      const views = await look(options);
      const [atLeft, atRight] = [
        chooseChanges(random, views.left, left.can),
        chooseChanges(random, views.right, right.can),
      ];
      what = `round ${played + 1} (${describeChanges(atLeft)} against ${describeChanges(atRight)})`;
      if (await playRound(options, atLeft, atRight)) glares += 1;
      descriptions += countDescriptions(room);
    }
    what = 'the end';
    await finish(options);
  } catch (error) {
    failure = `${what}: ${error instanceof Error ? error.message : String(error)}`;
  }
  room.release();
  const views = await look(options);
  return {
    rounds: played,
    glares,
    descriptions,
    errors: { left: views.left.errors, right: views.right.errors },
    ...(failure === undefined ? {} : { failure }),
  };
};

interface Views {
  readonly left: View;
  readonly right: View;
}

const look = async ({ left, right }: CellOptions): Promise<Views> => {
  const [atLeft, atRight] = await Promise.all([left.peer.look(), right.peer.look()]);
  return { left: atLeft, right: atRight };
};

/** Returns whether it was a glare. */
const playRound = async (
  options: CellOptions,
  atLeft: readonly Change[],
  atRight: readonly Change[],
): Promise<boolean> => {
  const { left, right, room } = options;
  const before = await look(options);
  room.forget();
  room.hold();
  await Promise.all([left.peer.act(atLeft), right.peer.act(atRight)]);
  const isGlare = await haveBothClaimed(room);
  room.release();
  const restarts = [...atLeft, ...atRight].some(({ type }) => type === 'restart-ice');
  await atRest(options, (after) => !restarts || isNewGeneration(before, after));
  return isGlare;
};

/** Who has nothing to say is not waited for for long. */
const haveBothClaimed = async ({ said }: Room): Promise<boolean> => {
  const both = () => ['left', 'right'].every((name) => said.some(({ by, message }) => by === name && isClaim(message)));
  for (let looks = 0; looks < 20 && !both(); looks += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  return both();
};

interface Message {
  readonly kind?: string;
  readonly description?: { readonly type: string };
}

/** An offer, or a request for the floor, on either wire. */
const isClaim = (text: string): boolean => {
  const { kind, description } = JSON.parse(text) as Message;
  return kind === 'request' || description?.type === 'offer';
};

const countDescriptions = ({ said }: Room): number =>
  said.filter(({ message }) => (JSON.parse(message) as Message).description !== undefined).length;

/** Waits until nothing is under way and both sides agree, about what holds and about what was wanted. */
const atRest = async (options: CellOptions, carried: (views: Views) => boolean): Promise<void> => {
  const { left, right } = options;
  let views = await look(options);
  await until('both sides are at rest', async () => {
    await Promise.all([left.peer.settled(), right.peer.settled()]);
    views = await look(options);
    return complaintsOf(views).length === 0 && carried(views);
  }).catch((cause: unknown) => {
    throw new Error(complaintsOf(views).join('; ') || 'a change was not carried', { cause });
  });
};

const complaintsOf = ({ left, right }: Views): readonly string[] => [
  ...agreement(toEnd(left), toEnd(right)).differences,
  ...(flowsAsWanted(toPc(left), toPc(right)) ? [] : ['what flows is not what both sides want']),
  ...[...left.dataChannels, ...right.dataChannels].flatMap(({ label, readyState }) =>
    readyState === 'open' ? [] : [`data channel '${label}' is ${readyState}`],
  ),
];

const toPc = ({ transceivers }: View): RTCPeerConnection =>
  ({ getTransceivers: () => transceivers }) as unknown as RTCPeerConnection;

const toEnd = ({ signalingState, local, remote, transceivers }: View): Parameters<typeof agreement>[0] => ({
  signalingState,
  currentLocalDescription: local,
  currentRemoteDescription: remote,
  getTransceivers: () => transceivers.map((each) => ({ ...each, sender: { track: null } })),
});

/** Of the m-lines that carry something. */
const ufragsOf = ({ local }: View): readonly string[] =>
  (local?.sdp ?? '').split(/^m=/m).flatMap((section) => (/^\S+ 0 /.test(section) ? [] : iceUfrags(section)));

const isNewGeneration = (before: Views, after: Views): boolean =>
  (['left', 'right'] as const).every((side) =>
    ufragsOf(after[side]).every((ufrag) => !ufragsOf(before[side]).includes(ufrag)),
  );

/** Both sides send both kinds of media and open a data channel each, at the same moment; all of it must arrive. */
const finish = async (options: CellOptions): Promise<void> => {
  const { left, right } = options;
  const before = await look(options);
  await playRound(options, finale(before.left, left.can), finale(before.right, right.can));
  const views = await look(options);
  for (const [from, to] of [
    ['left', 'right'],
    ['right', 'left'],
  ] as const) {
    await mediaArrives(views[from], options[to].peer, to);
    const echoes = await options[from].peer.echo();
    const wanted = views[from].dataChannels.map(({ label }) => `${label} and back`);
    if (echoes.join() !== wanted.join()) throw new Error(`${from} heard ${echoes.join()}, not ${wanted.join()}`);
  }
};

const finale = ({ transceivers }: View, can: readonly Change['type'][]): readonly Change[] => {
  const changes: readonly Change[] = [
    ...transceivers.flatMap(({ mid, direction }) =>
      mid === null || direction === 'stopped' ? [] : [{ type: 'set-direction', mid, direction: 'sendrecv' } as const],
    ),
    { type: 'add-track', kind: 'audio' },
    { type: 'add-track', kind: 'video' },
    { type: 'create-data-channel', label: 'last' },
  ];
  return changes.filter(({ type }) => can.includes(type));
};

/** On every m-line on which one side sends a track and the other has agreed to receive it, more and more arrives. */
const mediaArrives = async (from: View, to: Peer, name: string): Promise<void> => {
  const sent = from.transceivers.filter(
    ({ hasTrack, currentDirection }) => hasTrack && (currentDirection?.startsWith('send') ?? false),
  );
  for (const kind of ['audio', 'video']) {
    if (!sent.some((each) => each.kind === kind)) throw new Error(`nobody sends ${kind} to ${name}`);
  }
  const before = await to.received();
  let missing: readonly string[] = [];
  await until('media arrive', async () => {
    const now = await to.received();
    missing = sent.flatMap(({ mid, kind }) => {
      const [old, fresh] = [before, now].map((all) => all.findLast((each) => each.mid === mid));
      const grows = (part: 'packets' | 'frames') => (fresh?.[part] ?? 0) > (old?.[part] ?? 0);
      const flows = grows('packets') && (kind !== 'video' || fresh?.frames === undefined || grows('frames'));
      return flows ? [] : [`${kind} on m-line ${mid}`];
    });
    return missing.length === 0;
  }).catch((cause: unknown) => {
    throw new Error(`${name} receives no ${missing.join(', no ')}`, { cause });
  });
};

export const describeChanges = (changes: readonly Change[]): string =>
  changes.map((change) => Object.values(change).join(' ')).join(' + ') || 'nothing';
