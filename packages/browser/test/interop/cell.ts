/**
 * One cell of the matrix: two peers, round after round in which both change something at the same moment, and must then
 * agree; in the end data and media must flow both ways.
 */
import { type Description, type Role, iceUfrags } from '@detente/core';
import { agreement, createRandom } from '@detente/testing';
import type { Room } from '../harness/relay.ts';
import { flowsAsWanted } from '../scenarios/flows.ts';
import { until } from '../scenarios/engine.ts';
import { arrives, isSent } from './arrival.ts';
import { chooseChanges } from './changes.ts';
import type { Change, ErrorView, Peer, View } from './peer.ts';
import type { Avoidance } from './stories.ts';

export interface Side {
  readonly peer: Peer;
  readonly can: readonly Change['type'][];
  /** It never offers. */
  readonly onlyAnswers?: boolean;
}

export interface Ends {
  readonly left: Side;
  readonly right: Side;
  /** Its members are `left` and `right` by their queries. */
  readonly room: Room;
  /** How long to wait for whatever has to come. Default: long enough for a busy machine. */
  readonly patienceMs?: number;
  /** Takes down each round as it begins. */
  readonly record?: (round: Round) => void;
}

export interface Round {
  readonly left: readonly Change[];
  readonly right: readonly Change[];
  /** Still grows until the next round begins. */
  readonly said: Room['said'];
}

export interface CellOptions extends Ends {
  readonly rounds: number;
  readonly seed: number;
  readonly avoid: readonly Avoidance[];
}

export interface CellResult {
  /** Rounds after which both sides agreed. */
  readonly rounds: number;
  /** Rounds in which both sides had spoken up before either heard of the other. */
  readonly glares: number;
  /** Offers and answers. */
  readonly descriptions: number;
  readonly errors: { readonly left: readonly ErrorView[]; readonly right: readonly ErrorView[] };
  /** Why it ended early, if it did: what went wrong, and in which round before that. */
  readonly failure?: string;
  readonly complaint?: string;
}

const everything: readonly Change['type'][] = [
  'add-track',
  'remove-track',
  'set-direction',
  'stop',
  'create-data-channel',
  'restart-ice',
];

/** An answerer stops nothing, as only an offer can. Spec: w3c.github.io/webrtc-pc/#dom-rtcrtptransceiver-stop */
export const withEverything = (peer: Peer, role: Role): Side => ({
  peer,
  can: everything.filter((type) => type !== 'stop' || role !== 'answerer'),
  onlyAnswers: role === 'answerer',
});

export const playCell = async (options: CellOptions): Promise<CellResult> => {
  const { left, right, room, rounds, seed, avoid } = options;
  const random = createRandom(seed);
  let [played, glares, descriptions] = [0, 0, 0];
  let complaint: string | undefined;
  let what = 'the start';
  try {
    // Whoever only answers can ask for m-lines for its tracks, but not for the one of data channels.
    if (left.onlyAnswers) await playRound(options, [], opening);
    else if (right.onlyAnswers || avoid.includes('the first exchange is no glare'))
      await playRound(options, opening, []);
    for (; played < rounds; played += 1) {
      const views = await look(options);
      const [atLeft, atRight] = [
        chooseChanges(random, views.left, left.can, avoid),
        chooseChanges(random, views.right, right.can, avoid),
      ];
      what = `round ${played + 1} (${describeChanges(atLeft)} against ${describeChanges(atRight)})`;
      if (await playRound(options, atLeft, atRight)) glares += 1;
      descriptions += countDescriptions(room);
    }
    what = 'the end';
    await finish(options);
  } catch (error) {
    complaint = error instanceof Error ? error.message : String(error);
  }
  room.release();
  const views = await look(options);
  return {
    rounds: played,
    glares,
    descriptions,
    errors: { left: views.left.errors, right: views.right.errors },
    ...(complaint === undefined ? {} : { complaint, failure: `${what}: ${complaint}` }),
  };
};

interface Views {
  readonly left: View;
  readonly right: View;
}

export const look = async ({ left, right }: Ends): Promise<Views> => {
  const [atLeft, atRight] = await Promise.all([left.peer.look(), right.peer.look()]);
  return { left: atLeft, right: atRight };
};

