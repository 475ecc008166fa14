/** Writes `src/machine/chart.ts` from the statechart: `pnpm --filter @detente/core compile-chart`. */
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { chartSource } from './chart-source.ts';

const file = new URL('../src/machine/chart.ts', import.meta.url);
writeFileSync(file, await format(chartSource(), { parser: 'typescript', printWidth: 120, singleQuote: true }));
