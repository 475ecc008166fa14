import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { chartSource } from '../../scripts/chart-source.ts';
import { chart } from '../../src/machine/chart.ts';
import { allEvents, eventName } from '../../src/machine/events.ts';
import { flags } from '../../src/machine/flags.ts';
import { guards } from '../../src/machine/guards.ts';
import { negotiationMachine } from '../../src/machine/machine.ts';
import { allMachineOptions, reachableStates } from '../../src/reachable.ts';
import { type MachineState, initialState, step } from '../../src/step.ts';

const toSnapshot = ({ path, context }: MachineState) => {
  const [parent, child] = path.split('.') as [string, string | undefined];
  return negotiationMachine.resolveState({
    value: (child === undefined ? parent : { [parent]: child }) as never,
    context,
  });
};

const pathOf = (value: string | object) => (typeof value === 'string' ? value : Object.entries(value)[0]?.join('.'));

describe('the compiled chart', () => {
  it('is what the statechart compiles to', async () => {
    const file = new URL('../../src/machine/chart.ts', import.meta.url);
    const fresh = await format(chartSource(), { parser: 'typescript', printWidth: 120, singleQuote: true });
    expect(readFileSync(file, 'utf8'), 'run: pnpm --filter @detente/core compile-chart').toBe(fresh);
  });

  it('names every guard and every flag change that there is', () => {
    const text = JSON.stringify(chart);
    const unused = [...Object.keys(guards), ...Object.keys(flags)].filter((name) => !text.includes(`"${name}"`));
    expect(unused).toEqual([]);
  });

  it("starts where XState's initialTransition starts", () => {
    for (const options of allMachineOptions) {
      const [{ value, context }] = initialTransition(negotiationMachine, options);
      expect(initialState(options)).toEqual({ path: pathOf(value), context });
    }
  });

  it("moves as XState's transition moves, on every reachable state and every event", () => {
    const states = [...new Set(allMachineOptions.flatMap(reachableStates))].filter(({ path }) => path !== 'closed');
    const differences: string[] = [];
    for (const state of states) {
      for (const event of allEvents) {
        const [{ value, context }, actions] = transition(negotiationMachine, toSnapshot(state), event);
        const effects = actions.map(({ type, params }) => ({ type, ...(params as object | undefined) }));
        const [next, ours] = step(state, event);
        if (JSON.stringify([pathOf(value), context, effects]) !== JSON.stringify([next.path, next.context, ours])) {
          differences.push(`${state.path} × ${eventName(event)}`);
        }
      }
    }
    expect(states.length).toBeGreaterThan(1_000);
    expect([...new Set(differences)]).toEqual([]);
  });
});
