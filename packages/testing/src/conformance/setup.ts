/** What an adapter brings to its conformance suite, and how the cases look at its engine. */
import { type Description, iceUfrags } from '@detente/core';
import type { PeerConnectionPort } from '@detente/session';
import { microtasksDone } from '../clock.ts';

export interface ConformanceSetup<Pc> {
  /** A fresh peer connection; each case makes two. */
  readonly create: () => Pc | Promise<Pc>;
  readonly port: (pc: Pc) => PeerConnectionPort;
  /** Adds one track of a kind, so that it is sent. */
  readonly addTrack: (pc: Pc, kind: 'audio' | 'video') => void;
  readonly close: (pc: Pc) => void | Promise<void>;
  /**
   * Lets the engine work for a moment; cases call it until what they wait for is true. Default: until promises have settled,
   * which is enough for the virtual engine alone: give a real one a timer.
   */
  readonly moment?: () => Promise<void>;
  /** How many moments to wait for something. Default 500. */
  readonly patience?: number;
  /** The engine announces what `addTrack` makes necessary. Default `true`. */
  readonly announcesChanges?: boolean;
  /** The engine gathers candidates where the suite runs. Default `true`. */
  readonly gathers?: boolean;
  /** The engine can restart ICE. Default `true`. */
  readonly restartsIce?: boolean;
}

export interface Side<Pc> {
  readonly pc: Pc;
  readonly port: PeerConnectionPort;
}

/** One case's view of two ends. */
export interface Bench<Pc> {
  readonly setup: ConformanceSetup<Pc>;
  readonly left: Side<Pc>;
  readonly right: Side<Pc>;
  /** Waits for a condition; rejects with `what` when it does not come true. */
  eventually(what: string, condition: () => boolean): Promise<void>;
}

export const onBench = async <Pc>(
  setup: ConformanceSetup<Pc>,
  play: (bench: Bench<Pc>) => Promise<void>,
): Promise<void> => {
  const { moment = microtasksDone, patience = 500 } = setup;
  const side = async (): Promise<Side<Pc>> => {
    const pc = await setup.create();
    return { pc, port: setup.port(pc) };
  };
  const [left, right] = [await side(), await side()];
  const eventually = async (what: string, condition: () => boolean) => {
    for (let moments = 0; moments < patience; moments += 1) {
      if (condition()) return;
      await moment();
    }
    throw new Error(`does not come true: ${what}`);
  };
  try {
    await play({ setup, left, right, eventually });
  } finally {
    await setup.close(left.pc);
    await setup.close(right.pc);
  }
};

export const must = (what: string, holds: boolean): void => {
  if (!holds) throw new Error(`does not hold: ${what}`);
};

export const mustEqual = (what: string, actual: unknown, wanted: unknown): void => {
  const [seen, expected] = [JSON.stringify(actual), JSON.stringify(wanted)];
  if (seen !== expected) throw new Error(`${what} is ${seen}, and must be ${expected}`);
};

/** Resolves with the error, or rejects when the operation succeeds. */
export const mustFail = async (what: string, operation: () => Promise<unknown>): Promise<void> => {
  let result: Promise<unknown>;
  try {
    result = operation();
  } catch {
    throw new Error(`${what} throws, and must reject`);
  }
  const failed = await result.then(
    () => false,
    () => true,
  );
  must(`${what} fails`, failed);
};

/** One exchange. Resolves with both descriptions. */
export const exchange = async (from: PeerConnectionPort, to: PeerConnectionPort) => {
  const offer = await from.createOffer({ iceRestart: false });
  await to.applyOffer(offer);
  const answer = await to.createAnswer();
  await from.applyAnswer(answer);
  return { offer, answer };
};

export const mLines = ({ sdp }: Description, kind: string): number =>
  [...sdp.matchAll(/^m=(\S+) (\d+)/gm)].filter((line) => line[1] === kind && line[2] !== '0').length;

export const isSameGeneration = (one: Description | null, other: Description): boolean =>
  one?.type === other.type && iceUfrags(one.sdp).join() === iceUfrags(other.sdp).join();

/** By origin, since candidates are added to the text. Spec: RFC 9429 §5.2.1 */
export const isSameDescription = (one: string, other: string | null): boolean =>
  originOf(one) === originOf(other ?? '');

const originOf = (sdp: string): string | undefined => /^o=.*$/m.exec(sdp)?.[0];
