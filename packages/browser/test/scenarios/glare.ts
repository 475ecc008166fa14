/** Both sides change something at the same moment: how many descriptions does it take until both changes are carried? */
import type { Role } from '@detente/core';
import { descriptionsOf } from './channel.ts';
import { type Engine, until } from './engine.ts';
import { intercept } from './intercept.ts';
import { createEnds, createPair, type Ends, ours, w3cExample } from './ends.ts';
import { ufragOf } from './ufrag.ts';

/** What each side does: the answer carries the first three on both sides, and the rest on one side only. */
export const glareChanges = [
  'data channels',
  'tracks of one kind',
  'ICE restarts',
  'transceivers',
  'a transceiver against an ICE restart',
] as const;

export type GlareChange = (typeof glareChanges)[number];

export interface Glare {
  readonly descriptions: readonly string[];
  readonly errors: readonly string[];
}

/** Who negotiates: our role on the left side and its counterpart, the W3C's example on both, or one against the other. */
export type Negotiators = Role | 'w3c' | 'polite against w3c' | 'impolite against w3c';

const createNegotiators = (engine: Engine, by: Negotiators): Ends => {
  if (by === 'w3c') return createEnds(engine, { left: w3cExample(true), right: w3cExample(false) });
  if (by === 'polite against w3c') {
    return createEnds(engine, { left: ours('polite', { wire: 'w3c' }), right: w3cExample(false) });
  }
  if (by === 'impolite against w3c') {
    return createEnds(engine, { left: w3cExample(true), right: ours('impolite', { wire: 'w3c' }) });
  }
  return createPair(engine, by);
};

export const glare = async (
  engine: Engine,
  { change, by }: { readonly change: GlareChange; readonly by: Negotiators },
): Promise<Glare> => {
  const ends = createNegotiators(engine, by);
  try {
    const carried = await prepare(engine, ends, change);
    const { channel } = ends;
    const before = channel.sent.length;
    channel.hold();
    const isCarried = carried();
    await until('both sides have spoken', () => {
      const kinds = channel.sent.slice(before).flatMap(({ from, message }) => (isClaim(message) ? [from] : []));
      return kinds.includes('left') && kinds.includes('right');
    });
    channel.release();
    await ends.settled(isCarried);
    return { descriptions: descriptionsOf(channel.sent.slice(before)), errors: ends.errors };
  } finally {
    ends.close();
  }
};

/** An offer, or a request for the floor. */
const isClaim = (message: object): boolean => {
  const { kind, description } = message as { kind?: string; description?: { type: string } };
  return kind === 'request' || description?.type === 'offer';
};

/** Brings the ends to where the change collides; returns what makes it, which returns whether it is carried. */
const prepare = async (engine: Engine, ends: Ends, change: GlareChange): Promise<() => () => boolean> => {
  const { left, right } = ends;
  const allNegotiated = () => [left, right].every((pc) => pc.getTransceivers().every((each) => each.mid !== null));
  if (change === 'data channels') {
    left.addTransceiver('audio');
    await ends.settled(allNegotiated);
    return () => {
      const channels = [left.createDataChannel('from left'), right.createDataChannel('from right')];
      return () => channels.every(({ readyState }) => readyState === 'open');
    };
  }
  const base = left.createDataChannel('base');
  await ends.settled(() => base.readyState === 'open');
  const old = ufragOf(left);
  const isRestarted = () => ufragOf(left) !== old;
  switch (change) {
    case 'tracks of one kind': {
      const tracks = [await engine.createTrack('audio'), await engine.createTrack('audio')] as const;
      return () => {
        left.addTrack(tracks[0], engine.createStream(tracks[0]));
        right.addTrack(tracks[1], engine.createStream(tracks[1]));
        return allNegotiated;
      };
    }
    case 'ICE restarts':
      return () => {
        left.restartIce();
        right.restartIce();
        return isRestarted;
      };
    case 'transceivers':
      for (const kind of ['audio', 'video'] as const) left.addTransceiver(kind);
      await ends.settled(allNegotiated);
      return () => {
        left.addTransceiver('audio');
        right.addTransceiver('video');
        return () => allNegotiated() && left.getTransceivers().length === 4;
      };
    case 'a transceiver against an ICE restart':
      return () => {
        left.addTransceiver('audio');
        right.restartIce();
        return () => allNegotiated() && isRestarted();
      };
  }
};

/** The polite side's offer is still being created when the other side's arrives, so it is never sent. */
export const lateGlare = async (engine: Engine): Promise<Glare> => {
  let isCreating = false;
  let finish: (() => void) | undefined;
  const pair = createPair(engine, 'polite', {
    wrap: (pc) =>
      intercept(pc, async (name, perform) => {
        const result = await perform();
        if (name !== 'createOffer' || finish) return result;
        isCreating = true;
        await new Promise<void>((resolve) => (finish = resolve));
        return result;
      }),
  });
  try {
    const { left, right, channel } = pair;
    left.addTransceiver('audio', { direction: 'sendonly' });
    await until('the offer is being created', () => isCreating);
    right.addTransceiver('audio', { direction: 'sendonly' });
    await until('the other offer has arrived', () => descriptionsOf(channel.sent).length === 1 && channel.isEmpty);
    finish?.();
    await pair.settled(() => left.getTransceivers().length === 2);
    return { descriptions: descriptionsOf(channel.sent), errors: pair.errors };
  } finally {
    pair.close();
  }
};
