import { type RunEntry, type TracedSide, type TracedStep, toRun } from '@detente/diagrams';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordPair } from '../../scripts/record-pair.ts';

const askFirst = { left: { role: 'requester' }, right: { role: 'arbiter' } } as const;
const oneChange = { ...askFirst, changes: [{ atMs: 0, on: 'left' }] } as const;

const step = (atMs: number, rest: Partial<TracedStep>): TracedStep => ({
  atMs,
  input: { type: 'timer' },
  from: 'stable',
  to: 'stable',
  outputs: [],
  ...rest,
});
const side = (id: string, trace: readonly TracedStep[], peer?: string): TracedSide => ({
  id,
  name: id,
  role: 'auto',
  trace,
  peer,
});
const tell = (entry: RunEntry): string => {
  switch (entry.type) {
    case 'send':
      return `send ${entry.label} to ${entry.to}, as ${entry.message}`;
    case 'receive':
      return `receive ${entry.label} from ${entry.from}, as ${entry.message}`;
    case 'state':
      return `state ${entry.path}`;
    case 'operation':
      return `operation ${entry.operation}`;
    case 'operation-over':
      return `operation-over ${entry.outcome}`;
    case 'note':
      return `note ${entry.text} ${entry.tone}`;
  }
};
const release = { kind: 'release' } as const;

