/** The descriptions that an engine holds, and how setting one moves them. */
import type { MediaSection, SdpDocument } from './sdp.ts';
import type { SdpType, Side } from './types.ts';

/** What a description that was set can be. */
export type AppliedType = Exclude<SdpType, 'rollback'>;

/** A description that was set. Shape of its public face: `{ type: 'offer', sdp: 'v=0\r\n…' }`. */
export class VirtualSessionDescription {
  readonly type: AppliedType;
  readonly sdp: string;

  constructor(type: AppliedType, sdp: string) {
    this.type = type;
    this.sdp = sdp;
  }

  toJSON(): { readonly type: AppliedType; readonly sdp: string } {
    return { type: this.type, sdp: this.sdp };
  }
}

export interface AppliedDescription {
  readonly description: VirtualSessionDescription;
  readonly document: SdpDocument;
}

/** The four description slots. Spec: w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-currentlocaldescription and on. */
export interface Descriptions {
  readonly currentLocal: AppliedDescription | null;
  readonly currentRemote: AppliedDescription | null;
  readonly pendingLocal: AppliedDescription | null;
  readonly pendingRemote: AppliedDescription | null;
}

export const noDescriptions: Descriptions = {
  currentLocal: null,
  currentRemote: null,
  pendingLocal: null,
  pendingRemote: null,
};

/** The slots after a legal description was set: an answer makes its offer and itself current, the rest are pending. */
export const withDescription = (before: Descriptions, side: Side, applied: AppliedDescription): Descriptions => {
  if (applied.description.type === 'answer') {
    return side === 'local'
      ? { ...noDescriptions, currentLocal: applied, currentRemote: before.pendingRemote }
      : { ...noDescriptions, currentLocal: before.pendingLocal, currentRemote: applied };
  }
  return side === 'local' ? { ...before, pendingLocal: applied } : { ...before, pendingRemote: applied };
};

export const withoutPending = (before: Descriptions): Descriptions => ({
  ...before,
  pendingLocal: null,
  pendingRemote: null,
});

export const sectionsOf = (applied: AppliedDescription | null): readonly MediaSection[] =>
  applied?.document.sections ?? [];

export const sectionWithMid = (applied: AppliedDescription | null, mid: string | null): MediaSection | undefined =>
  sectionsOf(applied).find((section) => section.mid === mid);

/** Every mid that a set description uses. */
export const midsIn = ({ currentLocal, currentRemote, pendingLocal, pendingRemote }: Descriptions): readonly string[] =>
  [currentLocal, currentRemote, pendingLocal, pendingRemote].flatMap(sectionsOf).map((section) => section.mid);
