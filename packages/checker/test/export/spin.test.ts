import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingPrograms, runSpin } from '../../scripts/run-spin.ts';
import type { ManifestEntry } from '../../src/check/manifest.ts';
import { chooseModel } from '../../src/export/choose.ts';
import { check } from '../../src/engine/index.ts';
import { toPromela } from '../../src/export/promela.ts';
import { judgedOf, type Tables, toTables } from '../../src/export/tables.ts';
import { createPair } from '../../src/model/create-pair.ts';
import type { PairParameters } from '../../src/model/parameters.ts';
import { mutatedCore } from '../model/mutated-core.ts';
import { asMutable, mutants } from '../model/mutants.ts';

const missing = missingPrograms();
const required = process.env['DETENTE_REQUIRE_ENGINES'] === '1';
if (missing.length > 0 && !required) {
  process.stderr.write(`\nSKIPPED: nothing is compared with Spin here. Not in PATH: ${missing.join(', ')}\n\n`);
}

const manifest = JSON.parse(
  readFileSync(new URL('../../models/manifest.json', import.meta.url), 'utf8'),
) as readonly ManifestEntry[];

const spin = (tables: Tables) => runSpin(toPromela('a model', tables), { optimise: '-O0' });
const once: PairParameters = {
  role: 'polite',
  rollback: { left: true, right: true },
  budget: { leftChanges: 1, rightChanges: 1 },
};

describe.skipIf(missing.length > 0 && !required)('Spin', () => {
  it.each([
    'polite-impolite.rollback-both.endless.follow-left',
    'requester-arbiter.rollback-none.timers-1',
    'auto-auto.rollback-none.endless.follow-right',
    'answerer-offerer.rollback-none.broken-engines-1',
  ])('finds the states and the transitions of %s, and that it holds', async (name) => {
    const { distinctStates, transitions, violated, unreached } = await spin(
      await toTables(chooseModel([name]).parameters),
    );
    expect({ violated, unreached }).toEqual({ violated: [], unreached: [] });
    expect({ distinctStates, transitions }).toEqual(
      (({ distinctStates, transitions }) => ({ distinctStates, transitions }))(
        manifest.find(({ model }) => model === name)!,
      ),
    );
  });

  it.each(['S2', 'no-deadlock'])('passes the verdicts of the explorer on an endpoint that violates %s', async (id) => {
    const { parameters, chart } = mutants.find(({ property }) => property === id)!;
    const rules = await mutatedCore((own) => chart?.(asMutable(own)));
    const { properties } = await check(createPair(parameters, { rules }));
    const tables = await toTables(parameters, { rules });
    const { violated, distinctStates } = await spin(tables);
    const judged = judgedOf(tables).map((claim) => claim.id);
    const ours = properties.filter((property) => !property.holds && judged.includes(property.id));
    expect(violated).toContain(id);
    expect(violated.toSorted()).toEqual(ours.map((property) => property.id).toSorted());
    expect(distinctStates).toBe(tables.distinctStates);
  });

  it('says which danger it never reached', async () => {
    const { violated, unreached } = await spin(await toTables({ ...once, dangers: ['glare', 'decline'] }));
    expect({ violated, unreached }).toEqual({ violated: [], unreached: ['decline'] });
  });

  it('stops where the tables lack a step that it needs', async () => {
    const tables = await toTables(once);
    const [first, ...others] = tables.nodes;
    const lacking = { ...tables, nodes: [{ ...first!, outcomes: first!.outcomes.slice(1) }, ...others] };
    await expect(spin(lacking)).rejects.toMatchObject({
      code: 3,
      stdout: expect.stringContaining('the explorer never needed this step'),
    });
  });
});
