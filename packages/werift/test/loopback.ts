/** Real werift peer connections on loopback, a marked RTP source, and one exchange done by two ports in order. */
import type { PeerConnectionPort } from '@detente/session';
import { createWeriftPort } from '@detente/werift';
import { MediaStreamTrack, RTCPeerConnection, type RTCRtpTransceiver, RtpHeader, RtpPacket } from 'werift';
import { afterEach, vi } from 'vitest';

// Real sockets on a busy machine; conditions decide, this only ends what hangs.
vi.setConfig({ testTimeout: 90_000 });

const opened: RTCPeerConnection[] = [];
const stops: (() => void)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await Promise.all(opened.splice(0).map((pc) => pc.close()));
});

export const createPc = (): RTCPeerConnection => {
  const pc = new RTCPeerConnection({
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
    bundlePolicy: 'max-bundle',
  });
  opened.push(pc);
  return pc;
};

export interface Side {
  readonly pc: RTCPeerConnection;
  readonly port: PeerConnectionPort;
}

export const createSide = (): Side => {
  const pc = createPc();
  return { pc, port: createWeriftPort(pc) };
};

export const exchange = async (offerer: Side, answerer: Side, options = { iceRestart: false }): Promise<void> => {
  const offer = await offerer.port.createOffer(options);
  await answerer.port.applyOffer(offer);
  await offerer.port.applyAnswer(await answerer.port.createAnswer());
};

export const until = (condition: () => boolean): Promise<unknown> =>
  vi.waitUntil(condition, { timeout: 60_000, interval: 5 });

export const connected = (...sides: readonly Side[]): Promise<unknown> =>
  until(() => sides.every(({ pc }) => pc.connectionState === 'connected'));

/** A track whose source never pauses, like a camera; every packet carries the mark. */
export const createMarkedTrack = (kind: 'audio' | 'video', mark: string): MediaStreamTrack => {
  const track = new MediaStreamTrack({ kind });
  let count = 0;
  const timer = setInterval(() => {
    count++;
    const header = new RtpHeader({ payloadType: 96, sequenceNumber: count, timestamp: count * 960, ssrc: 1 });
    track.writeRtp(new RtpPacket(header, Buffer.from(mark)));
  }, 5);
  stops.push(() => clearInterval(timer));
  return track;
};

/** The marks that the transceiver receives from now on. */
export const listen = (transceiver: RTCRtpTransceiver | undefined): Set<string> => {
  const marks = new Set<string>();
  transceiver?.receiver.track.onReceiveRtp.subscribe(({ payload }) => marks.add(payload.toString()));
  return marks;
};

/** Shape: `['audio sendonly/sendonly', 'video inactive/stopped']`, direction before current direction. */
export const directions = (pc: RTCPeerConnection): readonly string[] =>
  pc.getTransceivers().map((each) => `${each.kind} ${each.direction}/${each.currentDirection ?? 'none'}`);

/** Shape: `['audio 9', 'video 0']`, each m-line's kind and port. */
export const lines = (sdp: string | undefined): readonly string[] =>
  [...(sdp ?? '').matchAll(/^m=(\w+ \d+)/gm)].map((match) => match[1] ?? '');
