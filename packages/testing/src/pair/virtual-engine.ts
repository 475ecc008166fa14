/** The virtual engine at the end of a pair, and the things that applications do to a peer connection. */
import { VirtualPeerConnection } from '../virtual/peer-connection.ts';
import { createVirtualStream, createVirtualTrack } from '../virtual/tracks.ts';
import type { Direction } from '../virtual/types.ts';
import { type EngineName, type EngineVariant, toVariant } from '../virtual/variants.ts';
import { createVirtualPort } from '../virtual-port.ts';
import type { Change, EngineSetting, PairEngine } from './engine.ts';

export interface VirtualPairEngine extends PairEngine {
  readonly pc: VirtualPeerConnection;
}

const directions: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

export const createVirtualEngine = (
  name: EngineName | EngineVariant,
  { label, schedule }: EngineSetting,
): VirtualPairEngine => {
  const variant = toVariant(name);
  const pc = new VirtualPeerConnection({ label, variant, schedule });
  let changes = 0;
  return {
    pc,
    port: createVirtualPort(pc),
    tellsChanges: variant.negotiationNeededLies.length === 0,
    // Some engines say so before anything was changed at all.
    get owes() {
      return changes > 0 && pc.negotiationNeeded;
    },
    get waiting() {
      return changes > 0 ? pc.unnegotiated : 0;
    },
    change(change) {
      if (pc.signalingState === 'closed') return false;
      const applied = applyChange(pc, change, `${label}-track-${changes + 1}`);
      if (applied) changes += 1;
      return applied;
    },
    close: () => pc.close(),
  };
};

const applyChange = (pc: VirtualPeerConnection, { kind, which, negotiatedOnly }: Change, id: string): boolean => {
  // A transceiver that is stopped before it was negotiated asks for negotiation for ever: w3c/webrtc-pc#2838.
  const isOld = negotiatedOnly || kind === 'stop';
  const transceivers = pc
    .getTransceivers()
    .filter(({ direction, currentDirection }) => direction !== 'stopped' && (!isOld || currentDirection !== null));
  const transceiver = transceivers[which % Math.max(1, transceivers.length)];
  const media = which % 2 === 0 ? 'audio' : 'video';
  switch (kind) {
    case 'addTrack': {
      const track = createVirtualTrack({ kind: media, id });
      pc.addTrack(track, createVirtualStream({ id: `${id}-stream`, tracks: [track] }));
      return true;
    }
    case 'addTransceiver':
      pc.addTransceiver(media, { direction: directions[which % 4] });
      return true;
    case 'createDataChannel':
      pc.createDataChannel(id);
      return true;
    case 'removeTrack':
      if (!transceiver || typeof pc.removeTrack !== 'function') return false;
      pc.removeTrack(transceiver.sender);
      return true;
    case 'direction':
      if (!transceiver) return false;
      transceiver.direction = directions[which % 4] as Direction;
      return true;
    case 'stop':
      if (!transceiver) return false;
      transceiver.stop();
      return true;
  }
};
