/** The public entry point of `@detente/diagrams`. */
export type { Happening, Lifeline, Run, RunEntry } from './run/run.ts';
export { splitAtRest } from './run/split-at-rest.ts';
export { toRun } from './run/to-run.ts';
export type { TracedSide, TracedStep } from './run/traced.ts';
export { toSequenceMermaid } from './sequence/mermaid.ts';
export { toSequenceSvg } from './sequence/svg.ts';
export { type TextOptions, type Tone, toText } from './sequence/text.ts';
