/** What it costs to decide: the compiled step against XState's own on the statechart that it is compiled from. */
import { allEvents, allMachineOptions, type MachineState, reachableStates, step } from '@detente/core';
import { negotiationMachine } from '@detente/core/machine';
import { transition } from 'xstate';
import type { Contest } from './figure.ts';

const toSnapshot = ({ path, context }: MachineState) => {
  const [parent, child] = path.split('.') as [string, string | undefined];
  const value = child === undefined ? parent : { [parent]: child };
  return negotiationMachine.resolveState({ value: value as never, context });
};

export const createStepContest = (): Contest => {
  const states = [...new Set(allMachineOptions.flatMap(reachableStates))]
    .filter(({ path }) => path !== 'closed')
    .filter((_, index) => index % 40 === 0);
  const snapshots = states.map(toSnapshot);
  return {
    id: 'step',
    unit: 'events/s',
    peer: "XState's transition() on the same statechart",
    perCall: states.length * allEvents.length,
    ours: () => states.forEach((state) => allEvents.forEach((event) => step(state, event))),
    theirs: () =>
      snapshots.forEach((snapshot) => allEvents.forEach((event) => transition(negotiationMachine, snapshot, event))),
  };
};
