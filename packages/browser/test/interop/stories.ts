/**
 * Stories that some engines cannot tell by themselves: each is played by hand, without any code of ours, and then with our
 * sessions. What fails both ways is the engine's fault and beyond an adapter; the glares of that pair then do without.
 */
import type { Role } from '@detente/core';
import type { Change, View } from './peer.ts';

/** What the glares of a pair do without. */
export type Avoidance =
  | 'the first m-line is never stopped'
  | 'no m-line is stopped'
  | 'one m-line of each kind is never stopped'
  | 'nobody restarts ICE'
  | 'the first exchange is no glare';

type Choice = (view: View) => readonly Change[];

/** One side acts and offers, or both do at once and the left one loses. */
export type Episode =
  | { readonly by: 'left' | 'right'; readonly act: Choice }
  | { readonly by: 'both'; readonly left: Choice; readonly right: Choice };

export interface Story {
  /** What the left side does. */
  readonly name: string;
  readonly episodes: readonly Episode[];
  /** How long each description is under way by hand; with ours the room holds it up anyway. Default: not at all. */
  readonly latencyMs?: number;
  /** Whether data, or media as well, must flow in the end. */
  readonly flows: readonly ('data' | 'media')[];
  readonly avoidance: Avoidance;
}

/** The left side's role when the story is played with ours. */
export const roleIn = ({ episodes }: Story): Role =>
  episodes.some(({ by }) => by === 'both') ? 'polite' : 'requester';

const nothing: Choice = () => [];
const add =
  (...kinds: readonly ('audio' | 'video' | 'data')[]): Choice =>
  () =>
    kinds.map((kind) =>
      kind === 'data' ? { type: 'create-data-channel', label: 'data' } : { type: 'add-track', kind },
    );
const restartIce: Choice = () => [{ type: 'restart-ice' }];
const stop =
  (index: number): Choice =>
  ({ transceivers }) =>
    transceivers.slice(index, index + 1).flatMap(({ mid }) => (mid === null ? [] : [{ type: 'stop', mid }]));

const connected: readonly Episode[] = [
  { by: 'left', act: add('audio', 'data') },
  { by: 'right', act: add('audio') },
];
const connectedByTheOther: readonly Episode[] = [
  { by: 'right', act: add('audio', 'data') },
  { by: 'left', act: add('audio') },
];

const both = ['data', 'media'] as const;

