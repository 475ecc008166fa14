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

it('shows what fails with its counterexample', () => {
  const result: ModelResult = {
    model: 'left-right',
    tier: 'ci',
    roles: ['polite', 'impolite'],
    bound: {},
    assumptions: [],
    distinctStates: 3,
    transitions: 4,
    depth: 2,
    seconds: 0.5,
    properties: [
      { id: 'S1', sentence: 'all is well', holds: true, verdict: 'holds' },
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
    '  L3 violated: nobody starves',
    '    0. sun',
    '    1. rain',
  ]);
});
