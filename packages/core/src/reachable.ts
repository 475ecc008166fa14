/** Every state that an endpoint can be in: the step function's own closure over the input alphabet. */
import type { MachineOptions } from './machine/context.ts';
import { allEvents } from './machine/events.ts';
import { needsRollback, roles } from './roles.ts';
import { type MachineState, initialState, step } from './step.ts';

/** Every set of options that makes a distinct endpoint, in a fixed order. */
export const allMachineOptions: readonly Required<MachineOptions>[] = roles.flatMap((role) =>
  [false, true]
    .filter((rollback) => rollback || !needsRollback(role))
    .flatMap((rollback) =>
      (role === 'requester' || role === 'auto' ? (['answer', 'decline'] as const) : (['answer'] as const)).map(
        (whileAsking) => ({ role, rollback, whileAsking }),
      ),
    ),
);

/** The states reachable from `initialState(options)`, in breadth-first order; the first is the initial one. */
export const reachableStates = (options: MachineOptions): readonly MachineState[] => {
  const found = new Set([initialState(options)]);
  for (const state of found) for (const event of allEvents) found.add(step(state, event)[0]);
  return [...found];
};
