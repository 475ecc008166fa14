import { describe, expect, it } from 'vitest';
import { toTables } from '../../src/export/tables.ts';
import { toTla } from '../../src/export/tla.ts';

const tables = await toTables({
  role: 'requester',
  rollback: { left: false, right: false },
  budget: { leftChanges: 'endless', rightChanges: 'endless', failures: 1 },
  follow: 'left',
  dangers: ['glare', 'decline', 'operation-failed'],
});
const { module, config } = toTla('a model', tables, 'Asking');

const definition = (name: string) => new RegExp(`^${name} == (<<\n(?<rows>[^]*?)\n>>|.*)$`, 'm').exec(module);
const rowsOf = (name: string) => definition(name)?.groups?.['rows']?.split('\n') ?? [];

describe('a module of TLA+', () => {
  it('has a row for each node and each message in every table', () => {
    const { nodes, mails } = tables;
    for (const name of ['Nodes', 'Steps', 'NewNodes']) expect(rowsOf(name)).toHaveLength(nodes.length);
    for (const name of ['Mails', 'NewMails']) expect(rowsOf(name)).toHaveLength(mails.length);
  });

  it('has a step for each outcome, from 1 up', () => {
    const steps = rowsOf('Steps').flatMap((row) => [...row.matchAll(/(\d+) :> <<(\d+), \d+>>/g)]);
    expect(steps.map(([, input, node]) => [Number(input), Number(node)])).toEqual(
      tables.nodes.flatMap(({ outcomes }) => outcomes.map(({ input, node }) => [input, node + 1])),
    );
  });

  it('defines whatever its configuration names, once', () => {
    const named = config.split('\n').flatMap((line) => (/^[A-Z]+S /.test(line) ? line.split(' ').slice(1) : []));
    expect(named).toEqual(
      ['no_deadlock', 'S1', 'S3', 'S4', 'S6', 'S2', 'S7', 'S8', 'S5', 'L1_rest'].concat('L1', 'L2'),
    );
    for (const name of named) expect(module.match(new RegExp(`^${name} ==`, 'gm'))).toHaveLength(1);
  });

  it('has an operator for each danger', () => {
    expect(module.match(/^Never_.*$/gm)).toEqual([
      'Never_glare == ~Both("hasLocalOffer")',
      'Never_decline == ~OnItsWay(Mails_decline)',
      'Never_operation_failed == ~MayTake(Steps_operation_failed)',
    ]);
  });

  it('ends as it begins, by its name', () => {
    expect(module.split('\n')[0]).toMatch(/^-{4,} MODULE Asking -{4,}$/);
    expect(module.trimEnd().split('\n').at(-1)).toMatch(/^={4,}$/);
  });
});
