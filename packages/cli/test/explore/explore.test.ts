import { Readable } from 'node:stream';
import { type PathState, type PathStep, initialStates, successors } from '@detente/checker/engine';
import { type Pair, type PairParameters, createPair } from '@detente/checker/model';
import { describe, expect, it } from 'vitest';
import { toPicture } from '../../src/explore/draw.ts';
import { explore } from '../../src/explore/explore.ts';
import { runCli } from '../support/run-cli.ts';

const pairOf = (parameters: Partial<PairParameters> = {}): Pair =>
  createPair({
    role: 'polite',
    rollback: { left: true, right: true },
    budget: { leftChanges: 1, rightChanges: 1 },
    reduce: false,
    ...parameters,
  });

/** What is printed when these lines are typed. */
const type = async (pair: Pair, lines: readonly string[]): Promise<string> => {
  let printed = '';
  await explore(pair, Readable.from(lines.map((line) => `${line}\n`)), (text) => (printed += `${text}\n`));
  return printed;
};

const follow = (pair: Pair, labels: readonly string[]) => {
  const initial = initialStates(pair)[0] as PathState;
  const steps: PathStep[] = [];
  const numbers: string[] = [];
  for (const label of labels) {
    const moves = successors(pair, Int32Array.from((steps.at(-1) ?? initial).state));
    const index = moves.findIndex((move) => move.label === label);
    const move = moves[index];
    if (!move) throw new Error(`there is no '${label}' among ${moves.map((one) => one.label).join(', ')}`);
    steps.push(move);
    numbers.push(String(index + 1));
  }
  return { initial, steps, numbers };
};

const glare = [
  'left changes something',
  'right changes something',
  'left createOffer done',
  'right createOffer done',
  'right gets offer 1',
  'left gets offer 1',
  'left rollback done',
];

describe('exploring', () => {
  it('lists the moves, makes those that are chosen, and shows where they lead', async () => {
    const pair = pairOf();
    const printed = await type(pair, follow(pair, glare).numbers);
    expect(printed).toContain('At the beginning');
    expect(printed).toContain('  1  left changes something\n  2  right changes something\n');
    expect(printed).toContain('7. left rollback done\nremote-offer-pending.applying-offer');
    expect(printed.trimEnd().split('\n').at(-1)).toContain('left applyOffer done');
  });

  it('goes back, begins anew, shows the state, and quits', async () => {
    const pair = pairOf();
    const atStart = 'At the beginning\nstable stable | →  | ←  | stable stable\n';
    expect((await type(pair, ['1', 'b'])).split(atStart).length - 1).toBe(2);
    expect((await type(pair, ['1', '1', 'r'])).split(atStart).length - 1).toBe(2);
    expect(await type(pair, ['b'])).toContain('This is the beginning.');
    expect(await type(pair, ['1', '1', 's'])).toMatch(
      /left: +local-offer-pending\.awaiting-answer .+\non its way to the right: +offer 1\non its way to the left: +nothing\nright: +stable/,
    );
    expect(await type(pair, ['q', '1'])).not.toContain('1. left changes something');
  });

  it('says what there is when it is told what it does not know', async () => {
    const printed = await type(pairOf(), ['99', 'up']);
    expect(printed).toContain("There is no '99' here. What there is:\n  a number");
    expect(printed).toContain("There is no 'up' here.");
  });

  it('says when nothing more can happen', async () => {
    const printed = await type(pairOf({ budget: {} }), []);
    expect(printed).toContain('Nothing more can happen: all is settled, or over.');
  });
});

describe('the drawing of a way', () => {
  it('has the messages, the operations and the states of a glare', async () => {
    const pair = pairOf();
    const { initial, steps, numbers } = follow(pair, glare);
    const { lifelines, entries } = toPicture(pair, initial, steps);

    expect(lifelines.map(({ name, role }) => [name, role])).toEqual([
      ['left', 'polite'],
      ['right', 'impolite'],
    ]);
    expect(entries.filter(({ type }) => type === 'send' || type === 'receive')).toEqual([
      { type: 'send', on: 'left', to: 'right', message: 'message 1', kind: 'offer', label: 'offer 1', atMs: 2 },
      { type: 'send', on: 'right', to: 'left', message: 'message 2', kind: 'offer', label: 'offer 1', atMs: 3 },
      { type: 'receive', on: 'right', from: 'left', message: 'message 1', kind: 'offer', label: 'offer 1', atMs: 4 },
      { type: 'receive', on: 'left', from: 'right', message: 'message 2', kind: 'offer', label: 'offer 1', atMs: 5 },
    ]);
    expect(entries.flatMap((entry) => (entry.type === 'operation' ? [`${entry.on} ${entry.operation}`] : []))).toEqual([
      'left createOffer',
      'right createOffer',
      'left rollback',
      'left applyOffer',
    ]);
    expect(await type(pair, [...numbers, 'd'])).toContain('─ offer 1 ─');
  });

  it('shows a message to a session that is over as lost', () => {
    const pair = pairOf({ budget: { leftChanges: 1, ends: 1 } });
    const { initial, steps } = follow(pair, ['left changes something', 'left createOffer done', 'right closes']);
    const sent = toPicture(pair, initial, steps).entries.filter(({ type }) => type === 'send');
    expect(sent).toMatchObject([
      { label: 'offer 1', lost: true },
      { on: 'right', label: 'bye' },
    ]);
    expect(sent[1]).not.toHaveProperty('lost');
  });

  it('begins with what both say at once', () => {
    const pair = pairOf({ role: 'auto' });
    const { initial, steps } = follow(pair, ['left gets hello']);
    expect(toPicture(pair, initial, steps).entries).toMatchObject([
      { type: 'send', on: 'right', label: 'hello' },
      { type: 'send', on: 'left', label: 'hello' },
      { type: 'receive', on: 'left', label: 'hello' },
    ]);
  });
});

it.each([
  [['boss'], 'Allowed choices are polite, impolite'],
  [['--changes', '15'], "It must be a whole number from 0 to 14, or 'endless'."],
  [['--ends', '9'], 'ends is a whole number from 0 to 2'],
  [['polite', '--rollback', 'none'], 'the left side cannot be polite with an engine that cannot roll back'],
])('refuses %j with code 2', async (args, complaint) => {
  const { code, output, errors } = await runCli('explore', ...args);
  expect({ code, output }).toEqual({ code: 2, output: '' });
  expect(errors).toContain(complaint);
});
