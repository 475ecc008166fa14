import { describe, it } from 'vitest';
import { type EngineChoice, type Setting, type Story, checkStory } from '@detente/testing';

// Stories that broke the sessions once, as fuzzing shrank them.
const light: EngineChoice = { engine: 'light', rollback: false, answersCarry: false };
const setting = (rest: Partial<Setting> & Pick<Setting, 'role'>): Setting => ({
  whileAsking: 'answer',
  network: 'reliable',
  trigger: 'event',
  left: light,
  right: light,
  seed: 0,
  ...rest,
});
const polite: EngineChoice = { ...light, rollback: true };
const change = (end: 'left' | 'right') => ({ do: 'change', end, kind: 'addTrack', which: 0 }) as const;
const go = (pick: number, times: number) => ({ do: 'go', pick, times }) as const;

const found: readonly (readonly [sentence: string, setting: Setting, story: Story])[] = [
  [
    "carries an answerer's change that was asked for by hand while an offer was on its way",
    setting({ role: 'answerer', trigger: 'manual' }),
    [change('right'), go(0, 4), change('left')],
  ],
  [
    'applies no second answer to an offer on a wire without ids, however long the first one takes',
    setting({ role: 'polite', network: 'w3c', left: polite, seed: 747751 }),
    [change('left'), go(0, 2), { do: 'negotiate', end: 'left' }, { do: 'wait' }],
  ],
  [
    'adds no candidate after the next description has replaced its own',
    setting({ role: 'polite', network: 'w3c', left: polite, seed: 437432 }),
    [change('right'), change('left'), go(0, 3), { do: 'restartIce', end: 'right' }],
  ],
  [
    'does not go on without a pause when an answer can never be applied',
    setting({ role: 'polite', left: polite }),
    [change('left'), { do: 'break', end: 'left', operation: 'setRemoteDescription' }],
  ],
  [
    'gives the candidates of a declined offer once more when it insists',
    setting({
      role: 'requester',
      whileAsking: 'decline',
      left: { engine: 'virtual', variant: 'spec' },
      right: { engine: 'virtual', variant: 'pion' },
    }),
    [change('left'), change('right')],
  ],
  [
    'brings two sides together that have both started anew and know only whom the other was before',
    setting({ role: 'auto' }),
    [{ do: 'restart', end: 'left' }, go(0, 2), { do: 'restart', end: 'right' }],
  ],
  [
    'restarts ICE although the engine that cannot roll back is making its offer anew',
    setting({ role: 'requester' }),
    [
      { do: 'negotiate', end: 'right' },
      go(0, 3),
      go(2, 3),
      { do: 'fail', end: 'right', how: 'unchanged' },
      { do: 'restartIce', end: 'right' },
    ],
  ],
  [
    'restarts ICE, asked to while it rolls back its first offer, although the answer goes on with what that had',
    setting({
      role: 'polite',
      left: { engine: 'virtual', variant: 'firefox' },
      right: { engine: 'virtual', variant: 'spec' },
    }),
    [change('right'), change('left'), go(0, 1), go(1, 1), go(0, 3), go(2, 3), { do: 'restartIce', end: 'left' }],
  ],
  [
    'introduces a new session to a side that it has heard of and that knows only the one before',
    setting({ role: 'polite', network: 'lossy', left: polite }),
    [change('right'), go(3, 3), { do: 'restart', end: 'left' }, { do: 'break', end: 'left', operation: 'createOffer' }],
  ],
  [
    'says again, to the session that it meets in the end, what went to one that was no more',
    setting({ role: 'polite', left: polite, right: { ...light, answersCarry: true }, seed: 53909 }),
    [change('right'), go(0, 1), go(0, 2), go(0, 3), { do: 'restart', end: 'left' }],
  ],
  [
    'counts no longer how often a change was overtaken once an answer has carried it',
    setting({ role: 'answerer', trigger: 'manual', left: { ...light, answersCarry: true } }),
    [change('right'), go(3, 3), change('left'), go(0, 4), go(0, 3), go(0, 4), change('left'), go(1, 4), change('left')],
  ],
  [
    'counts how often a change was overtaken from when it was made, also where others have waited before it',
    setting({ role: 'answerer', network: 'lossy', trigger: 'manual' }),
    [
      ...[change('right'), go(0, 2), go(2, 4), change('left'), go(3, 1), go(1, 3), go(1, 2), change('left'), go(1, 4)],
      ...[go(1, 3), change('left')],
    ],
  ],
  [
    'counts how often a track was overtaken from when it was added, whatever track has waited before it',
    setting({
      role: 'answerer',
      left: { engine: 'virtual', variant: 'aiortc' },
      right: { engine: 'virtual', variant: 'spec' },
    }),
    [
      ...[{ do: 'negotiate', end: 'left' } as const, go(0, 3), go(0, 4), go(0, 3), go(0, 4), change('left'), go(0, 3)],
      ...[go(0, 1), change('left')],
    ],
  ],
  [
    'says on both sides that an engine refuses an offer where the wire has no word for it',
    setting({
      role: 'polite',
      network: 'w3c',
      left: { engine: 'virtual', variant: 'firefox' },
      right: { engine: 'virtual', variant: 'spec' },
    }),
    [change('right'), go(0, 3), { do: 'restartIce', end: 'right' }, { do: 'negotiate', end: 'left' }],
  ],
  [
    'reports an ICE restart that the other engine refuses after it has rolled back',
    setting({
      role: 'polite',
      network: 'lossy',
      left: { engine: 'virtual', variant: 'firefox' },
      right: { engine: 'virtual', variant: 'spec' },
    }),
    [change('left'), go(0, 1), go(5, 4), go(0, 3), go(5, 2), { do: 'restartIce', end: 'right' }, change('left')],
  ],
];

describe('what fuzzing found', () => {
  it.each(found)('%s', (_, chosen, story) => checkStory(chosen, story));
});
