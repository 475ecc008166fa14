/** The text of `src/machine/chart.ts`. */
import { compileChart } from '../src/machine/compile.ts';

export const chartSource = (): string => `/**
 * The compiled statechart: generated from machine.ts by scripts/compile-chart.ts, never edited by hand. A test compares it
 * with XState's own \`transition\` on every reachable state and every event.
 */
import type { Chart } from './chart-types.ts';

export const chart: Chart = ${JSON.stringify(compileChart())};
`;
