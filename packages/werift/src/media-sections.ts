/**
 * What a werift peer connection has negotiated, read from its descriptions. `transceiver.mid` alone does not tell,
 * because werift assigns it while an offer is only being created and keeps it when that offer comes to nothing.
 */
import type { MediaNeeds } from '@detente/session';
import { type MediaDescription, type RTCPeerConnection, type RTCRtpTransceiver, SessionDescription } from 'werift';

export type MediaSections = readonly MediaDescription[];

/** A description as any werift getter or message holds it. */
export interface Sdp {
  readonly type: string;
  readonly sdp: string;
}

/** The m-lines of a description in their order; none when there is no description. */
export const mediaSections = (description: Sdp | null): MediaSections =>
  description === null ? [] : SessionDescription.parse(description.sdp).media;

/** The m-line that carries the transceiver. */
export const sectionOf = (transceiver: RTCRtpTransceiver, sections: MediaSections): MediaDescription | undefined =>
  transceiver.mid === null ? undefined : sections.find((section) => section.rtp.muxId === transceiver.mid);

export const sends = (direction: string | undefined): boolean => direction === 'sendrecv' || direction === 'sendonly';

export const receives = (direction: string | undefined): boolean =>
  direction === 'sendrecv' || direction === 'recvonly';

/** Transceivers of ours that no exchange has given an m-line yet. */
export const unnegotiated = (pc: RTCPeerConnection): readonly RTCRtpTransceiver[] => {
  const negotiated = mediaSections(pc.currentLocalDescription);
  return pc.getTransceivers().filter((each) => !each.stopping && !each.stopped && !sectionOf(each, negotiated));
};

/** How many transceivers there are of each kind. */
export const countKinds = (transceivers: readonly RTCRtpTransceiver[]): MediaNeeds => ({
  audio: transceivers.filter(({ kind }) => kind === 'audio').length,
  video: transceivers.filter(({ kind }) => kind === 'video').length,
});
