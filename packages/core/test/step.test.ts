import { describe, expect, it } from 'vitest';
import { allEvents, eventName } from '../src/machine/events.ts';
import { allMachineOptions, reachableStates } from '../src/reachable.ts';
import { initialState, internState, isSettled, step, toNegotiationState } from '../src/step.ts';
import { after, eventNamed, toLine } from './support/story.ts';

const states = [...new Set(allMachineOptions.flatMap(reachableStates))];
const open = states.filter(({ path }) => path !== 'closed');
const effectsOf = (event: string) => [
  ...new Set(
    open.map((state) => {
      const [next, effects] = step(state, eventNamed(event));
      expect(next).toEqual({ path: 'closed', context: state.context });
      return effects.map((effect) => (effect.type === 'report' ? effect.code : effect.type)).join(' ');
    }),
  ),
];

describe('step', () => {
  it('starts stable with nothing owed', () => {
    expect(initialState({ role: 'polite', rollback: true })).toEqual({
      path: 'stable',
      context: {
        role: 'polite',
        rollback: true,
        whileAsking: 'answer',
        owed: false,
        announced: false,
        awaited: false,
        held: false,
        ourTurn: true,
        failures: 0,
      },
    });
  });

  it('gives the same frozen state and effects for the same state and event', () => {
    const from = after({ role: 'impolite' }, 'app.change');
    const once = step(from, eventNamed('engine.done'));
    const again = step(JSON.parse(JSON.stringify(from)), { type: 'engine.done', needed: false });
    expect(again).toBe(once);
    expect(Object.isFrozen(once[0]) && Object.isFrozen(once[0].context) && Object.isFrozen(once[1])).toBe(true);
    for (const effect of once[1]) expect(Object.isFrozen(effect)).toBe(true);
  });

  it('interns a state that was read from JSON', () => {
    const state = after({ role: 'requester' }, 'app.change');
    expect(internState(JSON.parse(JSON.stringify(state)))).toBe(state);
  });

  it('names every event apart', () => {
    expect(new Set(allEvents.map(eventName)).size).toBe(allEvents.length);
  });

  it('tells applications of four states and closed', () => {
    expect(new Set(states.map(toNegotiationState))).toEqual(
      new Set(['stable', 'local-offer-pending', 'remote-offer-pending', 'pending-renegotiation', 'closed']),
    );
  });

  it('holds an offer in its flags only while an operation or our own offer is in its way', () => {
    const paths = new Set(open.filter(({ context }) => context.held).map(({ path }) => path));
    expect([...paths].sort()).toEqual([
      'local-offer-pending.applying-answer',
      'local-offer-pending.awaiting-answer',
      'local-offer-pending.creating',
      'local-offer-pending.rolling-back',
      'remote-offer-pending.answering',
      'remote-offer-pending.applying-offer',
      'remote-offer-pending.rolling-back',
    ]);
  });

  it('owes nothing and holds nothing when it rests in stable', () => {
    for (const { path, context } of open) {
      if (path !== 'stable') continue;
      expect(context).toMatchObject({ owed: false, announced: false, held: false });
    }
  });

  it('is settled in stable unless the other side still owes its turn', () => {
    const lost = ['app.change', 'engine.done', 'remote.answer current wants', 'engine.done'];
    expect(isSettled(after({ role: 'impolite' }))).toBe(true);
    expect(isSettled(after({ role: 'impolite' }, 'app.change'))).toBe(false);
    expect(isSettled(after({ role: 'impolite' }, ...lost))).toBe(false);
    expect(isSettled(after({ role: 'impolite' }, ...lost, 'remote.release'))).toBe(true);
  });

  it('never rolls back on an engine that cannot', () => {
    for (const state of open.filter(({ context }) => !context.rollback)) {
      for (const event of allEvents) {
        expect(step(state, event)[1]).not.toContainEqual({ type: 'rollback' });
      }
    }
  });
});

describe('the end, from every state that can be reached', () => {
  // A state that waits stops its timer as well.
  const ends = [
    ['app.close', 'sendBye'],
    ['remote.bye', 'remote-closed'],
    ['remote.unfit', 'role-mismatch sendBye'],
    ['engine.closed', 'engine-closed sendBye'],
    ['engine.hung', 'engine-hung sendBye'],
    ['link.failed', 'link-failed'],
  ] as const;

  it.each(ends)('%s closes: %s', (event, effects) => {
    expect(effectsOf(event).sort()).toEqual([effects, `stopTimer ${effects}`]);
  });

  it('is final: nothing happens in closed', () => {
    const closed = after({ role: 'arbiter' }, 'app.close');
    for (const event of allEvents) expect(step(closed, event)).toEqual([closed, []]);
  });
});

describe('an engine that is where it cannot be', () => {
  const cases = [
    ['making an offer', { role: 'impolite' }, ['app.change'], 'engine.failed have-remote-offer'],
    [
      'applying an answer',
      { role: 'impolite' },
      ['app.change', 'engine.done', 'remote.answer current'],
      'engine.failed stable',
    ],
    ['applying an offer', { role: 'arbiter' }, ['remote.offer'], 'engine.failed have-local-offer'],
    ['answering', { role: 'arbiter' }, ['remote.offer', 'engine.done'], 'engine.failed stable'],
  ] as const;

  it.each(cases)('ends the session: %s', (_, options, events, event) => {
    const result = step(after(options, ...events), eventNamed(event));
    expect(toLine(options, event, result).slice(1, 2)).toEqual(['closed']);
    expect(result[1]).toEqual([{ type: 'report', code: 'engine-astray' }, { type: 'sendBye' }]);
  });
});
