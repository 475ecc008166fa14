import { describe, expect, it } from 'vitest';
import { createPair, expectAgreed } from './support/pair.ts';

const createAsking = () => {
  const pair = createPair({ role: 'impolite' }, { role: 'polite' });
  const { engine } = pair.left;
  const offers = () => engine.calls.filter((call) => call === 'createOffer').length;
  return {
    ...pair,
    /** The engine asks, and what comes of it is waited for, so often; gives the number of offers made so far. */
    async ask(times: number): Promise<number> {
      for (let time = 0; time < times; time += 1) {
        engine.sayChanged();
        await pair.run();
      }
      return offers();
    },
    async afterMs(durationMs: number): Promise<number> {
      await pair.clock.advance(durationMs);
      await pair.run();
      return offers();
    },
  };
};

describe('an engine that asks again and again', () => {
  it('for what no offer of its own carries is heard ever more rarely, and the application is told once', async () => {
    const { ask, afterMs, run, left } = createAsking();
    const wish = { isOpen: true };
    Object.assign(left.engine, { negotiationNeeded: () => wish.isOpen });
    expect(await ask(10)).toBe(3);
    expect(left.errors).toEqual(['change-failed']);
    expect(await afterMs(1_000)).toBe(4);
    expect(await ask(1)).toBe(4);
    expect(await afterMs(1_999)).toBe(4);
    expect(await afterMs(1)).toBe(5);
    expect(left.errors).toEqual(['change-failed']);

    wish.isOpen = false;
    left.session.negotiate();
    await run();
    expect(await ask(2)).toBe(8);
  });

  it('for nothing at all is treated alike', async () => {
    const pair = createAsking();
    expect(await pair.ask(10)).toBe(2);
    expect(pair.left.errors).toEqual(['change-failed']);
    expect(await pair.afterMs(59_999)).toBe(2);
    expect(await pair.afterMs(1)).toBe(3);
    expectAgreed(pair);
  });

  it('for nothing at all hides no change that comes meanwhile', async () => {
    const pair = createAsking();
    const { engine } = pair.left;
    await pair.ask(10);
    // It has asked already, and will not say so again.
    Object.assign(engine, { negotiationNeeded: () => engine.calls.length < 8 });
    expect(await pair.afterMs(999)).toBe(2);
    expect(await pair.afterMs(1)).toBe(3);
  });

  it('for nothing at all is heard again at once when it asks for something', async () => {
    const pair = createAsking();
    expect(await pair.ask(10)).toBe(2);
    pair.left.engine.change();
    await pair.run();
    expectAgreed(pair);
    expect(await pair.ask(1)).toBe(4);
  });
});
