/** What the application learns of the other side's media: remote streams, their tracks, and `track` events. */
import { receives } from './direction.ts';
import type { MediaSection } from './sdp.ts';
import { type VirtualStream, createVirtualStream } from './tracks.ts';
import type { TransceiverSlots } from './transceiver.ts';
import type { Direction } from './types.ts';

/** Changes that wait until the signaling state has changed, as the specification orders them. */
export class RemoteTracks {
  readonly #streams = new Map<string, VirtualStream>();
  #changes: (() => void)[] = [];
  #arrivals: TransceiverSlots[] = [];

  /** Spec: w3c.github.io/webrtc-pc/#process-remote-tracks */
  process(slots: TransceiverSlots, direction: Direction | null, streamIds: readonly string[]): void {
    const joinedStream = this.#associate(slots, streamIds);
    const started = receives(direction) && !receives(slots.firedDirection);
    if ((started || joinedStream) && !slots.stopping) this.#arrivals.push(slots);
    slots.firedDirection = direction;
  }

  /** Makes the collected changes to streams; returns the transceivers that a `track` event is due for. */
  flush(): readonly TransceiverSlots[] {
    const [changes, arrivals] = [this.#changes, this.#arrivals];
    this.#changes = [];
    this.#arrivals = [];
    for (const change of changes) change();
    return arrivals;
  }

  /** Spec: w3c.github.io/webrtc-pc/#set-associated-remote-streams. Returns whether the track joined a stream. */
  #associate(slots: TransceiverSlots, streamIds: readonly string[]): boolean {
    const { track } = slots.transceiver.receiver;
    const before = slots.remoteStreams;
    const after = streamIds.map((id) => this.#streamOf(id));
    const left = before.filter((stream) => !after.includes(stream));
    const joined = after.filter((stream) => !before.includes(stream));
    for (const stream of left) this.#changes.push(() => stream.removeTrack(track));
    for (const stream of joined) this.#changes.push(() => stream.addTrack(track));
    slots.remoteStreams = after;
    return joined.length > 0;
  }

  #streamOf(id: string): VirtualStream {
    const stream = this.#streams.get(id) ?? createVirtualStream({ id });
    this.#streams.set(id, stream);
    return stream;
  }
}

/** The streams that a remote m-line puts its track in. */
export const streamIdsOf = (section: MediaSection): readonly string[] => [
  ...new Set(section.msids.map(({ stream }) => stream).filter((stream) => stream !== '-')),
];
