/**
 * What a pair needs of the engine at an end: its port, and how an application changes it. The virtual engine has the
 * media of a real one; the light engine (see light-engine) has nothing but a count of changes.
 */
import type { PeerConnectionPort } from '@detente/session';
import type { End } from '../ends.ts';
import type { Schedule } from '../virtual/schedule.ts';

/** The kinds of changes, in the words of the W3C's methods. */
export const changeKinds = [
  'addTrack',
  'addTransceiver',
  'createDataChannel',
  'removeTrack',
  'direction',
  'stop',
] as const;

export type ChangeKind = (typeof changeKinds)[number];

export interface Change {
  readonly kind: ChangeKind;
  /** Which of the things that there are to change or to add; any whole number from 0. */
  readonly which: number;
  /** Leave alone what no exchange has negotiated yet. */
  readonly negotiatedOnly?: boolean;
}

export interface PairEngine {
  readonly port: PeerConnectionPort;
  /** What the engine tells of its changes is the truth, so that `trigger: 'event'` suffices. */
  readonly tellsChanges: boolean;
  /** `false` when there is nothing to change like that. */
  change(change: Change): boolean;
  /** Negotiation is needed, whatever the engine said. */
  readonly owes: boolean;
  /** How many changes no exchange has carried yet, where the engine can tell. */
  readonly waiting?: number;
  close(): void;
}

export interface EngineSetting {
  readonly end: End;
  /** Unique in a run, also over restarts of one end. */
  readonly label: string;
  readonly schedule: Schedule;
}

export type CreateEngine<E extends PairEngine> = (setting: EngineSetting) => E;
