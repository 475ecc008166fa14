/**
 * What werift leaves out of an ICE restart. It gives out new credentials but never checks connectivity with them once
 * DTLS is up, and as long as any m-line is inactive it does not even follow a restart of the other side.
 */
import { restartsIce } from '@detente/core';
import type { RTCIceTransport, RTCPeerConnection } from 'werift';
import type { Sdp } from './media-sections.ts';

/** Whether the other side has new ICE credentials. */
export const remoteRestartsIce = (pc: RTCPeerConnection, next: Sdp | null): boolean =>
  restartsIce(pc.currentRemoteDescription?.sdp ?? '', next?.sdp ?? '');

/** Longer than checks take that succeed, and short enough for somebody who restarts ICE because they do not. */
const patienceMs = 1_000;

/**
 * Resolves once no connectivity is being checked, at the latest after a second. Run before ICE restarts: a check that is
 * still under way then decides for the new credentials when it succeeds, and nominates a port of before.
 */
export const checksDone = async (pc: RTCPeerConnection): Promise<void> => {
  await Promise.all(pc.iceTransports.map(hasChecked));
};

const hasChecked = (transport: RTCIceTransport): Promise<void> =>
  new Promise((resolve) => {
    if (transport.state !== 'checking') return resolve();
    const done = () => {
      unSubscribe();
      clearTimeout(timer);
      resolve();
    };
    const { unSubscribe } = transport.onStateChange.subscribe((state) => void (state === 'checking' || done()));
    const timer = setTimeout(done, patienceMs);
  });

/** Run before the restarting offer is set: takes the part of the restart that is ours. */
export const followIceRestart = (pc: RTCPeerConnection): void => {
  for (const transport of pc.iceTransports) transport.restart();
};

/** Run once both sides' new credentials are set. A failure shows in the transport's own state, as at first connection. */
export const checkConnectivity = (pc: RTCPeerConnection): void => {
  for (const transport of pc.iceTransports) transport.start().catch(() => undefined);
};

/** Before the first exchange there is nothing to restart, and werift never connects when it is told to. */
export const forgetEarlyRestart = (pc: RTCPeerConnection): void => {
  if (pc.currentLocalDescription === null) pc.needRestart = false;
};
