/** What the demo and the processes of its clients say to each other. */
import type { EndReport } from './end.ts';

export type Style = 'ask-first' | 'naive';

export type ToClient =
  | { readonly type: 'join'; readonly url: string; readonly style: Style; readonly seed: number }
  /** Begin to change things. */
  | { readonly type: 'go' }
  /** Change nothing any more. */
  | { readonly type: 'freeze' }
  /** Mark packets with the epoch; note what arrives with it until every mark expected has, or until the deadline. */
  | {
      readonly type: 'listen';
      readonly epoch: number;
      readonly expected: readonly string[];
      readonly deadlineMs: number;
    }
  /** Come to rest, if you can before the deadline. */
  | { readonly type: 'settle'; readonly deadlineMs: number }
  | { readonly type: 'report' }
  | { readonly type: 'leave' };

export type FromClient =
  | { readonly type: 'joined'; readonly id: string }
  | { readonly type: 'progress'; readonly changes: number; readonly published: number }
  | { readonly type: 'frozen'; readonly published: readonly string[] }
  | { readonly type: 'heard'; readonly heard: Heard }
  | { readonly type: 'settled' }
  | { readonly type: 'reported'; readonly end: EndReport }
  | { readonly type: 'left' };

/** The marks that arrived at a client, sorted. */
export interface Heard {
  /** On any m-line, announced or not. */
  readonly received: readonly string[];
  /** On the very track that bears the mark's name. */
  readonly delivered: readonly string[];
  /** On a track of another name. Shape: `'1f0c….video-3 on 1f0c….video-1'`. */
  readonly misplaced: readonly string[];
}
