/** What has to hold on every engine of the W3C's shape. */
import { describe, expect, it } from 'vitest';
import { describeOn, type EngineName, type Stage } from '../harness/stage.ts';
import { type GlareChange, glareChanges } from '../scenarios/glare.ts';
import { operations } from '../scenarios/intercept.ts';
import { type StormCause, stormLimit, storms } from '../scenarios/storm.ts';
import { describeReadme } from './readme.ts';

const slowMs = 90_000;

export const describeAcceptance = (engine: EngineName): void =>
  describeOn(engine, (stage) => {
    it.each(['polite', 'requester', 'answerer', 'auto'] as const)(
      'carries a call in which both sides change everything at once, as %s and its counterpart',
      async (role) => {
        const { errors, ...heard } = await stage.play('call', { role, room: stage.site.room(`call-${role}`) });
        expect(heard).toEqual({
          echoes: ['from 0 and back', 'from 1 and back'],
          arriving: [
            ['audio', 'video'],
            ['audio', 'video'],
          ],
          differences: [],
        });
        expect(unlessIgnored(errors)).toEqual([]);
      },
      slowMs,
    );

    describe('in a glare', () => glares(stage, engine));
    describe('when an operation fails', () => failures(stage));

    describe('over many random glares', () => manyGlares(stage));
    describe('when the engine cannot be satisfied', () => insatiable(stage, engine));
    if (engine !== 'wrtc') describeReadme(stage);
  });

/** What a glare costs in descriptions: when the left side is polite, and when it asks first. */
const costs: Readonly<Record<GlareChange, readonly [polite: number, askFirst: number]>> = {
  'data channels': [3, 2],
  'tracks of one kind': [3, 2],
  'ICE restarts': [3, 2],
  transceivers: [5, 4],
  'a transceiver against an ICE restart': [5, 4],
};

const glares = (stage: Stage, engine: EngineName): void => {
  it.each(glareChanges)(
    'of %s needs as few descriptions as can be',
    async (change) => {
      const [polite, askFirst] = costs[change];
      for (const [role, cost] of [
        ['polite', polite],
        ['requester', askFirst],
        ['auto', askFirst],
      ] as const) {
        const { descriptions, errors } = await stage.play('glare', { change, by: role });
        expect(descriptions, `${role}: ${descriptions.join()}`).toHaveLength(cost);
        expect(errors).toEqual(role === 'polite' ? ['right offer-ignored'] : []);
      }
    },
    slowMs,
  );

  // The example leaves it to the engine to make descriptions, which wrtc cannot; and in Firefox it never recovers from an
  // ICE restart that meets an offer.
  const comparable = engine === 'wrtc' ? [] : glareChanges.filter((change) => !change.includes('against'));
  it.each(comparable)(
    "of %s needs no more descriptions than the W3C's example",
    async (change) => {
      const ours = await stage.play('glare', { change, by: 'polite' });
      const theirs = await stage.play('glare', { change, by: 'w3c' });
      expect(ours.descriptions.length).toBeLessThanOrEqual(theirs.descriptions.length);
    },
    slowMs,
  );

  it.each(comparable)(
    "of %s is settled with the W3C's example on the other side, in both roles",
    async (change) => {
      for (const [by, side] of [
        ['polite against w3c', 'left'],
        ['impolite against w3c', 'right'],
      ] as const) {
        const { descriptions, errors } = await stage.play('glare', { change, by });
        expect(descriptions, `${by}: ${descriptions.join()}`).toHaveLength(costs[change][0]);
        // The example complains of candidates that come when it no longer ignores their offer.
        expect(unlessIgnored(errors.filter((error) => error.startsWith(side)))).toEqual([]);
      }
    },
    slowMs,
  );

  it(
    'that is lost while the offer is being created never sends that offer',
    async () => {
      const { descriptions, errors } = await stage.play('lateGlare', undefined);
      expect(descriptions).toEqual(['right offer', 'left answer', 'left offer', 'right answer']);
      expect(errors).toEqual([]);
    },
    slowMs,
  );
};

