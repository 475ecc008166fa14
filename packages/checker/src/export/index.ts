/** Models of two sides for other model checkers. What is written is plain text; nothing is run. */
export { toPromela } from './promela.ts';
export {
  type Claim,
  type MailRow,
  type NodeRow,
  type Outcome,
  type Renaming,
  type Tables,
  toTables,
} from './tables.ts';
export { type TlaFiles, toTla } from './tla.ts';
