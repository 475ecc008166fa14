/** The public entry point of `@detente/diagrams`. */
export type { Happening, Lifeline, Run, RunEntry } from './run/run.ts';
export { splitAtRest } from './run/split-at-rest.ts';
export { toRun } from './run/to-run.ts';
export type { TracedSide, TracedStep } from './run/traced.ts';
export { toSequenceMermaid } from './sequence/mermaid.ts';
export { toSequenceSvg } from './sequence/svg.ts';
export { type TextOptions, type Tone, toText } from './sequence/text.ts';
export type { Bearing } from './state-path.ts';
export { type ChartEdge, type ChartState, type Line, type Statechart, toStatechart } from './statechart/chart.ts';
export type { Move } from './statechart/explore.ts';
export { toStatechartMermaid, writeStatechart } from './statechart/mermaid.ts';
export { drawStatechart, toStatechartSvg } from './statechart/svg.ts';