export const stories: readonly Story[] = [
  {
    name: 'loses a glare of its first audio against the first video',
    episodes: [
      { by: 'both', left: add('audio'), right: add('video') },
      { by: 'left', act: nothing },
    ],
    flows: [],
    avoidance: 'the first exchange is no glare',
  },
  {
    name: 'loses a glare of its first data channel against the first audio',
    episodes: [
      { by: 'both', left: add('data'), right: add('audio') },
      { by: 'left', act: nothing },
    ],
    flows: ['data'],
    avoidance: 'the first exchange is no glare',
  },
  {
    name: 'restarts ICE, having made the first offer',
    episodes: [...connected, { by: 'left', act: restartIce }],
    flows: both,
    avoidance: 'nobody restarts ICE',
  },
  {
    name: 'restarts ICE, having answered the first offer',
    episodes: [...connectedByTheOther, { by: 'left', act: restartIce }],
    flows: both,
    avoidance: 'nobody restarts ICE',
  },
  {
    name: 'stops the first m-line, and uses it again',
    episodes: [...connected, { by: 'left', act: stop(0) }, { by: 'left', act: add('audio') }],
    flows: ['data'],
    avoidance: 'the first m-line is never stopped',
  },
  {
    name: 'stops the first m-line, and the other side uses it again',
    episodes: [...connected, { by: 'left', act: stop(0) }, { by: 'right', act: add('audio') }],
    flows: ['data'],
    avoidance: 'the first m-line is never stopped',
  },
  {
    name: "stops the first m-line, which was the other side's, and uses it again",
    episodes: [...connectedByTheOther, { by: 'left', act: stop(0) }, { by: 'left', act: add('audio') }],
    flows: ['data'],
    avoidance: 'the first m-line is never stopped',
  },
  {
    name: "stops the first m-line, which was the other side's, who uses it again",
    episodes: [...connectedByTheOther, { by: 'left', act: stop(0) }, { by: 'right', act: add('audio') }],
    flows: ['data'],
    avoidance: 'the first m-line is never stopped',
  },
  {
    name: 'makes data channels after an ICE restart of the other side',
    episodes: [
      ...connected,
      { by: 'right', act: restartIce },
      { by: 'left', act: add('data') },
      { by: 'right', act: add('data') },
    ],
    flows: ['data'],
    avoidance: 'nobody restarts ICE',
  },
  {
    name: 'makes the first data channel after the other side has made the first offer, then both make more',
    episodes: [
      { by: 'right', act: add('audio') },
      { by: 'left', act: add('data') },
      { by: 'right', act: add('data') },
      { by: 'left', act: add('data') },
    ],
    flows: ['data'],
    avoidance: 'the first exchange is no glare',
  },
  {
    name: 'restarts ICE six times, having answered the first offer, and then both make data channels',
    episodes: [
      ...connectedByTheOther,
      ...Array.from({ length: 6 }, (): Episode => ({ by: 'left', act: restartIce })),
      { by: 'left', act: add('data') },
      { by: 'right', act: add('data') },
    ],
    flows: ['data'],
    avoidance: 'nobody restarts ICE',
  },
  {
    name: 'restarts ICE right after the other side has, three times',
    episodes: [
      ...connected,
      ...[1, 2, 3].flatMap((): readonly Episode[] => [
        { by: 'right', act: restartIce },
        { by: 'left', act: restartIce },
      ]),
      { by: 'right', act: add('data') },
    ],
    latencyMs: 120,
    flows: ['data'],
    avoidance: 'nobody restarts ICE',
  },
  {
    name: 'makes the first audio and the other side the first video, then two of the other kind each',
    episodes: [
      { by: 'left', act: add('audio') },
      { by: 'right', act: add('video', 'data') },
      { by: 'left', act: add('video', 'video') },
      { by: 'right', act: add('audio', 'audio') },
    ],
    flows: both,
    avoidance: 'the first exchange is no glare',
  },
  {
    name: 'stops a later m-line, and uses it for the other kind',
    episodes: [
      ...connected,
      { by: 'left', act: add('audio') },
      { by: 'left', act: stop(1) },
      { by: 'left', act: add('video') },
    ],
    flows: both,
    avoidance: 'no m-line is stopped',
  },
  {
    name: 'stops a later m-line, and the other side uses it for the other kind',
    episodes: [
      ...connected,
      { by: 'left', act: add('audio') },
      { by: 'left', act: stop(1) },
      { by: 'right', act: add('video') },
    ],
    flows: both,
    avoidance: 'no m-line is stopped',
  },
  {
    name: 'stops the only video m-line, and the other side adds video',
    episodes: [
      ...connected,
      { by: 'left', act: add('video') },
      { by: 'left', act: stop(1) },
      { by: 'right', act: add('video') },
      { by: 'right', act: add('audio') },
    ],
    flows: both,
    avoidance: 'no m-line is stopped',
  },
  {
    name: "stops the only video m-line, which is the other side's, who adds video",
    episodes: [
      ...connected,
      { by: 'right', act: add('video') },
      { by: 'left', act: stop(1) },
      { by: 'right', act: add('video') },
      { by: 'right', act: add('audio') },
    ],
    flows: both,
    avoidance: 'no m-line is stopped',
  },
  {
    name: 'adds the first video, then the first audio, and then the other side adds audio',
    episodes: [
      { by: 'left', act: add('video', 'data') },
      { by: 'left', act: add('audio') },
      { by: 'right', act: add('audio', 'audio') },
    ],
    flows: both,
    avoidance: 'the first exchange is no glare',
  },
  {
    name: 'stops the only audio m-line, and the other side adds video',
    episodes: [
      { by: 'right', act: add('data') },
      { by: 'right', act: add('audio') },
      { by: 'right', act: add('video') },
      { by: 'left', act: stop(0) },
      { by: 'right', act: add('video') },
    ],
    flows: both,
    avoidance: 'one m-line of each kind is never stopped',
  },
];
