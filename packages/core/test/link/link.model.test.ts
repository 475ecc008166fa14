import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { endlessModel, lossyModel } from './lossy-model.ts';
import * as mutants from './mutants.ts';
import { reliableModel } from './reliable-model.ts';
import { soundRules } from './world.ts';
import type { LinkStep } from './world.ts';

const lossy = { mode: 'lossy', capacity: 2, attempts: 1, baseDelayMs: 1, maxDelayMs: 1 } as const;
const reliable = { mode: 'reliable', capacity: 2, ackEvery: 2 } as const;

const overLossy = (step: LinkStep) =>
  explore(lossyModel({ options: lossy, messages: { left: 3, right: 1 }, rules: { ...soundRules, step } }));
const overReliable = (step: LinkStep) =>
  explore(
    reliableModel({
      options: reliable,
      messages: { left: 2, right: 1 },
      cuts: 2,
      resyncs: 2,
      rules: { ...soundRules, step },
    }),
  );

describe('every path of two links', () => {
  it('is safe and comes to rest over a channel that loses, duplicates and reorders', () => {
    expect(overLossy(soundRules.step)).toEqual({
      states: 10_812,
      transitions: 125_220,
      depth: 19,
      neverSeen: [],
      counterexample: null,
    });
  });

  it('is safe and resumes over a reliable channel that breaks, whoever resyncs', () => {
    expect(overReliable(soundRules.step)).toEqual({
      states: 20_670,
      transitions: 53_742,
      depth: 23,
      neverSeen: [],
      counterexample: null,
    });
  });

  it('revisits its states when one side sends without end', () => {
    const rules = { ...soundRules, modulo: 5 };
    expect(explore(endlessModel({ options: lossy, senders: ['left'], rules }))).toEqual({
      states: 1008,
      transitions: 6650,
      depth: 24,
      neverSeen: [],
      counterexample: null,
    });
  });

  it('revisits its states when both sides send without end', () => {
    const rules = { ...soundRules, modulo: 3 };
    const options = { ...lossy, capacity: 1 };
    expect(explore(endlessModel({ options, senders: ['left', 'right'], rules }))).toEqual({
      states: 6400,
      transitions: 48_848,
      depth: 30,
      // With room for one message none can come early.
      neverSeen: ['a message comes early'],
      counterexample: null,
    });
  });
});

describe('a link that', () => {
  it.each([
    ['deliversDuplicates', 'deliversInOrder', ['left sends', 'right gets #1', 'right gets #1']],
    ['deliversOutOfTurn', 'deliversInOrder', ['left sends', 'left sends', 'right gets #2']],
    ['acknowledgesOneTooMany', 'deliversInOrder', ['left resyncs', 'right gets ack 1 resync']],
    [
      'acknowledgesEarlyMessages',
      'neverForgetsTooEarly',
      ['left sends', 'left sends', 'right gets #2', 'left gets ack 2'],
    ],
    ['neverOverflows', 'staysBounded', ['left sends', 'left sends', 'left sends']],
    ['firesOnlyOnce', 'runsItsTimerWhileItWaits', ['left sends', 'left times out']],
    ['neverStopsTheTimer', 'runsItsTimerWhileItWaits', ['left sends', 'left sends', 'left sends']],
    ['neverAnswersDuplicates', 'comesToRest', ['left sends', 'right gets #1']],
  ] as const)('%s is caught over a lossy channel', (mutant, property, path) => {
    expect(overLossy(mutants[mutant]).counterexample).toMatchObject({ property, path });
  });

  it.each([
    [
      'deliversOutOfTurn',
      'deliversInOrder',
      ['left sends', 'the connection breaks', 'the connection is back', 'left sends', 'right gets #2'],
    ],
    ['acknowledgesOneTooMany', 'resumesWhoeverResyncs', ['left sends', 'the connection breaks']],
    ['neverReplays', 'resumesWhoeverResyncs', ['left sends', 'the connection breaks']],
    ['neverReplaysUnasked', 'resumesWhoeverResyncs', ['left sends', 'the connection breaks']],
    ['neverReplaysWhenAsked', 'resumesWhoeverResyncs', ['left sends', 'the connection breaks']],
    ['neverAnswersDuplicates', 'resumesWhoeverResyncs', ['left sends', 'left resyncs', 'left sends']],
  ] as const)('%s is caught over a reliable channel that breaks', (mutant, property, path) => {
    expect(overReliable(mutants[mutant]).counterexample).toMatchObject({ property, path });
  });
});
