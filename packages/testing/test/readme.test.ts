import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';
import { expect, it } from 'vitest';
import * as testing from '@detente/testing';

const snippets = async (): Promise<readonly string[]> => {
  const page = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  return [...page.matchAll(/^```ts\n(.+?)^```/gms)].map(([, code = '']) => code);
};

/** Runs a snippet with the package's exports in scope, and resolves with what it calls `name`. */
const run = async (code: string, name: string): Promise<unknown> => {
  const { code: script } = await transform(code.replaceAll(/^import .+$/gm, ''), { loader: 'ts', target: 'es2022' });
  const play = new Function(...Object.keys(testing), `return (async () => { ${script}\n return ${name}; })();`) as (
    ...values: readonly unknown[]
  ) => Promise<unknown>;
  return play(...Object.values(testing));
};

it("the README's driver does what is said of it", async () => {
  const results = (await run((await snippets())[0] ?? '', 'results')) as readonly testing.GauntletResult[];
  const verdicts = new Map(results.map(({ scenario, verdict }) => [scenario, verdict]));
  expect([verdicts.get('turns'), verdicts.get('glare in a call')]).toEqual(['passes', 'kills the call']);
});

it("the README's pair agrees", async () => {
  const code = (await snippets())[2] ?? '';
  const pair = (await run(code, 'pair')) as testing.Pair<testing.VirtualPairEngine>;
  expect(testing.agreement(pair.left.engine.pc, pair.right.engine.pc).agrees).toBe(true);
});
