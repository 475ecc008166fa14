/** The runs that the documentation shows. */
import { type Run, toRun } from '@detente/diagrams';
import { recordNaive } from './record-naive.ts';
import { type Scenario, recordPair } from './record-pair.ts';

const scene = (title: string, scenario: Scenario): Run => toRun(recordPair(scenario), title);

/** By the name of the file. */
export const scenes = async (): Promise<Readonly<Record<string, Run>>> => ({
  naive: await recordNaive(
    'Without a rule: one side has a change while the other one offers',
    ['client', 'SFU'],
    [
      { atMs: 0, on: 'SFU' },
      { atMs: 3, on: 'client' },
    ],
  ),
  'ask-first': scene('Ask first: one side has a change while the other one offers', {
    left: { role: 'requester' },
    right: { role: 'arbiter' },
    names: { left: 'client', right: 'SFU' },
    changes: [
      { atMs: 0, on: 'right' },
      { atMs: 3, on: 'left' },
    ],
  }),
  glare: scene('Glare: both sides offer, and the polite one gives way', {
    left: { role: 'polite', rollback: true },
    right: { role: 'impolite' },
    changes: [
      { atMs: 0, on: 'left' },
      { atMs: 1, on: 'right' },
    ],
  }),
  'answerer-asks': scene('One side makes every offer, and the other asks it to', {
    left: { role: 'answerer' },
    right: { role: 'offerer' },
    changes: [{ atMs: 0, on: 'left' }],
  }),
});
