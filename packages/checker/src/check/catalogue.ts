/**
 * Every model of two sides, by name: each pair of roles with each combination of engines, and for each a handful of
 * families that differ in what may happen. `ci` is checked at every commit, `deep` from time to time.
 */
import { counterpart, needsRollback, type Role } from '@detente/core';
import type { Budget } from '../model/budget.ts';
import type { Danger } from '../model/danger.ts';
import { type Side, sides } from '../model/names.ts';
import type { PairParameters } from '../model/parameters.ts';
import type { Tier } from './entry.ts';

/** One model of two sides. */
export interface PairEntry {
  /** Shape: `requester-arbiter.rollback-none.declines.failures-1`. */
  readonly name: string;
  readonly tier: Tier;
  readonly parameters: PairParameters;
}

type Config = Pick<PairParameters, 'role' | 'rollback' | 'whileAsking' | 'answersCarry'>;

interface Family {
  readonly name: string;
  readonly tier: Tier;
  readonly budget: Partial<Budget>;
  readonly follows?: boolean;
  readonly dangers: (config: Config) => readonly Danger[];
}

const endless = { leftChanges: 'endless', rightChanges: 'endless' } as const;
const changes = (count: number) => ({ leftChanges: count, rightChanges: count });
const isGlareProne = ({ role }: Config) => role === 'polite';
const asksFirst = ({ role }: Config) => role === 'requester' || role === 'auto';

/** What happens without any fault, once both sides change something. */
const everyday = (config: Config): readonly Danger[] => [
  ...(isGlareProne(config) ? (['glare', 'rollback', 'offer-ignored', 'turn yielded'] as const) : []),
  ...(isGlareProne(config) ? [] : (['asking while the other side negotiates'] as const)),
  ...(asksFirst(config) ? (['floor granted while the granter owes'] as const) : []),
  ...(config.whileAsking === 'decline'
    ? (['decline', config.rollback.right ? 'rollback' : 'insisting offer'] as const)
    : []),
];

const failing = (): readonly Danger[] => ['operation-failed', 'offer-refused', 'offer-declined', 'estrangement'];
const lapsing = (config: Config): readonly Danger[] =>
  asksFirst(config)
    ? ['lease-lapsed', 'stale-grant', ...(sides.some((side) => config.rollback[side]) ? [] : (['floor-lost'] as const))]
    : [];

/** What there is to see of a timer that fires early. */
const late = (config: Config): readonly Danger[] => (asksFirst(config) ? lapsing(config) : ['stalled']);

const families: readonly Family[] = [
  { name: 'endless', tier: 'ci', budget: endless, follows: true, dangers: everyday },
  { name: 'failures-1', tier: 'ci', budget: { ...endless, failures: 1 }, dangers: failing },
  { name: 'timers-1', tier: 'ci', budget: { ...endless, timers: 1 }, dangers: late },
  {
    name: 'ends-1',
    tier: 'ci',
    budget: { ...endless, ends: 1 },
    dangers: () => ['engine-hung', 'engine-closed', 'remote-closed'],
  },
  { name: 'restarts-1', tier: 'ci', budget: { ...endless, restarts: 1 }, dangers: () => ['restart of both'] },
  {
    name: 'candidates-1',
    tier: 'ci',
    budget: { ...changes(1), candidates: 1, iceRestarts: 1 },
    dangers: () => ['candidate current', 'candidate coming'],
  },
  {
    name: 'broken-engines-1',
    tier: 'ci',
    budget: { ...changes(1), failures: 'endless' },
    dangers: () => ['change-failed', 'offer-refused', 'rollback-failed'],
  },
  { name: 'failures-1', tier: 'deep', budget: { ...endless, failures: 1 }, follows: true, dangers: failing },
  { name: 'timers-1', tier: 'deep', budget: { ...endless, timers: 1 }, follows: true, dangers: late },
  {
    name: 'candidates-2',
    tier: 'deep',
    budget: { ...changes(1), candidates: 2, iceRestarts: 1, failures: 1 },
    dangers: () => ['candidate current', 'candidate coming', 'candidate dead'],
  },
  {
    name: 'broken-engines-2',
    tier: 'deep',
    budget: { ...changes(2), failures: 'endless' },
    dangers: () => ['change-failed', 'offer-refused', 'rollback-failed'],
  },
  {
    name: 'faults-3',
    tier: 'deep',
    budget: { ...endless, failures: 2, timers: 1 },
    dangers: (config) => [...failing(), ...lapsing(config)],
  },
  {
    name: 'mixed',
    tier: 'deep',
    budget: { ...changes(2), failures: 1, timers: 2, ends: 1, restarts: 1 },
    dangers: () => ['operation-failed', 'engine-hung', 'restart of both'],
  },
];

const configs: readonly Config[] = (['polite', 'requester', 'auto', 'answerer'] as const).flatMap((role) =>
  [true, false].flatMap((left) =>
    [true, false]
      .filter((right) => (left || !needsRollback(role)) && (right || !needsRollback(counterpart[role])))
      .flatMap((right) =>
        mannersOf(role).map((whileAsking) => ({
          role,
          rollback: { left, right },
          whileAsking,
          // What an answerer needs is in the offer that it asked for.
          ...(role === 'answerer' ? ({ answersCarry: 'always' } as const) : {}),
        })),
      ),
  ),
);

function mannersOf(role: Role): readonly ('answer' | 'decline')[] {
  return role === 'requester' ? ['answer', 'decline'] : ['answer'];
}

/** In a fixed order: models of the same sides follow each other. */
export const catalogue: readonly PairEntry[] = configs.flatMap((config) =>
  families.flatMap(({ name, tier, budget, follows, dangers }) =>
    (follows ? sides : [undefined]).map((follow) => ({
      name: nameOf(config, name, follow),
      tier,
      parameters: {
        ...config,
        budget,
        ...(follow ? { follow } : {}),
        // Which change is followed makes no difference to what else happens.
        dangers: follow === 'right' ? [] : dangers(config),
      },
    })),
  ),
);

function nameOf({ role, rollback, whileAsking }: Config, family: string, follow: Side | undefined): string {
  const who = rollback.left && rollback.right ? 'both' : rollback.left ? 'left' : rollback.right ? 'right' : 'none';
  const parts = [
    `${role}-${counterpart[role]}`,
    `rollback-${who}`,
    ...(whileAsking === 'decline' ? ['declines'] : []),
    family,
    ...(follow ? [`follow-${follow}`] : []),
  ];
  return parts.join('.');
}
