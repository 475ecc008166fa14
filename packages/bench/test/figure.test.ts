import { describe, expect, it } from 'vitest';
import { race } from '../src/figure.ts';
import { createExchangeContest } from '../src/exchange.ts';
import { createStepContest } from '../src/step.ts';

describe('a contest', () => {
  it('gives both sides, the unit, the peer and the ratio of the two', async () => {
    const calls = { ours: 0, theirs: 0 };
    const figure = await race(
      {
        id: 'nothing',
        unit: 'calls/s',
        peer: 'the same',
        perCall: 2,
        ours: () => (calls.ours += 1),
        theirs: () => (calls.theirs += 1),
      },
      1,
    );
    expect(figure).toMatchObject({ id: 'nothing', unit: 'calls/s', peer: 'the same' });
    expect(figure.ratio).toBe(figure.ours / figure.theirs);
    expect(Math.min(calls.ours, calls.theirs)).toBeGreaterThan(0);
  });

  it('of steps walks states and events on both sides', () => {
    const { ours, theirs, perCall } = createStepContest();
    expect(perCall).toBeGreaterThan(1_000);
    ours();
    theirs();
  });

  it('of exchanges really renegotiates, with sessions and by hand', async () => {
    const { ours, theirs, close } = await createExchangeContest();
    for (let time = 0; time < 2; time += 1) {
      await ours();
      await theirs();
    }
    await close();
  });
});
