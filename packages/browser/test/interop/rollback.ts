/** Whether an engine can roll back, found out by doing it. */
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
