/** What an engine can do, found out by doing it. */
import { NegotiationError } from '@detente/session';
import type { InteropEngine } from './end.ts';

/** The adapter must let it play the role that rolls back, and an offer must be gone after its rollback. */
export const canRollBack = async ({ createPc, negotiate }: InteropEngine): Promise<boolean> => {
  const pc = createPc();
  try {
    negotiate(pc, { role: 'polite', send: () => undefined, trigger: 'manual' }).close();
    pc.addTransceiver('audio');
    await pc.setLocalDescription(await pc.createOffer());
    await pc.setLocalDescription({ type: 'rollback', sdp: '' });
    return pc.signalingState === 'stable' && pc.getTransceivers().every(({ mid }) => mid === null);
  } catch (error) {
    if (error instanceof NegotiationError) return false;
    throw error;
  } finally {
    pc.close();
  }
};

/** It says of itself when negotiation is needed, makes the description that fits, and rolls back by itself. */
export const canPlayExample = async (engine: InteropEngine): Promise<boolean> => {
  const [loser, winner] = [engine.createPc(), engine.createPc()];
  try {
    for (const pc of [loser, winner]) {
      pc.addTransceiver('audio');
      await pc.setLocalDescription();
    }
    await loser.setRemoteDescription(winner.localDescription as RTCSessionDescription);
    return engine.tells && loser.signalingState === 'have-remote-offer';
  } catch {
    return false;
  } finally {
    for (const pc of [loser, winner]) pc.close();
  }
};
