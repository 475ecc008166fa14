/**
 * A run: what happened between sessions, as a log that the sequence diagrams draw. Time goes one way only, down the list:
 * the order of the entries is the order of drawing, so clocks that disagree cannot turn an arrow round.
 */
import type { MessageKind, Operation, StatePath } from '@detente/core';

/** Shape: `{ id: 'left', name: 'client 3', role: 'requester' }`. */
export interface Lifeline {
  readonly id: string;
  readonly name: string;
  /** Shown under the name. */
  readonly role: string;
  /** Where the session is when the run begins. Default `stable`. */
  readonly path?: StatePath | undefined;
}

/** What can happen on a lifeline. */
export type Happening =
  /** `message` is an id of the caller's choice: sent once, received once, twice (duplicated), or never. */
  | {
      readonly type: 'send';
      readonly message: string;
      /** The id of a lifeline. */
      readonly to: string;
      readonly kind: MessageKind;
      readonly label: string;
      /** It never arrives. Without this, a message that is not received is still under way when the run ends. */
      readonly lost?: boolean | undefined;
    }
  | {
      readonly type: 'receive';
      readonly message: string;
      /** The id of a lifeline. */
      readonly from: string;
      readonly kind: MessageKind;
      readonly label: string;
    }
  | { readonly type: 'state'; readonly path: StatePath }
  /** An engine operation begins. */
  | { readonly type: 'operation'; readonly operation: Operation }
  | { readonly type: 'operation-over'; readonly outcome: 'done' | 'failed' | 'hung' }
  /** A word of explanation; `trouble` when something went wrong. */
  | { readonly type: 'note'; readonly text: string; readonly tone: 'plain' | 'trouble' };

/** Entries that follow each other with the same `on` and `atMs` are one step, drawn side by side where they fit. */
export type RunEntry = Happening & {
  /** The id of the lifeline. */
  readonly on: string;
  /** Milliseconds. Only equality matters. */
  readonly atMs: number;
};

export interface Run {
  readonly title?: string | undefined;
  /** From left to right. */
  readonly lifelines: readonly Lifeline[];
  readonly entries: readonly RunEntry[];
}
