/** The virtual engine, as the specifications say or as a named engine does. */
import { type EngineName, VirtualPeerConnection, createVirtualStream, createVirtualTrack } from '@detente/testing';
import type { Engine } from '../sequence.ts';

export const createVirtualEngine = (variant: EngineName): Engine => {
  let made = 0;
  const next = (what: string): string => `${what}${(made += 1)}`;
  return {
    createPc: () => new VirtualPeerConnection({ label: next('pc'), variant }) as unknown as RTCPeerConnection,
    createTrack: (kind) => createVirtualTrack({ kind, id: next('track') }) as unknown as MediaStreamTrack,
    createStream: () => createVirtualStream({ id: next('stream') }) as unknown as MediaStream,
  };
};
