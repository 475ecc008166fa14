/** The shape of the compiled chart: data that names guards, flags and effects. */
import type { StatePath } from './state-path.ts';
import type { Effect } from './effects.ts';
import type { NegotiationEvent } from './events.ts';
import type { FlagName } from './flags.ts';
import type { GuardName } from './guards.ts';

type Plain<E> = E extends { readonly type: infer T } ? (keyof E extends 'type' ? T : never) : never;

/** A flag change, an effect without parameters by its name, or an effect with its parameters. */
export type Deed = FlagName | Plain<Effect> | Effect;

export interface Move {
  /** Absent: always taken. */
  readonly guard?: GuardName;
  /** Absent: the state stays, and is neither left nor entered. */
  readonly target?: StatePath;
  /** In order. */
  readonly does: readonly Deed[];
}

/** By event: the first move whose guard holds is taken. */
export type Moves = { readonly [K in NegotiationEvent['type']]?: readonly Move[] };

export interface State {
  readonly entry: readonly Deed[];
  readonly exit: readonly Deed[];
  /** Tried after every move, until none is taken. */
  readonly always: readonly Move[];
  readonly on: Moves;
}

export interface Chart {
  /** Tried, in every state but `closed`, when none of the state's own moves is taken. */
  readonly common: Moves;
  readonly states: { readonly [K in StatePath]: State };
}
