/** The models beside those of two sides: links alone, sides over links, and a server with several clients. */
import type { LinkOptions } from '@detente/core/link';
import { counterpart } from '@detente/core';
import { type CompositionParameters, createComposition } from '../model/composition.ts';
import { createLinkPair, type LinkParameters } from '../model/link-pair.ts';
import type { PairParameters } from '../model/parameters.ts';
import { createStar, type StarParameters } from '../model/star.ts';
import { assumptionsOf } from './assumptions.ts';
import type { ModelEntry, Tier } from './entry.ts';

const none = { left: false, right: false } as const;
const both = { left: true, right: true } as const;
const once = { leftChanges: 1, rightChanges: 1 } as const;

const lossy: LinkOptions = { mode: 'lossy', capacity: 4 };
const reliable: LinkOptions = { mode: 'reliable', capacity: 4, ackEvery: 2 };

const link = (name: string, tier: Tier, parameters: LinkParameters): ModelEntry => ({
  name: `link.${name}`,
  tier,
  roles: [],
  bound: { ...parameters.options, ...parameters.messages, ...parameters.faults },
  assumptions: [
    'the network changes no frame and invents none',
    'what goes wrong on the network is counted',
    'liveness: frames that are not lost arrive, timers fire, and a broken connection comes back (weak fairness)',
  ],
  create: () => createLinkPair(parameters),
});

const links: readonly ModelEntry[] = [
  link('lossy', 'ci', {
    options: lossy,
    messages: { left: 2, right: 1 },
    faults: { losses: 1, copies: 1, swaps: 1, earlyTimers: 1 },
  }),
  link('lossy.losses-3', 'ci', {
    options: lossy,
    messages: { left: 2, right: 1 },
    faults: { losses: 3, copies: 1, swaps: 1 },
  }),
  link('reliable', 'ci', { options: reliable, messages: { left: 2, right: 1 }, faults: { cuts: 1, resyncs: 2 } }),
  link('lossy.messages-4', 'deep', {
    options: lossy,
    messages: { left: 2, right: 2 },
    faults: { losses: 2, copies: 2, swaps: 1, earlyTimers: 1 },
  }),
  link('reliable.cuts-2', 'deep', {
    options: reliable,
    messages: { left: 2, right: 2 },
    faults: { cuts: 2, resyncs: 1 },
  }),
];

const overLinks = (
  name: string,
  tier: Tier,
  pair: PairParameters,
  faults: CompositionParameters['faults'],
): ModelEntry => ({
  name: `over-links.${pair.role}-${counterpart[pair.role]}.${name}`,
  tier,
  roles: [pair.role, counterpart[pair.role]],
  bound: { rollback: pair.rollback, ...pair.budget, ...faults },
  assumptions: [
    'frames may be lost, copied and overtaken, so often as the bound says; the link makes up for it',
    ...assumptionsOf(pair).slice(1),
  ],
  create: () => createComposition({ pair, link: { mode: 'lossy', capacity: 8 }, faults }),
});

const pairs: readonly PairParameters[] = [
  { role: 'polite', rollback: both, budget: once, dangers: ['glare'] },
  { role: 'requester', rollback: none, budget: once, dangers: ['floor granted while the granter owes'] },
  { role: 'auto', rollback: none, budget: once },
  { role: 'answerer', rollback: none, answersCarry: 'always', budget: once },
];

const composed: readonly ModelEntry[] = pairs.flatMap((pair) => [
  overLinks('losses-1', 'ci', pair, { losses: 1, copies: 0, swaps: 0 }),
  overLinks('all-faults', 'deep', pair, { losses: 1, copies: 1, swaps: 1 }),
  overLinks(
    'all-faults.failures-1',
    'deep',
    { ...pair, budget: { ...once, failures: 1 } },
    { losses: 1, copies: 1, swaps: 1 },
  ),
]);

const star = (name: string, tier: Tier, parameters: StarParameters): ModelEntry => ({
  name: `star-${parameters.clients}.${name}`,
  tier,
  roles: [...Array.from({ length: parameters.clients }, () => parameters.leg.role), counterpart[parameters.leg.role]],
  bound: { clients: parameters.clients, symmetric: parameters.symmetric, ...parameters.leg.budget },
  assumptions: [
    'an accepted change of one client is a change for every other, at once',
    'clients change something at most as often, together, as the bound says',
    ...assumptionsOf(parameters.leg).filter((sentence) => !sentence.includes('side')),
  ],
  create: () => createStar(parameters),
});

const leg = (budget: PairParameters['budget']): PairParameters => ({
  role: 'requester',
  rollback: none,
  answersCarry: 'never',
  budget,
});

const stars: readonly ModelEntry[] = [
  star('changes-2', 'ci', { clients: 2, symmetric: false, leg: leg({ leftChanges: 2 }) }),
  star('changes-3', 'ci', { clients: 2, symmetric: false, leg: leg({ leftChanges: 3 }) }),
  star('changes-2', 'ci', { clients: 3, symmetric: false, leg: leg({ leftChanges: 2 }) }),
  star('changes-2.failures-1', 'ci', { clients: 2, symmetric: true, leg: leg({ leftChanges: 2, failures: 1 }) }),
  star('changes-3.symmetric', 'deep', { clients: 3, symmetric: true, leg: leg({ leftChanges: 3 }) }),
  star('changes-3.failures-1', 'deep', { clients: 3, symmetric: true, leg: leg({ leftChanges: 3, failures: 1 }) }),
  star('changes-2.timers-1', 'deep', { clients: 3, symmetric: true, leg: leg({ leftChanges: 2, timers: 1 }) }),
];

export const otherEntries: readonly ModelEntry[] = [...links, ...composed, ...stars];
