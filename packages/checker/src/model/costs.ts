/** What each kind of move takes from the budget. */
import { type Field, fields, left, stopped } from './budget.ts';
import { type Kind, kinds } from './moves.ts';
import type { Side } from './names.ts';

const bitsOf = (...among: readonly number[]): number => among.reduce((bits, kind) => bits | (1 << kind), 0);

/** That cost nothing. */
const free = bitsOf(kinds.done, kinds.doneUncarried);

/** Kinds, as bits, and the field that they use up. */
interface Cost {
  readonly bits: number;
  readonly field: Field;
}

const faults: readonly Cost[] = [
  { bits: bitsOf(kinds.timer), field: fields.timers },
  { bits: bitsOf(kinds.fail, kinds.failHalf), field: fields.failures },
  { bits: bitsOf(kinds.hang, kinds.close, kinds.engineCloses), field: fields.ends },
  { bits: bitsOf(kinds.restart), field: fields.restarts },
  { bits: bitsOf(kinds.gather, kinds.gatherPending), field: fields.candidates },
  { bits: bitsOf(kinds.restartIce), field: fields.iceRestarts },
];

/** The costs of one side's moves. `changes` are the kinds by which it may change something. */
export class Costs {
  /** By kind; `undefined` for what costs nothing. */
  readonly fields: readonly (Field | undefined)[];
  readonly #changes: Cost;

  constructor(side: Side, changes: readonly Kind[]) {
    this.#changes = { bits: bitsOf(...changes), field: side === 'left' ? fields.leftChanges : fields.rightChanges };
    const costs = [...faults, this.#changes];
    this.fields = Array.from({ length: 16 }, (_, kind) => costs.find(({ bits }) => (bits & (1 << kind)) !== 0)?.field);
  }

  /** The kinds that a budget leaves, as bits. */
  affordable(budget: number): number {
    let bits = free;
    if ((budget & stopped) === 0 && left(budget, this.#changes.field) > 0) bits |= this.#changes.bits;
    for (const cost of faults) if (left(budget, cost.field) > 0) bits |= cost.bits;
    return bits;
  }
}