describe('from traces to a run', () => {
  it('tells the exchange of a requester, step by step', () => {
    const { lifelines, entries } = toRun(recordPair(oneChange), 'One change');
    expect(lifelines).toEqual([
      { id: 'left', name: 'requester', role: 'requester', path: 'stable' },
      { id: 'right', name: 'arbiter', role: 'arbiter', path: 'stable' },
    ]);
    const told = entries.map((entry) => `${entry.on} ${entry.atMs} ${tell(entry)}`);
    expect(told).toEqual([
      'left 0 note change plain',
      'left 0 state pending-renegotiation.asking',
      'left 0 send request #1 to right, as left 0',
      'right 5 receive request #1 from left, as left 0',
      'right 5 state remote-offer-pending.awaiting-offer',
      'right 5 send grant #1 to left, as right 0',
      'left 10 receive grant #1 from right, as right 0',
      'left 10 note granted plain',
      'left 10 state local-offer-pending.creating',
      'left 10 operation createOffer',
      'left 12 operation-over done',
      'left 12 state local-offer-pending.awaiting-answer',
      'left 12 send offer #1 to right, as left 1',
      'right 17 receive offer #1 from left, as left 1',
      'right 17 state remote-offer-pending.applying-offer',
      'right 17 operation applyOffer',
      'right 19 operation-over done',
      'right 19 state remote-offer-pending.answering',
      'right 19 operation createAnswer',
      'right 21 operation-over done',
      'right 21 state stable',
      'right 21 send answer #1 to left, as right 1',
      'left 26 receive answer #1 from right, as right 1',
      'left 26 state local-offer-pending.applying-answer',
      'left 26 operation applyAnswer',
      'left 28 operation-over done',
      'left 28 state stable',
    ]);
  });

  it('makes candidates that follow each other one message, and says nothing of gathering them', () => {
    const { entries } = toRun(recordPair({ ...oneChange, candidates: 4 }));
    const candidates = entries.filter((entry) => 'kind' in entry && entry.kind === 'candidate');
    expect(candidates.map(({ on, type, ...rest }) => [on, type, 'label' in rest && rest.label])).toEqual([
      ['left', 'send', '4 candidates'],
      ['right', 'receive', '4 candidates'],
      ['right', 'send', '4 candidates'],
      ['left', 'receive', '4 candidates'],
    ]);
    expect(entries.length - candidates.length).toBe(toRun(recordPair(oneChange)).entries.length);
  });

  it('counts no end-of-candidates', () => {
    const ended = { kind: 'candidate', offer: 1, candidate: { candidate: '' } } as const;
    const run = toRun([
      side('left', [step(0, { outputs: [{ type: 'send', message: ended }] })]),
      side('right', [step(1, { input: { type: 'message', message: ended } })]),
    ]);
    expect(run.entries.map((entry) => 'label' in entry && entry.label)).toEqual(Array(2).fill('end of candidates'));
  });

  it('says of a message that never arrives that it is lost', () => {
    const { entries } = toRun(recordPair({ ...oneChange, copies: ({ kind }) => (kind === 'answer' ? 0 : 1) }));
    const sent = entries.filter((entry) => entry.type === 'send');
    expect(sent.map(({ label, lost }) => `${label} ${lost}`)).toEqual([
      'request #1 false',
      'grant #1 false',
      'offer #1 false',
      'answer #1 true',
    ]);
  });

  it('lets a duplicate arrive under the name of the message that it repeats', () => {
    const { entries } = toRun(recordPair({ ...oneChange, copies: ({ kind }) => (kind === 'answer' ? 2 : 1) }));
    const answers = entries.filter((entry) => 'label' in entry && entry.label === 'answer #1');
    expect(answers.map((entry) => [entry.type, 'message' in entry && entry.message])).toEqual([
      ['send', 'right 1'],
      ['receive', 'right 1'],
      ['receive', 'right 1'],
    ]);
  });

  it('takes a message that nobody is known to have sent as it comes', () => {
    const run = toRun([side('left', [step(3, { input: { type: 'message', message: release } })]), side('right', [])]);
    expect(run.entries).toEqual([
      {
        on: 'left',
        atMs: 3,
        type: 'receive',
        message: 'left from nowhere 0',
        from: 'right',
        kind: 'release',
        label: 'release',
      },
    ]);
  });

  it('notes changes, glare and what was reported', () => {
    const run = toRun(
      recordPair({
        left: { role: 'polite', rollback: true },
        right: { role: 'impolite' },
        changes: [
          { atMs: 0, on: 'left' },
          { atMs: 1, on: 'right' },
        ],
      }),
    );
    const notes = run.entries.flatMap((entry) =>
      entry.type === 'note' ? [`${entry.on} ${entry.text} ${entry.tone}`] : [],
    );
    expect(notes).toEqual([
      'left change plain',
      'right change plain',
      'right glare plain',
      'right offer-ignored trouble',
      'left glare plain',
    ]);
  });

  it('lets nothing arrive before it was sent, however far apart the clocks are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        fc.array(fc.record({ atMs: fc.nat(60), on: fc.constantFrom('left', 'right') }), { maxLength: 6 }),
        fc.boolean(),
        (offsetMs, changes, glare) => {
          const roles = glare
            ? ({ left: { role: 'polite', rollback: true }, right: { role: 'impolite' } } as const)
            : askFirst;
          const [left, right] = recordPair({ ...roles, changes });
          const { entries } = toRun([left, { ...right, offsetMs }]);
          const sent = new Set<string>();
          for (const entry of entries) {
            if (entry.type === 'send') sent.add(entry.message);
            if (entry.type === 'receive') expect(sent).toContain(entry.message);
          }
          for (const { id, trace } of [left, right]) {
            const paths = entries.flatMap((entry) => (entry.type === 'state' && entry.on === id ? [entry.path] : []));
            expect(paths).toEqual(trace.filter(({ from, to }) => from !== to).map(({ to }) => to));
          }
        },
      ),
    );
  });

  it('takes sides as pairs in order, or by the peer that they name', () => {
    const says = [step(0, { outputs: [{ type: 'send', message: release }] })];
    const hears = [step(1, { input: { type: 'message', message: release } })];
    const received = (sides: readonly TracedSide[]) =>
      toRun(sides).entries.flatMap((entry) => (entry.type === 'receive' ? [`${entry.on} from ${entry.from}`] : []));
    expect(received([side('one', says), side('two', hears), side('three', says), side('four', hears)])).toEqual([
      'two from one',
      'four from three',
    ]);
    expect(
      received([side('one', says, 'three'), side('two', []), side('three', hears, 'one'), side('four', [])]),
    ).toEqual(['three from one']);
  });

  it('throws where a side talks to one that is not there', () => {
    expect(() => toRun([side('left', [])])).toThrow(RangeError);
    expect(() => toRun([side('left', [], 'middle'), side('right', [])])).toThrow(
      'the side that left talks to is not in the run',
    );
  });
});
