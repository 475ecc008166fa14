/** Virtual media: tracks and streams that carry nothing but their identity. */
import type { MediaKind } from './types.ts';

/** Spec: w3c.github.io/mediacapture-main/#mediastreamtrack */
export interface VirtualTrack {
  readonly id: string;
  readonly kind: MediaKind;
  enabled: boolean;
  readonly readyState: 'live' | 'ended';
  stop(): void;
}

/** Spec: w3c.github.io/mediacapture-main/#mediastream */
export interface VirtualStream {
  readonly id: string;
  getTracks(): VirtualTrack[];
  addTrack(track: VirtualTrack): void;
  removeTrack(track: VirtualTrack): void;
}

/** A live track. The id is what `receivedTracks` reports at the other end. */
export const createVirtualTrack = ({ kind, id }: { readonly kind: MediaKind; readonly id: string }): VirtualTrack => {
  let readyState: VirtualTrack['readyState'] = 'live';
  return {
    id,
    kind,
    enabled: true,
    get readyState() {
      return readyState;
    },
    stop: () => {
      readyState = 'ended';
    },
  };
};

/** A stream of the given tracks. */
export const createVirtualStream = ({
  id,
  tracks = [],
}: {
  readonly id: string;
  readonly tracks?: readonly VirtualTrack[];
}): VirtualStream => {
  const members = new Set(tracks);
  return {
    id,
    getTracks: () => [...members],
    addTrack: (track) => void members.add(track),
    removeTrack: (track) => void members.delete(track),
  };
};
