/** The entry point `@detente/checker/vectors`: test vectors for ports to other languages. */
export { createVectorFiles, type VectorFile } from './files.ts';
export { createVectors, type VectorOptions } from './create-vectors.ts';
export { vectorsSchema } from './schema.ts';
export type {
  Automaton,
  Cell,
  MoveRule,
  MoveRules,
  Name,
  Pattern,
  Rules,
  Run,
  RunStep,
  Scalar,
  StateRule,
  Vectors,
} from './types.ts';