const opening: readonly Change[] = [
  { type: 'add-track', kind: 'audio' },
  { type: 'add-track', kind: 'video' },
  { type: 'create-data-channel', label: 'first' },
];

/** Returns whether it was a glare. */
export const playRound = async (
  options: Ends,
  atLeft: readonly Change[],
  atRight: readonly Change[],
): Promise<boolean> => {
  const { left, right, room } = options;
  const before = await look(options);
  room.forget();
  options.record?.({ left: atLeft, right: atRight, said: room.said });
  room.hold();
  await Promise.all([left.peer.act(atLeft), right.peer.act(atRight)]);
  const isGlare = await haveBothClaimed(room);
  room.release();
  await atRest(options, before, [...atLeft, ...atRight]);
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
export const atRest = async (options: Ends, before: Views, changes: readonly Change[]): Promise<void> => {
  const { left, right, patienceMs = 30_000 } = options;
  const restarts = changes.some(({ type }) => type === 'restart-ice');
  let views = await look(options);
  const isAtRest = async () => {
    const areSettled = await Promise.all([left.peer, right.peer].map(isSettled));
    views = await look(options);
    return (
      !areSettled.includes(false) && complaintsOf(views).length === 0 && (!restarts || isNewGeneration(before, views))
    );
  };
  await until('both sides are at rest', isAtRest, patienceMs).catch((cause: unknown) => {
    throw new Error(complaintsOf(views).join('; ') || 'a change is still owed', { cause });
  });
};

/** Whoever never settles must not hold up the verdict. */
const isSettled = (peer: Peer): Promise<boolean> =>
  Promise.race([
    peer.settled().then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1_000)),
  ]);

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
  currentLocalDescription: local && withBundled(local),
  currentRemoteDescription: remote && withBundled(remote),
  getTransceivers: () => transceivers.map((each) => ({ ...each, sender: { track: null } })),
});

/**
 * Every m-line that lives is bundled here, whatever its port says: a bundled one may be offered with the port 0, which
 * werift then takes down without saying why (RFC 9143 §6), and Firefox writes the port of the bundle's transport into its
 * own description of a stopped one, once it has gathered candidates anew.
 */
const withBundled = ({ type, sdp }: Description): Description => {
  const bundled = /^a=group:BUNDLE (.*)$/m.exec(sdp)?.[1]?.trim().split(' ');
  if (bundled === undefined) return { type, sdp };
  const sections = sdp.split(/^(?=m=)/m).map((section) => {
    const mid = /^a=mid:(\S+)/m.exec(section)?.[1];
    return mid === undefined ? section : section.replace(/^(m=\S+) \d+ /, `$1 ${bundled.includes(mid) ? '9' : '0'} `);
  });
  return { type, sdp: sections.join('') };
};

/** Of the m-lines that carry something. */
const ufragsOf = ({ local }: View): readonly string[] =>
  (local?.sdp ?? '').split(/^m=/m).flatMap((section) => (/^\S+ 0 /.test(section) ? [] : iceUfrags(section)));

const isNewGeneration = (before: Views, after: Views): boolean =>
  (['left', 'right'] as const).every((side) =>
    ufragsOf(after[side]).every((ufrag) => !ufragsOf(before[side]).includes(ufrag)),
  );

/** Both sides send both kinds of media and open a data channel each, at the same moment; all of it must arrive. */
const finish = async (options: Ends): Promise<void> => {
  const { left, right } = options;
  const before = await look(options);
  await playRound(options, finale(before.left, left.can), finale(before.right, right.can));
  await everythingFlows(options);
};

export const everythingFlows = async (options: Ends): Promise<void> => {
  const views = await look(options);
  for (const side of ['left', 'right'] as const) {
    for (const kind of ['audio', 'video'] as const) {
      if (options[side].can.includes('add-track') && !isSent(views[side], kind))
        throw new Error(`${side} sends no ${kind}`);
    }
  }
  await arrives(options.left.peer, options.right.peer, ['data', 'media'], 30_000);
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

export const describeChanges = (changes: readonly Change[]): string =>
  changes.map((change) => Object.values(change).join(' ')).join(' + ') || 'nothing';
