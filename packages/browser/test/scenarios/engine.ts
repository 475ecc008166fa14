/** What a scenario needs of the engine that it runs on, and how it waits. */

export interface Engine {
  createPc(): RTCPeerConnection;
  /** A track with a source that never pauses. */
  createTrack(kind: MediaKind): Promise<MediaStreamTrack>;
  createStream(track: MediaStreamTrack): MediaStream;
  createSocket(url: string): WebSocket;
}

export type MediaKind = 'audio' | 'video';

/** Waits until the condition holds. Throws when its patience is at its end, naming what did not come. */
export const until = async (
  what: string,
  condition: () => boolean | Promise<boolean>,
  patienceMs = 25_000,
): Promise<void> => {
  const deadlineMs = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
