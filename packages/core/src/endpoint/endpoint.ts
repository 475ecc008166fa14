/**
 * The endpoint: the machine with its registers. The registers hold what the finite machine must not: ids, descriptions
 * and candidates. They turn what came in into one of the machine's events (is this the answer to the offer that is out?
 * whose candidate is it?) and the machine's effects into operations and messages with payload. Pure and JSON, so that a
 * session can be snapshotted, replayed and checked.
 */
import type { Candidate, Description } from '../description.ts';
import type { ReportCode } from '../errors.ts';
import type { MachineOptions } from '../machine/context.ts';
import type { Operation, TimerName } from '../machine/effects.ts';
import type { EngineRest } from '../machine/events.ts';
import { type MachineState, initialState } from '../step.ts';
import type { Message } from '../wire/message.ts';

/** A description with the id of the offer that it is, or answers. */
export interface Numbered {
  readonly id: number;
  readonly description: Description;
}

/** Which description a candidate belongs to: the offer `id` of the side that gathered it, or its answer to offer `id`. */
export interface CandidateOf {
  readonly part: 'offer' | 'answer';
  readonly id: number;
}

export type DescriptionMessage = Extract<Message, { kind: 'offer' | 'answer' }>;

/** Our part in an exchange, with what tells whether a candidate belongs to it. */
export interface Exchange extends CandidateOf {
  readonly ufrags: readonly string[];
  readonly remoteUfrags: readonly string[];
  /** Of both descriptions, since an answer has the m-lines of its offer. */
  readonly mids: readonly string[];
}

export interface Registers {
  /** Our last offer's id. */
  readonly offers: number;
  /** Our offer that the engine has pending; `sent` once the other side can know of it. */
  readonly local: (Numbered & { readonly sent: boolean }) | null;
  /** Our last request's id. */
  readonly requests: number;
  readonly remote: {
    /** The highest id of an offer of the other side. */
    readonly newest: number;
    readonly held: Numbered | null;
    /** The offer that the engine is being given; `applied` once it has it. */
    readonly applying: (Numbered & { readonly applied: boolean }) | null;
    /** The offer that we declined last: the other side takes it back, so a copy of it is no offer any more. */
    readonly declined: number;
    /** The description of the other side that came last: on a wire without ids, its candidates belong to it. */
    readonly latest: (CandidateOf & { readonly sdp: string }) | null;
    /** The answer that is being applied. */
    readonly answer: Description | null;
    /** The request that we would grant. */
    readonly request: number;
    readonly needs: { readonly audio: number; readonly video: number } | null;
  };
  /** The last exchange that was completed here. */
  readonly exchange: Exchange | null;
  /** The description that we sent last, to repeat it as it was. */
  readonly trail: { readonly message: DescriptionMessage; readonly candidates: readonly Candidate[] } | null;
  /** Local candidates that wait until their description is sent. */
  readonly localCandidates: readonly Candidate[];
  /** Remote candidates that wait until their description is applied. */
  readonly remoteCandidates: readonly { readonly of: CandidateOf; readonly candidate: Candidate }[];
  /** A change that the engine cannot be asked about: not yet in an offer, or in the one that is out. */
  readonly forced: 'no' | 'owed' | 'offered';
  /** The ufrags to be replaced by an ICE restart that is owed. */
  readonly restarting: readonly string[] | null;
}

export interface EndpointLimits {
  /** Candidates kept for a description that is not there yet, in each direction. Default 512. */
  readonly candidates: number;
}

export interface Endpoint {
  readonly machine: MachineState;
  readonly registers: Registers;
  readonly limits: EndpointLimits;
}

export interface EndpointOptions extends MachineOptions {
  readonly limits?: Partial<EndpointLimits> | undefined;
}

/** What an endpoint takes in. */
export type Input =
  /** `certain`: negotiate even if the engine says that nothing needs it. */
  | { readonly type: 'change'; readonly certain: boolean }
  /** `ufrags`: in what the engine holds, of which this endpoint no longer knows an offer that is being rolled back. */
  | { readonly type: 'restart-ice'; readonly ufrags?: readonly string[] | undefined }
  | { readonly type: 'close' }
  | { readonly type: 'message'; readonly message: Message }
  /** `arbiter`: how the two session ids compare. */
  | { readonly type: 'hello'; readonly arbiter: boolean }
  | { readonly type: 'unfit' }
  | { readonly type: 'candidate'; readonly candidate: Candidate }
  /** The operation in flight left the engine where it should; `description` is what it made. */
  | { readonly type: 'done'; readonly needed: boolean; readonly description?: Description | undefined }
  | { readonly type: 'failed'; readonly state: EngineRest }
  | { readonly type: 'hung' }
  | { readonly type: 'engine-closed' }
  | { readonly type: 'timer' }
  | { readonly type: 'link-failed' }
  /** The transport reconnected, on a wire that has no link: say again what is out. */
  | { readonly type: 'repeat' };

/** What an endpoint asks for, in order. */
export type Output =
  | {
      readonly type: 'perform';
      readonly operation: Operation;
      /** The description to apply. */
      readonly description?: Description | undefined;
      readonly iceRestart?: boolean | undefined;
      readonly receive?: { readonly audio: number; readonly video: number } | undefined;
    }
  | { readonly type: 'add-candidate'; readonly candidate: Candidate }
  | { readonly type: 'send'; readonly message: Message }
  | { readonly type: 'start-timer'; readonly timer: TimerName }
  | { readonly type: 'stop-timer'; readonly timer: TimerName }
  | { readonly type: 'report'; readonly code: ReportCode };

/** A fresh endpoint: `stable`, nothing owed, ids counting from 1. Pure, never throws. */
export const createEndpoint = ({ limits, ...options }: EndpointOptions): Endpoint => ({
  machine: initialState(options),
  limits: { candidates: limits?.candidates ?? 512 },
  registers: {
    offers: 0,
    local: null,
    requests: 0,
    remote: { newest: 0, held: null, applying: null, declined: 0, latest: null, answer: null, request: 0, needs: null },
    exchange: null,
    trail: null,
    localCandidates: [],
    remoteCandidates: [],
    forced: 'no',
    restarting: null,
  },
});
