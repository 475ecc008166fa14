/** What a session's traces look like from here: the `trace` events of a session, as they are or read back from JSON. */
import type { Input, Message, Output, StatePath } from '@detente/core';

/** One step of an endpoint. The `Trace` of a session fits. */
export interface TracedStep {
  readonly atMs: number;
  readonly input: Input;
  readonly from: StatePath;
  readonly to: StatePath;
  readonly outputs: readonly Output[];
}

/** One session's part of a run. */
export interface TracedSide {
  readonly id: string;
  readonly name: string;
  /** Its role, or whatever is to stand under the name. */
  readonly role: string;
  readonly trace: readonly TracedStep[];
  /** The id of the side that it talks to. Default: the sides are pairs, in order. */
  readonly peer?: string | undefined;
  /** Added to `atMs`, where the clocks of the sides do not start together. */
  readonly offsetMs?: number | undefined;
}

/** A message in a trace, and the step that sent it or took it in. */
export interface Passage {
  readonly step: number;
  readonly atMs: number;
  readonly message: Message;
}

export const sentBy = ({ trace, offsetMs = 0 }: TracedSide): readonly Passage[] =>
  trace.flatMap(({ atMs, outputs }, step) =>
    outputs.flatMap((output) =>
      output.type === 'send' ? [{ step, atMs: atMs + offsetMs, message: output.message }] : [],
    ),
  );

export const receivedBy = ({ trace, offsetMs = 0 }: TracedSide): readonly Passage[] =>
  trace.flatMap(({ atMs, input }, step) =>
    input.type === 'message' ? [{ step, atMs: atMs + offsetMs, message: input.message }] : [],
  );
