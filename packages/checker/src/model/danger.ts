/** The dangers that a model can be asked to reach, by name; those that are reports have the report's code. */
import type { CandidateOwner, ReportCode } from '@detente/core';

export type Danger =
  | 'glare'
  | 'rollback'
  | 'turn yielded'
  | 'asking while the other side negotiates'
  | 'floor granted while the granter owes'
  | 'decline'
  | 'insisting offer'
  | 'estrangement'
  | 'restart of both'
  | `candidate ${CandidateOwner}`
  | ReportCode;
