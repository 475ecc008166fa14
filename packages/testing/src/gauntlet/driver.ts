/** What the gauntlet needs of a negotiator: a few lines around whatever is to be put through it. */
import type { Timers } from '@detente/session';
import type { VirtualPeerConnection } from '../virtual/peer-connection.ts';

/** Who gives way, where a design needs that told from outside. In ask-first designs, the polite end is the client. */
export type GauntletRole = 'polite' | 'impolite';

/** What a negotiator may use and tell beside its peer connection. */
export interface NegotiatorHost {
  /** Virtual time; a negotiator that uses the platform's timers waits for ever. */
  readonly timers: Timers;
  /** No other negotiator of the run has it, and the same run gives it again, where a design needs an id by chance. */
  readonly id: string;
  /** The other side was replaced: the application gives this end a new peer connection and a new negotiator. */
  restarted(): void;
  /** The negotiator gives up, and the application is told. */
  failed(reason: string): void;
}

export interface Negotiator {
  /** A message of the other side. What it throws, or rejects with, ends the call. */
  receive(message: unknown): unknown;
  /** The application changed something and asks for negotiation. Without it, the engine's event is the only sign. */
  negotiate?(): unknown;
  /** The signaling channel was cut and is connected again. */
  reconnected?(): unknown;
  /** The application replaces this negotiator; what it sends from now on goes nowhere. */
  close?(): void;
}

export interface NegotiatorDriver {
  readonly name: string;
  /** Messages are anything that survives JSON. `send` throws while the signaling channel is cut. */
  create(
    pc: VirtualPeerConnection,
    role: GauntletRole,
    send: (message: object) => void,
    host: NegotiatorHost,
  ): Negotiator;
}
