/** Glare after glare: in each round both sides change something at random at the same moment, and then must agree. */
import type { Role } from '@detente/core';
import { agreement } from '@detente/testing';
import { echoAll, sendThrough } from './data-channels.ts';
import type { Engine } from './engine.ts';
import { flowsAsWanted } from './flows.ts';
import { createPair } from './ends.ts';
import { ufragOf } from './ufrag.ts';

export interface Rounds {
  readonly role: Role;
  readonly rounds: number;
  readonly latencyMs: number;
  readonly seed: number;
}

export interface Tally {
  readonly errors: Readonly<Record<string, number>>;
  readonly differences: readonly string[];
  /** What a data channel of each side brought back at the end. */
  readonly echoes: readonly string[];
  /** The highest number of transceivers that a side had. */
  readonly transceivers: number;
  /** Bytes of heap at the end beyond those after the first tenth; 0 where the engine does not tell. */
  readonly heapGrowth: number;
}

const directions = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;
/** Beyond the two that stay; m-lines of stopped ones are reused. */
const mostTransceivers = 6;

export const rounds = async (engine: Engine, { role, rounds, latencyMs, seed }: Rounds): Promise<Tally> => {
  const pair = createPair(engine, role, { latencyMs });
  const { left, right, channel } = pair;
  const track = { left: await engine.createTrack('audio'), right: await engine.createTrack('audio') };
  const random = createRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

  /** Returns whether the change is carried, as far as the flow of media does not show it. */
  const change = (pc: RTCPeerConnection, own: MediaStreamTrack): (() => boolean) => {
    const live = pc.getTransceivers().filter(({ direction }) => direction !== 'stopped');
    const spare = live.slice(2);
    const sending = pc.getSenders().find((sender) => sender.track === own);
    const changes: (() => void)[] = [
      () => (pick(live).direction = pick(directions)),
      () => (sending ? pc.removeTrack(sending) : pc.addTrack(own, engine.createStream(own))),
      () => pc.restartIce(),
    ];
    if (spare.length > 0) changes.push(() => pick(spare).stop());
    if (live.length < mostTransceivers) {
      changes.push(() => pc.addTransceiver(pick(['audio', 'video']), { direction: pick(directions) }));
    }
    const index = Math.floor(random() * changes.length);
    const ufrag = ufragOf(pc);
    changes[index]?.();
    return () => index !== 2 || ufragOf(pc) !== ufrag;
  };

  try {
    for (const pc of [left, right]) echoAll(pc);
    left.addTransceiver('audio');
    left.addTransceiver('video');
    const channels = [left.createDataChannel('kept')];
    await pair.settled(() => channels.every(({ readyState }) => readyState === 'open'));
    let transceivers = 0;
    let heapBefore = 0;
    for (let round = 0; round < rounds; round++) {
      const carried = [change(left, track.left), change(right, track.right)];
      await pair.settled(() => carried.every((isCarried) => isCarried()) && flowsAsWanted(left, right));
      channel.forget();
      transceivers = Math.max(transceivers, left.getTransceivers().length, right.getTransceivers().length);
      if (round === Math.floor(rounds / 10)) heapBefore = usedHeap();
    }
    const heapGrowth = usedHeap() - heapBefore;
    return {
      errors: tally(pair.errors),
      differences: agreement(left, right).differences,
      echoes: await Promise.all([left, right].map((pc) => sendThrough(pc.createDataChannel('last'), 'there'))),
      transceivers,
      heapGrowth,
    };
  } finally {
    for (const each of Object.values(track)) each.stop();
    pair.close();
  }
};

const tally = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

interface Heap {
  readonly gc?: () => void;
  readonly performance: { readonly memory?: { readonly usedJSHeapSize: number } };
}

const usedHeap = (): number => {
  const { gc, performance } = globalThis as unknown as Heap;
  gc?.();
  return performance.memory?.usedJSHeapSize ?? 0;
};

/** Spec: none; a linear congruential generator, so that a run can be repeated by its seed. */
const createRandom = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};
