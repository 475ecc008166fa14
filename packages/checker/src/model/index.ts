/** The models: two sides and what is between them, made of the code that ships. */
export { Automaton, type AutomatonMemory, type AutomatonOptions, empty, type Mail, type Step } from './automaton.ts';
export { type Budget, type Count, fieldNames } from './budget.ts';
export { createModel, createPair, type PairSource } from './create-pair.ts';
export type { Danger } from './danger.ts';
export { describeMessage } from './describe.ts';
export type { Engine, Wish, Work } from './engine.ts';
export { facts } from './facts.ts';
export { changesStop, type Kind, kindOf, kinds, moveOf, sideOf } from './moves.ts';
export { type Side, sides } from './names.ts';
export { type EndpointRules, feed, type Happening, type Node, type Turn } from './node.ts';
export { Pair, type PairOptions, reservePairMemory } from './pair.ts';
export { type PairParameters, ParameterError } from './parameters.ts';
export { places } from './places.ts';
