/**
 * Media that says whose it is. Every packet carries its track's mark and the epoch in which it was sent, so a receiver
 * can tell what flows now from what was still under way, and can see a track that should not flow any more.
 */
import { MediaStreamTrack, RtpHeader, RtpPacket } from 'werift';

const packetMs = 50;

export interface Studio {
  /** Number of the current epoch, put on all packets from now on. */
  epoch: number;
  /** A track whose source never stops, like a camera that stays on after its track was withdrawn. */
  record(kind: 'audio' | 'video', mark: string): MediaStreamTrack;
  stop(): void;
}

export const createStudio = (): Studio => {
  const sources: { readonly track: MediaStreamTrack; readonly mark: string }[] = [];
  let count = 0;
  const timer = setInterval(() => {
    count++;
    for (const { track, mark } of sources) {
      const header = new RtpHeader({
        payloadType: 96,
        sequenceNumber: count & 0xffff,
        timestamp: count * 960,
        ssrc: 1,
      });
      track.writeRtp(new RtpPacket(header, Buffer.from(`${studio.epoch} ${mark}`)));
    }
  }, packetMs);

  const studio: Studio = {
    epoch: 0,
    record(kind, mark) {
      const track = new MediaStreamTrack({ kind });
      sources.push({ track, mark });
      return track;
    },
    stop: () => clearInterval(timer),
  };
  return studio;
};

/** The mark in a packet's payload, if it was sent in the epoch. */
export const markOf = (payload: Buffer, epoch: number): string | undefined => {
  const [number, mark] = payload.toString().split(' ');
  return number === String(epoch) ? mark : undefined;
};
