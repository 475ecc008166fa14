/** Measures the engines, and writes known-differences.ts and docs/engines.md: `pnpm --filter @detente/browser fidelity`. */
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { type KnownEngine, type KnownEngines, differences } from './differences.ts';
import { type RealEngine, observe, observeVirtual } from './observe.ts';
import { toEnginesPage } from './table.ts';

const measure = async (engine: RealEngine): Promise<KnownEngine> => {
  const { version, observations } = await observe(engine);
  const variant = await observeVirtual(engine);
  return {
    version,
    differences: differences(observations),
    variantDifferences: differences(variant, observations),
  };
};

const known: KnownEngines = {
  chromium: await measure('chromium'),
  firefox: await measure('firefox'),
  wrtc: await measure('wrtc'),
  werift: await measure('werift'),
};

const data = `/** What each engine does that is not as specified, as measured: see write.ts, which writes this file. */
import type { KnownEngines } from './differences.ts';

export const knownEngines: KnownEngines = ${JSON.stringify(known)};
`;
const style = { printWidth: 120, singleQuote: true };
writeFileSync(new URL('known-differences.ts', import.meta.url), await format(data, { ...style, parser: 'typescript' }));
writeFileSync(new URL('../../../../docs/engines.md', import.meta.url), toEnginesPage(known));
// Engines leave threads and sockets behind.
process.exit();
