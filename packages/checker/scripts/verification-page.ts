/** Writes `docs/verification.md`: what is proved, with every number out of `models/manifest.json`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

interface Entry {
  readonly model: string;
  readonly roles: readonly string[];
  readonly assumptions: readonly string[];
  readonly distinctStates: number;
  readonly transitions: number;
  readonly depth: number;
  readonly verdict: string;
  readonly bounds: Readonly<Record<string, number>>;
  readonly properties: readonly string[];
}

const manifest = new URL('../models/manifest.json', import.meta.url);
const page = new URL('../../../docs/verification.md', import.meta.url);
const entries = JSON.parse(readFileSync(manifest, 'utf8')) as readonly Entry[];

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const count = (number: number) => number.toLocaleString('en');
const largest = (among: readonly Entry[], id: string) => {
  const found = among.flatMap(({ bounds }) => (bounds[id] === undefined ? [] : [bounds[id]]));
  return found.length === 0 ? '' : Math.max(...found);
};

/** What is composed in a model: `over-links` are two endpoints with a link each. */
const partsOf = ({ model, roles }: Entry): string => {
  if (roles.length === 0) return 'two links';
  const [arbiter, clients] = [roles.at(-1), roles.slice(0, -1)];
  const between =
    clients.length === 1 ? `\`${clients[0]} / ${arbiter}\`` : `\`${arbiter}\` and ${clients.length} clients`;
  return model.startsWith('over-links') ? `${between} over links` : between;
};

const kinds = [...new Set(entries.map(partsOf))];
const rows = kinds.map((kind) => {
  const own = entries.filter((entry) => partsOf(entry) === kind);
  const holding = own.filter(({ verdict }) => verdict === 'holds').length;
  return `| ${[
    kind,
    own.length,
    count(sum(own.map(({ distinctStates }) => distinctStates))),
    count(sum(own.map(({ transitions }) => transitions))),
    Math.max(...own.map(({ depth }) => depth)),
    `${holding} of ${own.length}`,
    largest(own, 'L3'),
    largest(own, 'L4'),
  ].join(' | ')} |`;
});

const listed = (sentences: readonly string[]) => [...new Set(sentences)].sort().map((sentence) => `- ${sentence}`);
const claims = entries.flatMap(({ properties }) => properties);
const dangers = claims.filter((id) => id.startsWith('reached: ')).map((id) => id.slice('reached: '.length));

const text = `# What is proved, and what is not

Generated from \`packages/checker/models/manifest.json\` by \`packages/checker/scripts/verification-page.ts\`. \`check\` explores
every model again and fails on any difference.

The checker explores the code that ships: \`endpointStep\` with the compiled statechart, at both ends, with an engine that does one
operation at a time and a network in between. Nothing is paraphrased but the engine and the network.

| what is composed | models | states | transitions | depth | hold | L3 at most | L4 at most |
| --- | --: | --: | --: | --: | --: | --: | --: |
${rows.join('\n')}

${count(entries.length)} models, ${count(sum(entries.map(({ distinctStates }) => distinctStates)))} distinct states, ${count(sum(entries.map(({ transitions }) => transitions)))} transitions. L3: how many exchanges of its own the other
side completes while a change waits. L4: how many exchanges it takes to come to rest once changes stop.

## Properties

The named ones are those of \`@detente/testing/invariants\`; each holds in every state of every model that can violate it:
${[...new Set(claims.filter((id) => /^[SL]\d/.test(id)))].sort().join(', ')}. No state is a deadlock.

A proof that never meets its danger proves nothing, so each of these is shown to be reached:

${listed(dangers).join('\n')}

For every property there is a mutant of the chart or the endpoint that violates it, with the length of its shortest counterexample
asserted (\`packages/checker/test/model/mutants.test.ts\`).

## Assumptions

Each model lists its own in the manifest; these are all that occur:

${listed(entries.flatMap(({ assumptions }) => assumptions)).join('\n')}

## Why these bounds suffice

The models with endless changes have no bound on changes: ids are renumbered, so that starvation and livelock would show as cycles.
Faults are bounded, since each fault that is survived leads back to a state from which the next could come; the models with
any number of failing operations check that for failures.

The link's promise (exactly once, in order) is proved apart, of two links over a channel that loses, copies, reorders and
breaks. The models over links show, at small bounds, that nothing hides between the two proofs.

## Not proved

- The session's loop, the adapters and the wire's schemas: tested, fuzzed and put through the gauntlet, not explored.
- A server with more than three clients.
- Agreement with another model checker.
- Real engines: the model's engine follows RFC 9429. What real ones do instead is in [engines.md](engines.md).
- More than the budget of faults at once.
`;

writeFileSync(page, await format(text, { parser: 'markdown', printWidth: 120 }));
