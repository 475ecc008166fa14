/** What the tests of the virtual engine share: ends, changes, and exchanges that go to completion. */
import { microtasksDone } from '../../src/clock.ts';

import { VirtualPeerConnection } from '../../src/virtual/peer-connection.ts';
import { type ManualSchedule, type Outcome, createManualSchedule } from '../../src/virtual/schedule.ts';
import { parseSdp } from '../../src/virtual/sdp.ts';
import { createVirtualStream, createVirtualTrack } from '../../src/virtual/tracks.ts';
import type { MediaKind } from '../../src/virtual/types.ts';
import type { EngineName, EngineVariant } from '../../src/virtual/variants.ts';

export const createEnds = (left: EngineName | EngineVariant = 'spec', right: EngineName | EngineVariant = 'spec') => ({
  left: new VirtualPeerConnection({ label: 'left', variant: left }),
  right: new VirtualPeerConnection({ label: 'right', variant: right }),
});

export const addMedia = (pc: VirtualPeerConnection, kind: MediaKind, id: string) => {
  const track = createVirtualTrack({ kind, id });
  return pc.addTrack(track, createVirtualStream({ id: `${id}-stream`, tracks: [track] }));
};

/** Sends the pending or current local description to the other end. */
export const deliver = async (from: VirtualPeerConnection, to: VirtualPeerConnection): Promise<void> => {
  const { localDescription } = from;
  if (localDescription === null) throw new Error(`${from.label} has nothing to deliver`);
  await to.setRemoteDescription(localDescription.toJSON());
};

export const offer = async (from: VirtualPeerConnection, to: VirtualPeerConnection): Promise<void> => {
  await from.setLocalDescription(await from.createOffer());
  await deliver(from, to);
};

export const answer = async (from: VirtualPeerConnection, to: VirtualPeerConnection): Promise<void> => {
  await from.setLocalDescription(await from.createAnswer());
  await deliver(from, to);
};

export const exchange = async (offerer: VirtualPeerConnection, answerer: VirtualPeerConnection): Promise<void> => {
  await offer(offerer, answerer);
  await answer(answerer, offerer);
};

export const sections = (sdp: string | undefined) => {
  const parsed = parseSdp(sdp ?? '');
  if (parsed.type === 'malformed') throw new Error(parsed.reason);
  return parsed.document.sections;
};

/** The m-lines of the current local description, for comparing at a glance: `0 audio sendrecv`, `1 video rejected`. */
export const mLines = (pc: VirtualPeerConnection): readonly string[] =>
  sections(pc.localDescription?.sdp).map(
    ({ mid, kind, rejected, direction }) => `${mid} ${kind} ${rejected ? 'rejected' : direction}`,
  );

export const mids = (pc: VirtualPeerConnection) => pc.getTransceivers().map(({ mid }) => mid);

/** How a promise ended: `done`, or the name of its error. */
export const ending = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: Error) => error.name,
  );

/** Everything that an end fires from now on, as `type:signalingState`. */
export const eventLog = (
  pc: VirtualPeerConnection,
  ...types: readonly ('negotiationneeded' | 'signalingstatechange')[]
) => {
  const log: string[] = [];
  for (const type of types) pc.addEventListener(type, () => log.push(`${type}:${pc.signalingState}`));
  return log;
};

/** The signaling state in which an event fires next. */
export const next = (pc: VirtualPeerConnection, type: 'negotiationneeded' | 'signalingstatechange'): Promise<string> =>
  new Promise((resolve) => {
    pc.addEventListener(type, () => resolve(pc.signalingState), { once: true });
  });

/** Drives a schedule until a promise settles, so that an exchange can be awaited although nothing happens by itself. */
export const driven = async <T>(schedule: ManualSchedule, promise: Promise<T>): Promise<T> => {
  let settled = false;
  const watched = promise.finally(() => {
    settled = true;
  });
  watched.catch(() => undefined);
  await schedule.drive();
  if (!settled) throw new Error('Nothing is pending, and the promise has not settled.');
  return watched;
};

/** Two ends whose work waits in one list. */
export const createManualEnds = (
  left: EngineName | EngineVariant = 'spec',
  right: EngineName | EngineVariant = 'spec',
) => {
  const schedule = createManualSchedule();
  return {
    schedule,
    left: new VirtualPeerConnection({ label: 'left', variant: left, schedule }),
    right: new VirtualPeerConnection({ label: 'right', variant: right, schedule }),
  };
};

/** What waits to be done, as `left:createOffer`. */
export const pendingNames = (schedule: ManualSchedule): readonly string[] =>
  schedule.pending.map(({ work }) => `${work.peer}:${work.name}`);

/** Ends the oldest ready work of a name. */
export const finish = async (schedule: ManualSchedule, name: string, outcome?: Outcome): Promise<void> => {
  await microtasksDone();
  const index = schedule.ready.findIndex(({ work }) => work.name === name);
  if (index < 0) throw new Error(`${name} is not ready: ${pendingNames(schedule).join(', ')}`);
  await schedule.step(index, outcome);
};
