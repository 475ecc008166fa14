import { expect, it } from 'vitest';
import { createPair } from './support/pair.ts';

it('an engine that no offer of its own satisfies is heard ever more rarely, and the application is told once', async () => {
  const pair = createPair({ role: 'impolite' }, { role: 'polite' });
  const { engine, session, errors } = pair.left;
  const wish = { isOpen: true };
  Object.assign(engine, { negotiationNeeded: () => wish.isOpen });
  const ask = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      engine.sayChanged();
      await pair.run();
    }
    return engine.calls.filter((call) => call === 'createOffer').length;
  };
  const afterMs = async (durationMs: number) => {
    await pair.clock.advance(durationMs);
    await pair.run();
    return ask(0);
  };

  expect(await ask(10)).toBe(3);
  expect(errors).toEqual(['change-failed']);
  expect(await afterMs(1_000)).toBe(4);
  expect(await ask(1)).toBe(4);
  expect(await afterMs(1_999)).toBe(4);
  expect(await afterMs(1)).toBe(5);
  expect(errors).toEqual(['change-failed']);

  wish.isOpen = false;
  session.negotiate();
  await pair.run();
  expect(await ask(2)).toBe(8);
});
