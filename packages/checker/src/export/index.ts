/** The models of two sides for other model checkers, as text. */
export { chooseModel, ExportInputError } from './choose.ts';
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
