/** One client of the demo: changes what it publishes at random, and notes whose media arrives. */
import { joinSfu, requester, SfuError } from '@detente/sfu';
import { watch } from './ask-first.ts';
import { withDeadline } from './deadline.ts';
import type { End, EndReport } from './end.ts';
import { createListening, type Listening } from './listening.ts';
import { createStudio } from './marked-media.ts';
import { naive } from './naive.ts';
import type { Heard, Style } from './protocol.ts';
import { type Change, createRandom, nextChanges } from './random.ts';

export interface DemoClient {
  readonly id: string;
  /** Begins to change things. */
  go(onProgress: (changes: number, published: number) => void): void;
  /** Changes nothing any more. Returns the marks of the tracks that are published. */
  freeze(): readonly string[];
  /** Notes what arrives with the epoch until all that is expected has, or until the deadline. */
  listen(epoch: number, expected: readonly string[], deadlineMs: number): Promise<Heard>;
  /** Waits for rest, but not beyond the deadline. */
  settle(deadlineMs: number): Promise<void>;
  report(): EndReport;
  leave(): Promise<void>;
}

export const joinDemo = async (url: string, style: Style, seed: number): Promise<DemoClient> => {
  const studio = createStudio();
  const random = createRandom(seed);
  let end: End | undefined;
  let listening: Listening | undefined;
  const troubles: string[] = [];

  const client = await joinSfu({
    url,
    negotiator: (context) => (end = style === 'naive' ? naive(context) : watch(requester(context), context.pc)),
    onError(error) {
      // The end notes what its own negotiation reports.
      if (error instanceof SfuError) troubles.push(`${error.code}: ${error.message}`);
    },
    onTrack(track) {
      const { unSubscribe } = track.media.onReceiveRtp.subscribe(({ payload }) => listening?.delivered(track, payload));
      return unSubscribe;
    },
  });

  const ownEnd = end as End | undefined;
  if (ownEnd === undefined) throw new Error('joined without a negotiator');
  const published: { readonly mark: string; readonly withdraw: () => void }[] = [];
  let [changes, tracks] = [0, 0];
  const make = (change: Change): void => {
    changes++;
    if (change.type === 'withdraw') return published.splice(change.which, 1)[0]?.withdraw();
    const name = `${change.kind}-${tracks++}`;
    const mark = `${client.id}.${name}`;
    published.push({ mark, withdraw: client.publish(studio.record(change.kind, mark), name) });
  };

  let timer: NodeJS.Timeout | undefined;
  const go: DemoClient['go'] = (onProgress) => {
    const { waitMs, changes: next } = nextChanges(random, published.length);
    timer = setTimeout(() => {
      for (const change of next) make(change);
      onProgress(changes, published.length);
      go(onProgress);
    }, waitMs);
  };
  return {
    id: client.id,
    go,
    freeze() {
      clearTimeout(timer);
      return published.map(({ mark }) => mark);
    },
    async listen(epoch, expected, deadlineMs) {
      studio.epoch = epoch;
      listening = createListening(client.pc, epoch, expected);
      await withDeadline(listening.complete, deadlineMs);
      listening.stop();
      return listening.heard();
    },
    async settle(deadlineMs) {
      await withDeadline(ownEnd.settled(), deadlineMs);
    },
    report() {
      const report = ownEnd.report();
      return { ...report, errors: [...report.errors, ...troubles] };
    },
    async leave() {
      studio.stop();
      await client.close();
    },
  };
};
