/** Engines that ask for negotiation again after every exchange, because nothing that can be offered satisfies them. */
import { descriptionsOf } from './channel.ts';
import { type Engine, until } from './engine.ts';
import { createEnds, createPair, w3cExample } from './ends.ts';

export const storms = [
  'a transceiver that was stopped before it had an m-line',
  'a first data channel that lost a glare',
  'senders on both sides that the other side does not want',
] as const;

export type StormCause = (typeof storms)[number];

export interface Storm {
  readonly cause: StormCause;
  readonly by: 'ours' | 'w3c';
}

/** More descriptions than this are a storm. */
export const stormLimit = 40;

export interface Weather {
  /** How many it took until it was quiet; or `stormLimit`, when there is no end to them. */
  readonly descriptions: number;
  readonly errors: readonly string[];
}

/** After the quiet, another change must be carried. */
export const storm = async (engine: Engine, { cause, by }: Storm): Promise<Weather> => {
  const ends =
    by === 'w3c'
      ? createEnds(engine, { left: w3cExample(true), right: w3cExample(false) })
      : createPair(engine, 'polite');
  const { left, right, channel, errors } = ends;
  try {
    for (const kind of ['audio', 'video'] as const) left.addTransceiver(kind, { direction: 'inactive' });
    await ends.settled(() => left.getTransceivers().every(({ currentDirection }) => currentDirection === 'inactive'));
    channel.forget();
    if (cause === storms[0]) {
      left.addTransceiver('audio').stop();
    } else if (cause === storms[1]) {
      left.createDataChannel('lost');
      right.addTransceiver('audio', { direction: 'inactive' });
    } else {
      for (const pc of [left, right]) {
        const track = await engine.createTrack('audio');
        const [transceiver] = pc.getTransceivers();
        transceiver?.sender.setStreams(engine.createStream(track));
        if (transceiver) transceiver.direction = 'sendonly';
      }
    }
    const count = () => descriptionsOf(channel.sent).length;
    await until('something is said', () => count() > 1);
    await until('it is quiet, or there is no end to it', isQuiet(count));
    const descriptions = Math.min(count(), stormLimit);
    if (descriptions === stormLimit) return { descriptions, errors };
    left.addTransceiver('video', { direction: 'sendonly' });
    await until('the next change is carried', () =>
      right.getTransceivers().some(({ currentDirection }) => currentDirection === 'recvonly'),
    );
    return { descriptions, errors };
  } finally {
    ends.close();
  }
};

/** Nothing more comes while it is looked at thirty times in a row. */
const isQuiet = (count: () => number): (() => boolean) => {
  let last = -1;
  let looks = 0;
  return () => {
    looks = count() === last ? looks + 1 : 0;
    last = count();
    return looks >= 30 || last >= stormLimit;
  };
};
