/** Who negotiates in a fuzzed run, on which engines, over which wire: everything that is fixed before a story begins. */
import { type Role, type WhileAsking, counterpart } from '@detente/core';
import fc from 'fast-check';
import type { CreateEngine, PairEngine } from '../pair/engine.ts';
import { type LightEngineOptions, createLightEngine } from '../pair/light-engine.ts';
import { type Pair, createPairOf } from '../pair/pair.ts';
import { createVirtualEngine } from '../pair/virtual-engine.ts';
import { type EngineName, engineVariants } from '../virtual/variants.ts';

export type EngineChoice =
  ({ readonly engine: 'light' } & LightEngineOptions) | { readonly engine: 'virtual'; readonly variant: EngineName };

export interface Setting {
  readonly role: Role;
  readonly whileAsking: WhileAsking;
  /** `lossy` may lose, repeat and reorder; `reliable` is cut now and then; `w3c` is reliable throughout. */
  readonly network: 'reliable' | 'lossy' | 'w3c';
  readonly trigger: 'event' | 'manual';
  readonly left: EngineChoice;
  readonly right: EngineChoice;
  /** Decides what the story leaves open. */
  readonly seed: number;
}

/** Each pair of roles, with a requester's two manners apart. */
export const rolePairs = {
  'polite / impolite': { role: 'polite', whileAsking: 'answer' },
  'requester / arbiter': { role: 'requester', whileAsking: 'answer' },
  'requester that declines / arbiter': { role: 'requester', whileAsking: 'decline' },
  'answerer / offerer': { role: 'answerer', whileAsking: 'answer' },
  'auto / auto': { role: 'auto', whileAsking: 'answer' },
} as const satisfies Readonly<Record<string, Pick<Setting, 'role' | 'whileAsking'>>>;

export type RolePairName = keyof typeof rolePairs;

export const rolePairNames = Object.keys(rolePairs) as readonly RolePairName[];

const variants = Object.keys(engineVariants) as readonly EngineName[];

/** Those whose rollback can be leant on, since a polite end rolls back in every glare. Chromium's cannot. */
const canPlayPolite: readonly EngineName[] = ['spec', 'firefox', 'wrtc'];

const variantsFor = (role: Role): readonly EngineName[] => (role === 'polite' ? canPlayPolite : variants);

/** The light engine in each of its variants, or the virtual engine as each engine that can play the role. */
const engineFor = (role: Role, engine: EngineChoice['engine']): fc.Arbitrary<EngineChoice> =>
  engine === 'light'
    ? fc.record({
        engine: fc.constant('light'),
        rollback: role === 'polite' ? fc.constant(true) : fc.boolean(),
        answersCarry: fc.boolean(),
      })
    : fc.record({ engine: fc.constant('virtual'), variant: fc.constantFrom(...variantsFor(role)) });

export const settingArbitrary = (pair: RolePairName, engine: EngineChoice['engine']): fc.Arbitrary<Setting> => {
  const { role, whileAsking } = rolePairs[pair];
  return fc.record({
    role: fc.constant(role),
    whileAsking: fc.constant(whileAsking),
    network: fc.constantFrom('reliable', 'lossy', ...(role === 'polite' ? ['w3c' as const] : [])),
    trigger: fc.constantFrom('event', 'manual'),
    left: engineFor(role, engine),
    right: engineFor(counterpart[role], engine),
    seed: fc.nat(1_000_000),
  });
};

export const createPairFor = ({ network, left, right, ...options }: Setting): Pair<PairEngine> => {
  const create: CreateEngine<PairEngine> = (setting) => {
    const choice = setting.end === 'left' ? left : right;
    return choice.engine === 'light'
      ? createLightEngine(choice, setting)
      : createVirtualEngine(choice.variant, setting);
  };
  const pair = createPairOf(
    { ...options, wire: network === 'w3c' ? 'w3c' : 'native', link: network === 'lossy' ? 'lossy' : 'reliable' },
    create,
  );
  return pair;
};
