import { describe, expect, it } from 'vitest';
import { allEvents, eventName } from '../../src/machine/events.ts';
import { ignoredRules, whyIgnored } from '../../src/machine/ignored.ts';
import { negotiationMachine } from '../../src/machine/machine.ts';
import { allMachineOptions, reachableStates } from '../../src/reachable.ts';
import { type MachineState, step } from '../../src/step.ts';

const toSnapshot = ({ path, context }: MachineState) => {
  const [parent, child] = path.split('.') as [string, string | undefined];
  return negotiationMachine.resolveState({
    value: (child === undefined ? parent : { [parent]: child }) as never,
    context,
  });
};

const states = [...new Set(allMachineOptions.flatMap(reachableStates))];
const pairs = states.flatMap((state) => allEvents.map((event) => ({ state, event })));
const hasTransition = ({ state, event }: (typeof pairs)[number]) =>
  state.path !== 'closed' && toSnapshot(state).can(event);
const nameOf = ({ state, event }: (typeof pairs)[number]) => `${state.path} × ${eventName(event)}`;

describe('every reachable state and every event', () => {
  it('is a transition or is listed as ignored with its reason, and never both', () => {
    const neither = pairs.filter((pair) => !hasTransition(pair) && !whyIgnored(pair.state, pair.event));
    const both = pairs.filter((pair) => hasTransition(pair) && whyIgnored(pair.state, pair.event));
    expect([...new Set(neither.map(nameOf))]).toEqual([]);
    expect([...new Set(both.map(nameOf))]).toEqual([]);
  });

  it('leaves the state untouched and asks for nothing when it is ignored', () => {
    const ignored = pairs.filter(({ state, event }) => whyIgnored(state, event));
    expect(ignored.length).toBeGreaterThan(0);
    for (const { state, event } of ignored) expect(step(state, event)).toEqual([state, []]);
  });

  it('never throws, and names one path, one operation and one timer at most', () => {
    for (const { state, event } of pairs) {
      const [next, effects] = step(state, event);
      expect(next.path).toBeTypeOf('string');
      const operations = effects.filter(({ type }) =>
        /^(createOffer|applyOffer|createAnswer|applyAnswer|rollback)$/.test(type),
      );
      expect(operations.length).toBeLessThanOrEqual(1);
      expect(effects.filter(({ type }) => type === 'startTimer').length).toBeLessThanOrEqual(1);
    }
  });

  it('uses every rule of the list of ignored pairs', () => {
    const unused = ignoredRules.filter(({ ignores }) => !pairs.some(({ state, event }) => ignores(state, event)));
    expect(unused).toEqual([]);
  });

  it('is as many as it was: a change of the chart changes these numbers on purpose', () => {
    const counts = Object.fromEntries(
      allMachineOptions.map((options) => [
        `${options.role}${options.rollback ? ' +rollback' : ''}${options.whileAsking === 'decline' ? ' +decline' : ''}`,
        reachableStates(options).length,
      ]),
    );
    expect(counts).toMatchInlineSnapshot(`
      {
        "answerer": 50,
        "answerer +rollback": 71,
        "arbiter": 194,
        "arbiter +rollback": 256,
        "auto": 327,
        "auto +decline": 344,
        "auto +rollback": 449,
        "auto +rollback +decline": 479,
        "impolite": 137,
        "impolite +rollback": 203,
        "offerer": 197,
        "offerer +rollback": 283,
        "polite +rollback": 207,
        "requester": 97,
        "requester +decline": 114,
        "requester +rollback": 150,
        "requester +rollback +decline": 180,
      }
    `);
  });
});
