import { describe, expect, it } from 'vitest';
import type { PeerConnectionPort } from '@detente/session';
import {
  type EngineName,
  VirtualPeerConnection,
  createVirtualPort,
  createVirtualStream,
  createVirtualTrack,
  engineVariants,
  runAdapterConformance,
} from '@detente/testing';

let made = 0;

const casesFor = (variant: EngineName, adapt = (port: PeerConnectionPort) => port) =>
  runAdapterConformance({
    create: () => new VirtualPeerConnection({ label: `peer${(made += 1)}`, variant }),
    port: (pc) => adapt(createVirtualPort(pc)),
    addTrack(pc, kind) {
      const track = createVirtualTrack({ kind, id: `track-${(made += 1)}` });
      pc.addTrack(track, createVirtualStream({ id: `stream-${made}`, tracks: [track] }));
    },
    close: (pc) => pc.close(),
    announcesChanges: !(engineVariants[variant].negotiationNeededLies as readonly string[]).includes('never'),
  });

describe.each(Object.keys(engineVariants) as EngineName[])('the virtual port on %s', (variant) => {
  const cannotRollBack = !['spec', 'either-side'].includes(engineVariants[variant].rollback);
  it.each(casesFor(variant))('$name', async ({ name, run }) => {
    const mayNotApply =
      (cannotRollBack && /roll|gives way/.test(name)) || (variant === 'aiortc' && /tells of/.test(name));
    expect(await run()).toBe(mayNotApply ? 'not applicable' : 'passed');
  });
});

describe('a port that breaks its contract', () => {
  const failures = async (adapt: (port: PeerConnectionPort) => Partial<PeerConnectionPort>) => {
    const failed: string[] = [];
    const broken = (port: PeerConnectionPort): PeerConnectionPort =>
      Object.create(port, Object.getOwnPropertyDescriptors(adapt(port))) as PeerConnectionPort;
    for (const { name, run } of casesFor('spec', broken)) await run().catch(() => failed.push(name));
    return failed;
  };

  it.each<[string, (port: PeerConnectionPort) => Partial<PeerConnectionPort>]>([
    ['says that nothing is needed', () => ({ negotiationNeeded: () => false })],
    ['says that something is always needed', () => ({ negotiationNeeded: () => true })],
    [
      'forgets to restart ICE',
      (port) => ({ createOffer: (options) => port.createOffer({ ...options, iceRestart: false }) }),
    ],
    ['makes no room', (port) => ({ createOffer: ({ iceRestart }) => port.createOffer({ iceRestart }) })],
    ['needs nothing', () => ({ mediaNeeds: () => ({ audio: 0, video: 0 }) })],
    ['does not unsubscribe', (port) => ({ subscribe: (listener) => (port.subscribe(listener), () => undefined) })],
    ['pretends to roll back', () => ({ rollback: () => Promise.resolve() })],
    ['swallows failures', (port) => ({ applyOffer: (offer) => port.applyOffer(offer).catch(() => undefined) })],
    [
      'throws instead of rejecting',
      () => ({
        createAnswer: () => {
          throw new Error('now');
        },
      }),
    ],
    [
      'gathers for another generation',
      (port) => ({
        subscribe: (listener) =>
          port.subscribe({
            ...listener,
            candidate: (one) => listener.candidate(one && { ...one, usernameFragment: 'zzzz' }),
          }),
      }),
    ],
  ])('is found out when it %s', async (_, adapt) => {
    expect(await failures(adapt)).not.toEqual([]);
  });
});
