import { describe, expect, it } from 'vitest';
import { check, formatPath, type Report } from '../../src/engine/index.ts';
import { checkInThreads } from '../../src/engine/threads.ts';
import { createPair } from '../../src/model/create-pair.ts';
import { reservePairMemory } from '../../src/model/pair.ts';
import { ParameterError, type PairParameters } from '../../src/model/parameters.ts';

const both = { left: true, right: true } as const;
const glare: PairParameters = { role: 'polite', rollback: both, budget: { leftChanges: 1, rightChanges: 1 } };

const failed = ({ properties }: Report) => properties.filter(({ holds }) => !holds).map(({ id }) => id);
const figures = ({ distinctStates, transitions, depth }: Report) => ({ distinctStates, transitions, depth });

describe('two sides that change something once', () => {
  it('agree on every path, glare included', async () => {
    const report = await check(createPair({ ...glare, dangers: ['glare', 'rollback', 'offer-ignored'] }));
    expect(failed(report)).toEqual([]);
    expect(figures(report)).toEqual({ distinctStates: 96, transitions: 131, depth: 14 });
  });

  it('show the shortest way to a glare', async () => {
    const report = await check(createPair({ ...glare, dangers: ['glare'] }));
    const witness = report.properties.find(({ id }) => id === 'reached: glare')!.witness!;
    expect(witness.steps.map(({ label }) => label)).toEqual([
      'left changes something',
      'left createOffer done',
      'right changes something',
      'right createOffer done',
    ]);
    expect(formatPath(witness).split('\n').at(-1)).toBe(
      '  4. right createOffer done → local-offer-pending.awaiting-answer have-local-offer | → offer 1 | ← offer 1 | ' +
        'local-offer-pending.awaiting-answer have-local-offer',
    );
  });
});

it('two sides that find more candidates than each keeps report it, and keep every other promise', async () => {
  const report = await check(
    createPair({ ...glare, budget: { leftChanges: 1, candidates: 3 }, dangers: ['candidates-overflow'] }),
  );
  expect(failed(report)).toEqual([]);
});

describe('two sides that change something any number of times', () => {
  const parameters: PairParameters = {
    role: 'requester',
    rollback: { left: false, right: false },
    budget: { leftChanges: 'endless', rightChanges: 'endless' },
    follow: 'left',
  };

  it('have finitely many states, and starve nobody', async () => {
    const report = await check(createPair(parameters));
    expect(failed(report)).toEqual([]);
    expect(report.properties.find(({ id }) => id === 'L3')!.bound).toBe(2);
  });

  it('are the same for threads that share what they work out', async () => {
    const faulty: PairParameters = { ...parameters, budget: { ...parameters.budget, failures: 1 } };
    const alone = await check(createPair(faulty));
    const source = {
      module: new URL('../../src/model/create-pair.ts', import.meta.url).href,
      parameters: { parameters: faulty, memory: reservePairMemory() },
    };
    const together = await checkInThreads(source, { threads: 2 });
    expect(figures(together)).toEqual(figures(alone));
    const verdicts = ({ properties }: Report) => properties.map(({ id, verdict, bound }) => [id, verdict, bound]);
    expect(verdicts(together)).toEqual(verdicts(alone));
  });
});

describe('parameters that make no sense', () => {
  it.each([
    [{ ...glare, role: 'courteous' }, 'there is no role courteous; there are polite'],
    [{ ...glare, rollback: { left: false, right: true } }, 'the left side cannot be polite'],
    [{ ...glare, role: 'impolite', rollback: { left: true, right: false } }, 'the right side cannot be polite'],
    [{ ...glare, budget: { failure: 1 } }, 'there is no bound failure; there are leftChanges'],
    [{ ...glare, budget: { failures: -1 } }, "failures is a whole number from 0 to 14, or 'endless', not -1"],
    [{ ...glare, budget: { restarts: 9 } }, 'restarts is a whole number from 0 to 2'],
    [{ ...glare, queue: 1 }, 'queue is a whole number from 2 to 64, not 1'],
  ])('are refused before anything is built', (parameters, message) => {
    const create = () => createPair(parameters as PairParameters);
    expect(create).toThrow(ParameterError);
    expect(create).toThrow(message);
  });

  it('stop cleanly when the memory would not suffice', async () => {
    const report = await check(createPair({ ...glare, budget: { leftChanges: 2, rightChanges: 2, failures: 3 } }), {
      maxBytes: 200_000,
    });
    expect(report.stop).toMatchObject({ reason: 'bytes' });
    expect(report.stop!.message).toMatch(/raise maxBytes or lower the bounds of the model: \d+ states/);
    expect(failed(report)).toContain('S1');
  });
});
