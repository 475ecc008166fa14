/**
 * Models whose states are plain objects, for protocols that are small enough to be written down as one would tell them. A
 * step says what is to be seen of it, so that a path can be drawn as a sequence diagram.
 */
import type { MessageKind, Operation, StatePath } from '@detente/core';
import type { Fairness, Model, PackedState, Path, StatePredicate } from '../engine/index.ts';
import { Interner } from '../model/interner.ts';
import { stableText } from '../model/stable-text.ts';

/** What is to be seen of a step. Messages arrive in the order of sending, so they need no names. */
export type Sight =
  | { readonly type: 'send'; readonly to: string; readonly kind: MessageKind; readonly label: string }
  /** The oldest message on its way to where the step happens arrives, is lost, or will arrive twice. */
  | { readonly type: 'receive' | 'lose' | 'copy' }
  | { readonly type: 'operation'; readonly operation: Operation }
  | { readonly type: 'operation-over'; readonly outcome: 'done' | 'failed' }
  | { readonly type: 'note'; readonly text: string; readonly tone: 'plain' | 'trouble' };

export interface ObjectStep<S> {
  readonly label: string;
  readonly to: S;
  /** The lifeline where it happens. */
  readonly on: string;
  readonly sights: readonly Sight[];
}

export interface ObjectModel<S> {
  readonly initial: S;
  readonly steps: (state: S) => readonly ObjectStep<S>[];
  /** Everything that should be is: whatever rests elsewhere is stuck. */
  readonly isSettled: (state: S) => boolean;
  /** Nothing more is asked of the protocol: no change is to come and no fault. */
  readonly isOver: (state: S) => boolean;
  /** Without what grows for ever. */
  readonly show: (state: S) => string;
  /** By lifeline, the state of Détente's machine that means the same. */
  readonly paths: (state: S) => Readonly<Record<string, StatePath>>;
  /** The state that stands for all that behave alike; the state itself unless given. */
  readonly canonical?: (state: S) => S;
}

/** Properties: `no-deadlock`; `settles`, what should be comes about; `rests`, there is no livelock. */
export function toModel<S>(objects: ObjectModel<S>): Model {
  const states = new Interner<S>({ encode: stableText, decode: (text) => JSON.parse(text) as S }, () => undefined);
  const labels = new Interner<string>({ encode: (label) => label, decode: (label) => label }, () => undefined);
  const next = new Int32Array(1);
  const { canonical = (state: S) => state } = objects;
  const stateOf = (state: PackedState) => states.valueOf(state[0]!);
  const ask =
    (question: (state: S) => boolean): StatePredicate =>
    (state) =>
      question(stateOf(state));
  const fairness: readonly Fairness[] = [{ name: 'something happens', strength: 'weak', includes: () => true }];
  return {
    words: 1,
    properties: [
      {
        type: 'leads-to',
        id: 'settles',
        sentence: 'once changes and faults stop, everything comes to rest as it should',
        premise: ask((state) => objects.isOver(state) && !objects.isSettled(state)),
        conclusion: ask(objects.isSettled),
        fairness,
      },
      {
        type: 'leads-to',
        id: 'rests',
        sentence: 'once changes and faults stop, something comes of it, be it good or bad',
        premise: ask(objects.isOver),
        conclusion: ask((state) => objects.steps(state).length === 0),
        fairness,
      },
    ],
    init: (emit) => {
      next[0] = states.intern(objects.initial);
      emit(next);
    },
    next: (state, emit) => {
      for (const { label, to } of objects.steps(stateOf(state))) {
        next[0] = states.intern(canonical(to));
        emit(labels.intern(label), next);
      }
    },
    mayRest: ask(objects.isSettled),
    describe: (move) => labels.valueOf(move),
    show: (state) => objects.show(stateOf(state)),
  };
}

/** The states and the steps of a path, taken again without renumbering. */
export function retrace<S>(objects: ObjectModel<S>, path: Path): readonly ObjectStep<S>[] {
  let state = objects.initial;
  return [...path.steps, ...(path.cycle ?? [])].map(({ label, shown }) => {
    const step = objects
      .steps(state)
      .find((one) => withoutNumbers(one.label) === withoutNumbers(label) && objects.show(one.to) === shown);
    if (step === undefined) throw new Error(`the path cannot be taken: ${label}`);
    state = step.to;
    return step;
  });
}

const withoutNumbers = (label: string) => label.replace(/\d+/g, '#');
