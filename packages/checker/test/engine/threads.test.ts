import { describe, expect, it } from 'vitest';
import { check, type Model, type Report } from '../../src/engine/index.ts';
import { checkInThreads, startThreads } from '../../src/engine/threads.ts';
import { createModel as createPeterson } from './models/peterson.ts';
import { createModel as createTokens } from './models/tokens.ts';

const urlOf = (name: string) => new URL(`./models/${name}.ts`, import.meta.url).href;
/** The table of known states begins small and grows. */
const maxBytes = 2 ** 21;
const withoutTime = ({ seconds: _, ...report }: Report) => report;

const cases: readonly (readonly [string, object, Model])[] = [
  ['tokens', { places: 4, tokens: 9 }, createTokens({ places: 4, tokens: 9 })],
  ['peterson', { order: 'turn-then-flag', fair: false }, createPeterson({ order: 'turn-then-flag', fair: false })],
];

describe('threads', () => {
  it.each(cases)('report on %s what one thread alone reports, to the last word', async (name, parameters, model) => {
    const alone = withoutTime(await check(model, { maxBytes }));
    for (const threads of [1, 2, 3]) {
      const report = await checkInThreads({ module: urlOf(name), parameters }, { threads, maxBytes });
      expect(withoutTime(report)).toEqual(alone);
    }
  });

  it('can be asked more than once', async () => {
    const [name, parameters, model] = cases[0]!;
    const threads = await startThreads({ module: urlOf(name), parameters }, 2);
    try {
      const alone = withoutTime(await check(model, { maxBytes }));
      for (const limits of [{ maxStates: 100 }, { maxBytes }, { maxBytes }]) {
        const report = await threads.check(limits);
        expect(report.complete).toBe(!('maxStates' in limits));
        if (report.complete) expect(withoutTime(report)).toEqual(alone);
      }
      await expect(threads.check({ maxStates: -1 })).rejects.toMatchObject({ code: 'bad-limits' });
    } finally {
      await threads.stop();
    }
  });

  it.each([
    ['factory', 'a worker thread failed: no model here'],
    ['next', 'a worker thread failed: no successors here'],
  ])('fail the check if the %s throws in a worker', async (throwsIn, message) => {
    const source = { module: urlOf('faulty'), parameters: { throwsIn } };
    await expect(checkInThreads(source, { threads: 2 })).rejects.toMatchObject({ code: 'worker-failed', message });
  });

  it('refuse a module without the factory', async () => {
    await expect(checkInThreads({ module: urlOf('jugs'), factory: 'createCups' })).rejects.toMatchObject({
      code: 'bad-model',
    });
  });

  it.each([0, 1.5, Number.NaN])('cannot be %d', async (threads) => {
    await expect(checkInThreads({ module: urlOf('jugs') }, { threads })).rejects.toMatchObject({ code: 'bad-limits' });
  });
});
