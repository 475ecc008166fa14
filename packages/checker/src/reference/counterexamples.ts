/**
 * What goes wrong in the flows of others, one model each, with what is to be seen of it; and Détente under the same changes
 * and faults, so that whoever compares them compares like with like.
 */
import type { LinkOptions } from '@detente/core/link';
import type { Model, Path } from '../engine/index.ts';
import { type Composition, type CompositionParameters, createComposition } from '../model/composition.ts';
import { type ObjectModel, toModel } from './object-model.ts';
import { originalAskFirst, type OriginalParameters } from './original-ask-first.ts';
import { type Frame, type ReferenceRun, toRun } from './to-run.ts';
import { type ExampleParameters, w3cExample } from './w3c-example.ts';

export interface Counterexample {
  /** Of the picture's file. */
  readonly name: string;
  readonly title: string;
  /** What goes wrong, told to somebody who sees it for the first time. */
  readonly wrong: string;
  /** What Détente does at that point. */
  readonly instead: string;
  readonly model: Model;
  /** The property that is violated. */
  readonly property: 'no-deadlock' | 'rests';
  readonly draw: (path: Path) => ReferenceRun;
  /** Détente with the same changes and faults: everything holds. */
  readonly ours: () => Composition;
}

const lossy: LinkOptions = { mode: 'lossy', capacity: 8 };
const calm = { losses: 0, copies: 0, swaps: 0 };
const both = { left: true, right: true } as const;
const none = { left: false, right: false } as const;

type Story = Pick<Counterexample, 'name' | 'title' | 'wrong' | 'instead' | 'property'> & Pick<Frame, 'ending'>;

function askFirst(story: Story, left: OriginalParameters, ours: CompositionParameters): Counterexample {
  const lifelines = [
    { id: 'client', name: 'client', role: '' },
    { id: 'server', name: 'SFU', role: '' },
  ];
  return toCounterexample(originalAskFirst(left), lifelines, story, ours);
}

function w3c(story: Story, { changes, losses, copies }: ExampleParameters): Counterexample {
  const lifelines = [
    { id: 'left', name: 'left', role: 'polite' },
    { id: 'right', name: 'right', role: 'impolite' },
  ];
  return toCounterexample(w3cExample({ changes, losses, copies }), lifelines, story, {
    pair: { role: 'polite', rollback: both, budget: { leftChanges: changes.left, rightChanges: changes.right } },
    link: lossy,
    faults: { ...calm, losses, copies },
  });
}

function toCounterexample<S>(
  objects: ObjectModel<S>,
  lifelines: Frame['lifelines'],
  { ending, ...story }: Story,
  ours: CompositionParameters,
): Counterexample {
  const frame = { title: story.title, lifelines, ending };
  return {
    ...story,
    model: toModel(objects),
    draw: (path) => toRun(objects, path, frame),
    ours: () => createComposition(ours),
  };
}

export const counterexamples = (): readonly Counterexample[] => [
  askFirst(
    {
      name: 'ask-first-lost-wake-up',
      title: 'The original ask-first flow: a lost wake-up',
      property: 'no-deadlock',
      wrong:
        'The SFU has a change while the client has the floor, so it sets a flag and waits. But nobody looks at the flag when ' +
        'the client is done: the floor is free, nothing is on its way, and the change of the SFU is never offered. It ' +
        'takes another change of the SFU, some day, to bring it along.',
      instead:
        'Whoever comes to `stable` and owes a change goes on at once. That is a transition of `stable` itself, so no way out of ' +
        'an exchange can forget it: the arbiter offers as soon as it has answered.',
      ending: { server: 'owes a change for ever' },
    },
    { clientChanges: 1, serverChanges: 1, silences: 0 },
    {
      pair: { role: 'requester', rollback: none, budget: { leftChanges: 1, rightChanges: 1 } },
      link: lossy,
      faults: calm,
    },
  ),
  askFirst(
    {
      name: 'ask-first-stuck-lock',
      title: 'The original ask-first flow: a stuck lock',
      property: 'no-deadlock',
      wrong:
        'The client asks, is allowed to offer, and then does not: its track is gone again, or its engine has failed. The SFU ' +
        'has locked itself for an offer that does not come. From now on every change of its own only sets a flag.',
      instead:
        'A grant is a lease. A client that has nothing to offer any more says `release`, and where not even that comes, the ' +
        'lease lapses by a timer and the arbiter goes on; an offer that comes too late is still answered where that is safe.',
      ending: { server: 'waits for an offer for ever' },
    },
    { clientChanges: 1, serverChanges: 1, silences: 1 },
    {
      pair: {
        role: 'requester',
        rollback: none,
        budget: { leftChanges: 1, rightChanges: 1, failures: 1, timers: 1 },
        dangers: ['lease-lapsed'],
      },
      link: lossy,
      faults: calm,
    },
  ),
  w3c(
    {
      name: 'w3c-lost-offer',
      title: 'The W3C example: an offer is lost',
      property: 'no-deadlock',
      wrong:
        'The impolite side’s offer is the one that counts in a glare, and it is lost. The polite side knows nothing of it and ' +
        'offers; the impolite side takes that for a glare and ignores it. Both now wait in `have-local-offer` for an answer ' +
        'that nobody will make, and no error is raised anywhere.',
      instead:
        'Messages are numbered and said again until they are acknowledged, so the lost offer arrives after all. The polite ' +
        'side then gives way to it, and makes its own offer after that exchange.',
      ending: { left: 'waits for ever', right: 'waits for ever' },
    },
    { changes: { left: 1, right: 1 }, losses: 1, copies: 0 },
  ),
  w3c(
    {
      name: 'w3c-duplicate-offer',
      title: 'The W3C example: an offer arrives twice',
      property: 'no-deadlock',
      wrong:
        'The second copy of the first offer is answered as well. That answer finds the second offer pending, and since ' +
        '`have-local-offer` does not say which offer it is about, the example applies it: the left side believes that its second ' +
        'change was accepted. The right side never took that offer, and both rest in `stable`, at odds. (An engine notices if ' +
        'the number of m-lines differs, and then the answer fails and the left side waits for ever instead.)',
      instead:
        'A copy has a number that was seen before and goes no further than the link. And if one did: answers name the offer ' +
        'that they belong to, so one to an older offer is never applied to a newer one (S3).',
      ending: { left: 'takes offer 2 for answered', right: 'knows only offer 1' },
    },
    { changes: { left: 2, right: 0 }, losses: 0, copies: 1 },
  ),
];

/** Too long to be drawn: an answer that comes too late leaves a flag set, and from then on both sides give way. */
export const livelock = (): Model => toModel(w3cExample({ changes: { left: 1, right: 2 }, losses: 0, copies: 1 }));
