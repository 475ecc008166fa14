/** How the SFU and its werift clients open a peer connection, and how they read what an exchange left behind. */
import { RTCPeerConnection, type RTCRtpTransceiver, useOPUS, useVP8 } from 'werift';

export type Kind = 'audio' | 'video';

/**
 * One codec of each kind and no feedback that only a decoder needs: what comes in can go out to anybody as it is. One
 * transport for all m-lines, and no ICE server: the SFU is reachable by its own addresses.
 */
export const createPeerConnection = (): RTCPeerConnection =>
  new RTCPeerConnection({
    bundlePolicy: 'max-bundle',
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
    codecs: { audio: [useOPUS()], video: [useVP8({ rtcpFeedback: [] })] },
  });

/**
 * Calls back after every exchange, whichever side offered. werift announces `stable` a moment before it updates the
 * current directions, hence the microtask.
 */
export const afterEachExchange = (pc: RTCPeerConnection, listener: () => void): void => {
  pc.signalingStateChange.subscribe((state) => {
    if (state === 'stable') queueMicrotask(listener);
  });
};

/** Whether the last exchange left the m-line open for the other side to send. */
export const isReceiving = ({ currentDirection }: RTCRtpTransceiver): boolean =>
  currentDirection === 'recvonly' || currentDirection === 'sendrecv';