const failures = (stage: Stage): void => {
  const carried = ['recvonly', 'recvonly', 'sendonly', 'sendonly'];

  it.each(operations)(
    'at %s, still negotiates that change and the next',
    async (operation) => {
      for (const role of operation.endsWith('rollback') ? (['polite'] as const) : (['polite', 'requester'] as const)) {
        for (const mode of ['before', 'after'] as const) {
          const { directions, errors } = await stage.play('fault', { role, operation, mode, times: 1 });
          expect({ role, mode, directions }).toEqual({ role, mode, directions: carried });
          expect(errors).toContain(
            mode === 'before' && operation === 'setRemoteDescription offer'
              ? 'left offer-refused'
              : 'left operation-failed',
          );
        }
      }
    },
    slowMs,
  );

  it(
    'again and again, reports the change as failed and carries it with the next',
    async () => {
      const fault = { operation: 'createOffer', mode: 'before', times: 3 } as const;
      const { directions, errors } = await stage.play('fault', { role: 'impolite', ...fault });
      expect(directions).toEqual(carried);
      expect(errors).toContain('left change-failed');
    },
    slowMs,
  );
};

/** How many; DETENTE_ROUNDS asks for more. */
const rounds = Number(process.env['DETENTE_ROUNDS'] ?? 8);

const manyGlares = (stage: Stage): void => {
  it.each([
    ['polite', 0],
    ['polite', 5],
    ['polite', 40],
    ['auto', 5],
  ] as const)(
    'agrees after each, as %s and its counterpart at a latency of %d ms',
    async (role, latencyMs) => {
      const { errors, transceivers, heapGrowth, ...end } = await stage.play('rounds', {
        role,
        rounds,
        latencyMs,
        seed: 7,
      });
      expect(end).toEqual({ differences: [], echoes: ['there and back', 'there and back'] });
      expect(unlessIgnored(Object.keys(errors))).toEqual([]);
      // Six at most that live, and those of the other side that were stopped in the same round.
      expect(transceivers).toBeLessThanOrEqual(10);
      expect(heapGrowth).toBeLessThan(8_000_000);
    },
    slowMs + rounds * 2_000,
  );
};

/** Whose engine cannot be satisfied where; elsewhere it is content. Of two, the first to give up may satisfy the other. */
const unrest: Readonly<Record<EngineName, Readonly<Record<StormCause, readonly string[]>>>> = {
  chromium: { [storms[0]]: ['left'], [storms[1]]: ['left'], [storms[2]]: [] },
  firefox: { [storms[0]]: ['left'], [storms[1]]: [], [storms[2]]: ['left', 'right'] },
  wrtc: { [storms[0]]: ['left'], [storms[1]]: ['left'], [storms[2]]: [] },
};

const insatiable = (stage: Stage, engine: EngineName): void => {
  it.each(storms)(
    'because of %s, comes to rest all the same, says so, and still carries the next change',
    async (cause) => {
      const { descriptions, errors } = await stage.play('storm', { cause, by: 'ours' });
      expect(descriptions).toBeLessThan(stormLimit / 2);
      const told = unlessIgnored(errors);
      const unsatisfied = unrest[engine][cause].map((side) => `${side} change-failed`);
      expect(unsatisfied).toEqual(expect.arrayContaining([...told]));
      expect(told).toEqual([...new Set(told)]);
      expect(told.length > 0).toBe(unsatisfied.length > 0);
    },
    slowMs,
  );

  const endless = engine === 'wrtc' ? [] : storms.filter((cause) => unrest[engine][cause].length > 0);
  it.each(endless)(
    "because of %s, the W3C's example never comes to rest",
    async (cause) => {
      expect(await stage.play('storm', { cause, by: 'w3c' })).toMatchObject({ descriptions: stormLimit });
    },
    slowMs,
  );
};

/** An impolite side tells of each offer that it ignores. */
const unlessIgnored = (errors: readonly string[]): readonly string[] =>
  errors.filter((error) => !error.endsWith('offer-ignored'));
