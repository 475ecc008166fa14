import { describe, expect, it } from 'vitest';
import { check, type Report } from '../../src/engine/index.ts';
import { type Counterexample, counterexamples, livelock } from '../../src/reference/counterexamples.ts';
import { toModel } from '../../src/reference/object-model.ts';
import { originalAskFirst } from '../../src/reference/original-ask-first.ts';
import { type ExampleParameters, w3cExample } from '../../src/reference/w3c-example.ts';

const failed = ({ properties }: Report) => properties.filter(({ holds }) => !holds).map(({ id }) => id);
const pathTo = (report: Report, id: string) =>
  report.properties.find((property) => property.id === id)!.counterexample!;
const example = (parameters: Partial<ExampleParameters>) =>
  toModel(w3cExample({ changes: { left: 1, right: 1 }, losses: 0, copies: 0, ...parameters }));

const byName = (name: string): Counterexample => counterexamples().find((one) => one.name === name)!;
const find = async (name: string) => {
  const counterexample = byName(name);
  const report = await check(counterexample.model);
  const path = pathTo(report, counterexample.property);
  return { path, states: report.distinctStates, labels: path.steps.map(({ label }) => label) };
};

describe('the original ask-first flow', () => {
  it('is sound while only one side changes something and offers whenever it may', async () => {
    for (const [clientChanges, serverChanges] of [
      [2, 0],
      [0, 2],
    ] as const) {
      const model = toModel(originalAskFirst({ clientChanges, serverChanges, silences: 0 }));
      const report = await check(model);
      expect(report.properties.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
    }
  });

  it('loses the wake-up for a change of the server during a negotiation of the client', async () => {
    const { labels, states } = await find('ask-first-lost-wake-up');
    expect(labels).toEqual([
      'client changes something, and asks',
      'server allows it, and locks',
      'client is allowed, and offers',
      'server changes something during a negotiation, and sets a flag',
      'server answers, and unlocks',
      'client applies the answer',
    ]);
    expect(states).toBe(29);
  });

  it('stays locked for a client that was allowed to offer and does not', async () => {
    const { labels, states } = await find('ask-first-stuck-lock');
    expect(labels).toEqual([
      'client changes something, and asks',
      'server allows it, and locks',
      'client is allowed, and does not offer',
      'server changes something during a negotiation, and sets a flag',
    ]);
    expect(states).toBe(32);
  });
});

describe("the W3C's example", () => {
  it('settles every glare while each message arrives once', async () => {
    const report = await check(example({ changes: { left: 2, right: 2 } }));
    expect(failed(report)).toEqual([]);
    expect(report.distinctStates).toBe(695);
  });

  it('waits for ever when the only offer is lost, four steps from the start', async () => {
    const report = await check(example({ changes: { left: 1, right: 0 }, losses: 1 }));
    expect(pathTo(report, 'no-deadlock').steps.map(({ label }) => label)).toEqual([
      'left changes something',
      'left hears that negotiation is needed',
      'left sends its offer',
      'right never gets offer 1',
    ]);
  });

  it('waits for ever on both sides when the offer that counts in a glare is lost', async () => {
    const { path, states } = await find('w3c-lost-offer');
    expect({ states, steps: path.steps.length }).toEqual({ states: 128, steps: 8 });
    expect(path.steps.at(-1)).toMatchObject({
      label: 'right ignores offer 1',
      shown: 'have-local-offer | have-local-offer | 0 → ← 0',
    });
  });

  it('takes an answer to a copied offer for one to a newer offer, and rests at odds', async () => {
    const { path, states, labels } = await find('w3c-duplicate-offer');
    expect({ states, steps: path.steps.length }).toEqual({ states: 349, steps: 18 });
    expect(labels.slice(-4)).toEqual([
      'right ignores offer 2',
      'right sends its answer',
      'left gets answer 1',
      'left applies the answer',
    ]);
    expect(path.steps.at(-1)!.shown).toBe('stable | stable | 0 → ← 0');
  });

  it('goes round in circles once a copy has left its flag set', async () => {
    const report = await check(livelock());
    const { steps, cycle } = pathTo(report, 'rests');
    expect({ states: report.distinctStates, steps: steps.length, cycle: cycle!.length }).toEqual({
      states: 2907,
      steps: 19,
      cycle: 14,
    });
  });
});

describe('Détente, with the same changes and faults as', () => {
  it.each(counterexamples().map(({ name, ours }) => [name, ours] as const))('%s, holds', async (_, ours) => {
    expect(failed(await check(ours()))).toEqual([]);
  });
});

describe('a picture', () => {
  const drawn = async (name: string) => byName(name).draw((await find(name)).path);

  it('has a message that is lost, and what is wrong in the end', async () => {
    const { entries, lifelines } = await drawn('w3c-lost-offer');
    expect(lifelines.map(({ role }) => role)).toEqual(['polite', 'impolite']);
    expect(entries.filter(({ type }) => type === 'send' || type === 'receive')).toEqual([
      expect.not.objectContaining({ lost: true }),
      expect.objectContaining({ on: 'right', type: 'send', message: 'message 2', lost: true }),
      expect.objectContaining({ on: 'right', type: 'receive', message: 'message 1', from: 'left' }),
    ]);
    expect(entries.slice(-2)).toEqual([
      expect.objectContaining({ on: 'left', text: 'waits for ever', tone: 'trouble' }),
      expect.objectContaining({ on: 'right', text: 'waits for ever', tone: 'trouble' }),
    ]);
  });

  it('has a copy arrive as the same message again', async () => {
    const { entries } = await drawn('w3c-duplicate-offer');
    const received = entries.flatMap((entry) => (entry.type === 'receive' ? [`${entry.message} ${entry.label}`] : []));
    expect(received).toEqual([
      'message 1 offer 1',
      'message 2 answer 1',
      'message 1 offer 1',
      'message 3 offer 2',
      'message 4 answer 1',
    ]);
  });
});
