/** A model of two sides on the command line: whose engine can do what, and what may happen how often. */
import { type PairParameters, ParameterError } from '@detente/checker/model';
import type { Role } from '@detente/core';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { BadInput } from './bad-input.ts';

type Times = number | 'endless';

export interface ModelFlags {
  readonly rollback: 'both' | 'left' | 'right' | 'none';
  readonly declines?: boolean;
  readonly changes: Times;
  readonly failures: Times;
  readonly timers: Times;
  readonly ends: Times;
  readonly restarts: Times;
  readonly candidates: Times;
  readonly iceRestarts: Times;
}

const bounds = {
  changes: 'how often each side may change something',
  failures: 'how many operations may fail',
  timers: 'how many timers may fire early',
  ends: 'how many sessions or engines may close or hang',
  restarts: 'how many sessions may be lost and begun anew',
  candidates: 'how many candidates may be found',
  'ice-restarts': 'how often ICE may be restarted',
} as const;

export const addModelOptions = (command: Command): Command => {
  command
    .addOption(
      new Option('--rollback <side>', 'whose engine can roll back')
        .choices(['both', 'left', 'right', 'none'])
        .default('both'),
    )
    .option('--declines', 'a requester declines offers while it asks for the floor');
  for (const [name, what] of Object.entries(bounds)) {
    const preset = name === 'changes' ? 2 : 0;
    command.addOption(new Option(`--${name} <number>`, what).argParser(times).default(preset));
  }
  return command;
};

/** What a model takes for each of them is for the model to judge. */
const times = (text: string): Times => {
  if (text === 'endless') return text;
  if (!/^\d+$/.test(text) || Number(text) > 14) {
    throw new InvalidArgumentError("It must be a whole number from 0 to 14, or 'endless'.");
  }
  return Number(text);
};

/** Shape: `changes-2.failures-1`. */
export const nameOf = (role: Role, flags: ModelFlags): string => {
  const set = Object.keys(bounds).flatMap((name) => {
    const count = flags[(name === 'ice-restarts' ? 'iceRestarts' : name) as 'changes'];
    return count === 0 ? [] : [`${name}-${count}`];
  });
  return [role, `rollback-${flags.rollback}`, ...(flags.declines ? ['declines'] : []), ...set].join('.');
};

export const toParameters = (role: Role, flags: ModelFlags): PairParameters => {
  const { rollback, declines, changes, ...others } = flags;
  const { failures, timers, ends, restarts, candidates, iceRestarts } = others;
  return {
    role,
    rollback: { left: rollback === 'both' || rollback === 'left', right: rollback === 'both' || rollback === 'right' },
    whileAsking: declines ? 'decline' : 'answer',
    queue: queueFor(flags),
    // What an answerer needs is in the offer that it asked for.
    ...(role === 'answerer' ? { answersCarry: 'always' } : {}),
    budget: {
      leftChanges: changes,
      rightChanges: changes,
      failures,
      timers,
      ends,
      restarts,
      candidates,
      iceRestarts,
    },
  };
};

/** Timers repeat messages, candidates are messages, and those of a session that was lost are still under way. */
const queueFor = ({ timers, candidates, restarts }: ModelFlags): number => {
  const more = [timers, candidates, restarts === 'endless' ? restarts : 4 * restarts];
  return more.includes('endless')
    ? 64
    : Math.min(
        64,
        more.reduce<number>((sum, count) => sum + Number(count), 8),
      );
};

/** What the models refuse is for the caller to mend. */
export const refusing = <T>(create: () => T): T => {
  try {
    return create();
  } catch (error) {
    throw error instanceof ParameterError ? new BadInput(error.message) : error;
  }
};
