/** The shape of the test vectors: what a port in any language reads. The page on it is docs/porting.md. */
import type { Context, Input, MachineOptions, MachineState, Output, StatePath } from '@detente/core';

/** An event or effect in one line: its type, then its parameters, such as `remote.answer current wants`. */
export type Name = string;

/** Matches when each field that is named has the value, or one of the values. The field `event` is the event's name. */
export type Pattern = Readonly<Record<string, Scalar | readonly Scalar[]>>;
export type Scalar = string | number | boolean;

export interface MoveRule {
  readonly guard?: string;
  readonly target?: StatePath;
  /** Flags and effects by name, in order. */
  readonly does: readonly Name[];
}

export type MoveRules = Readonly<Record<string, readonly MoveRule[]>>;

export interface StateRule {
  readonly entry: readonly Name[];
  readonly exit: readonly Name[];
  readonly always: readonly MoveRule[];
  readonly on: MoveRules;
}

/** The statechart as data, guards and flags included. */
export interface Rules {
  /** The values that each field of the context can have. */
  readonly context: { readonly [K in keyof Context]: readonly Context[K][] };
  /** Holds when one of the patterns matches; no two match at once. */
  readonly guards: Readonly<Record<string, readonly Pattern[]>>;
  /** Sets what the one case whose pattern matches says. */
  readonly flags: Readonly<Record<string, readonly { readonly when: Pattern; readonly sets: Partial<Context> }[]>>;
  readonly common: MoveRules;
  readonly states: Readonly<Record<StatePath, StateRule>>;
}

/** Where the event leads, as the number of a state, and the effects in order; or the number of the reason to ignore it. */
export type Cell = readonly [to: number, ...effects: Name[]] | number;

export interface Automaton {
  readonly options: Required<MachineOptions>;
  /** The first is the initial one. */
  readonly states: readonly (MachineState & { readonly on: Readonly<Record<Name, Cell>> })[];
}

export interface RunStep {
  readonly input: Input;
  /** What the input is to the machine; `null` when it is nothing to it. */
  readonly event: Name | null;
  /** Where the machine is afterwards. */
  readonly path: StatePath;
  readonly outputs: readonly Output[];
}

export interface Run {
  /** Number of the automaton, whose options these are. */
  readonly automaton: number;
  readonly steps: readonly RunStep[];
}

export interface Vectors {
  readonly format: 'detente-vectors';
  readonly version: 1;
  readonly events: Readonly<Record<Name, object>>;
  readonly effects: Readonly<Record<Name, object>>;
  /** Why an event means nothing in a state. */
  readonly ignored: readonly string[];
  readonly rules: Rules;
  readonly automata: readonly Automaton[];
  /** Those of the endpoints in the runs. */
  readonly limits: { readonly candidates: number };
  readonly runs: readonly Run[];
}
