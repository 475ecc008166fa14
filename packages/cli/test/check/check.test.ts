import type { ModelResult } from '@detente/checker';
import { describe, expect, it } from 'vitest';
import { describeResult } from '../../src/check/describe-result.ts';
import { runCli } from '../support/run-cli.ts';

const model = ['--model', 'polite-impolite', 'rollback-left', 'endless', 'follow-left'];
const name = 'polite-impolite.rollback-left.endless.follow-left';

describe('detente check', () => {
  it('prints an object a line for each model, and ends with code 0 when every property holds', async () => {
    const { code, output, errors } = await runCli('check', ...model, '--json');

    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const [result, ...more] = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as ModelResult);
    expect(more).toEqual([]);
    expect(result).toMatchObject({ model: name, roles: ['polite', 'impolite'] });
    expect(result?.distinctStates).toBeGreaterThan(1_000);
    expect(result?.properties.filter(({ holds }) => !holds)).toEqual([]);
    expect(Object.entries(result ?? {}).map(([key, value]) => [key, typeof value])).toEqual(
      expect.arrayContaining([
        ['model', 'string'],
        ['roles', 'object'],
        ['assumptions', 'object'],
        ['distinctStates', 'number'],
        ['transitions', 'number'],
        ['depth', 'number'],
        ['seconds', 'number'],
      ]),
    );
    expect(result?.properties.find(({ id }) => id === 'L3')).toMatchObject({ id: 'L3', holds: true, bound: 2 });
  });

  it('checks one model with bounds of the caller’s choice', async () => {
    const { code, output } = await runCli(
      'check',
      'requester',
      '--rollback',
      'none',
      '--changes',
      '1',
      '--timers',
      '1',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      model: 'requester.rollback-none.changes-1.timers-1',
      roles: ['requester', 'arbiter'],
      bound: { leftChanges: 1, rightChanges: 1, timers: 1 },
    });
  });

  it('stops before the memory runs out, says how far it came and what to lower, and ends with code 1', async () => {
    const bounds = ['--changes', 'endless', '--failures', '4', '--memory', '2'];
    const { code, output, errors } = await runCli('check', 'polite', ...bounds);
    expect({ code, errors }).toEqual({ code: 1, errors: '' });
    expect(output).toMatch(/stopped before the memory ran out; .* \d+ states \(\d MiB\), \d+ of them not expanded/);
    expect(output).toMatch(/its bounds: \{.*"leftChanges":"endless","rightChanges":"endless","failures":4/);
    expect(output).toMatch(/undecided: no-deadlock, S1/);
    expect(output).not.toContain('violated');
  });

  it('prints the names alone when a list is asked for', async () => {
    expect(await runCli('check', ...model, '--list')).toEqual({ code: 0, output: `${name}\n`, errors: '' });
    const ci = (await runCli('check', '--list')).output.split('\n');
    const deep = (await runCli('check', '--list', '--deep')).output.split('\n');
    expect(deep.length).toBeGreaterThan(ci.length);
    expect(deep).toEqual(expect.arrayContaining(ci));
  });

  it('refuses with code 2 what no model is called', async () => {
    const { code, output, errors } = await runCli('check', '--model', 'peerjs');
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain('no model is called peerjs');
    expect(errors).toContain('--list prints their names');
  });
});

it.each([
  [['boss'], 'Allowed choices are polite, impolite'],
  [['polite', '--changes', 'many'], "It must be a whole number from 0 to 14, or 'endless'."],
  [['polite', '--restarts', '3'], "restarts is a whole number from 0 to 2, or 'endless', not 3"],
  [['polite', '--rollback', 'none'], 'the left side cannot be polite with an engine that cannot roll back'],
  [['impolite', '--rollback', 'left'], 'the right side cannot be polite with an engine that cannot roll back'],
  [['--failures', '1'], 'The models have bounds of their own; name a role for one with yours: polite, impolite'],
  [['polite', '--memory', '0'], 'It must be a whole number from 1 to 1000000.'],
])('refuses %j with code 2', async (args, complaint) => {
  const { code, output, errors } = await runCli('check', ...args);
  expect({ code, output }).toEqual({ code: 2, output: '' });
  expect(errors).toContain(complaint);
});

it('shows what fails with its counterexample', () => {
  const result: ModelResult = {
    model: 'left-right',
    tier: 'ci',
    roles: ['polite', 'impolite'],
    bound: { changes: 9 },
    assumptions: [],
    distinctStates: 3,
    transitions: 4,
    depth: 2,
    seconds: 0.5,
    properties: [
      { id: 'S1', sentence: 'all is well', holds: true, verdict: 'holds' },
      { id: 'S2', sentence: 'all stays well', holds: false, verdict: 'undecided' },
      {
        id: 'L3',
        sentence: 'nobody starves',
        holds: false,
        verdict: 'violated',
        bound: 'unbounded',
        counterexample: '0. sun\n1. rain',
      },
    ],
    stopped: 'memory is full',
  };
  expect(describeResult(result)).toEqual([
    '✗ left-right 3 states, 4 transitions, depth 2, 0.50 s, L3 bound unbounded',
    '  memory is full',
    '  its bounds: {"changes":9}',
    '  undecided: S2',
    '  L3 violated: nobody starves',
    '    0. sun',
    '    1. rain',
  ]);
});
