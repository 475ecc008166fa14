/**
 * Other stacks on the other side. They need Go, Python and their registries, so they are played on request:
 * `pnpm --filter @detente/browser interop:stacks`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Setting, Stack } from './other-stacks.ts';

// Loads the engines, which takes its time.
const stacks = process.env['DETENTE_OTHER_STACKS'] === '1' ? await import('./other-stacks.ts') : undefined;
const rounds = 10;
const seeds = [1, 2, 3];

describe.each(['Pion', 'aiortc'] as const)('%s', (name) => {
  const reason = stacks ? stacks.missingTool(name) : 'DETENTE_OTHER_STACKS is not 1';
  if (reason !== undefined) console.warn(`${name} is not played against: ${reason}.`);

  describe.skipIf(reason !== undefined)(reason === undefined ? 'is here' : `is not here, since ${reason}`, () => {
    let stack: Stack | undefined;
    beforeAll(() => {
      stack = stacks?.installStack(name);
    }, 600_000);
    afterAll(() => stack?.remove());

    const pairs: readonly Pick<Setting, 'role' | 'engine'>[] = [
      { role: 'requester', engine: 'werift' },
      { role: 'answerer', engine: 'werift' },
      // libwebrtc refuses offers that give a codec another payload type than was negotiated, as all of aiortc's do.
      ...(name === 'aiortc' ? [] : [{ role: 'requester', engine: 'wrtc' } as const]),
      { role: 'answerer', engine: 'wrtc' },
    ];
    it.each(pairs)(
      'as $role agrees with our session on $engine after every round',
      async ({ role, engine }) => {
        let glares = 0;
        for (const seed of seeds) {
          const result = await stacks!.playAgainst({ stack: stack!, role, engine, rounds, seed });
          expect(result).toMatchObject({ rounds, errors: { left: [], right: [] } });
          expect(result.failure).toBeUndefined();
          glares += result.glares;
        }
        expect(glares).toBeGreaterThan(seeds.length);
      },
      180_000,
    );
  });
});
