/**
 * `PeerConnectionPort` on any `RTCPeerConnection` of the W3C's shape. Only calls that every engine has and that mean
 * the same in each: explicit descriptions, since not every engine can make them by itself, and an explicit rollback by
 * the side whose offer is pending, since engines differ in what else they accept.
 */
import { type Candidate, type Description, iceUfrags, ufragOf } from '@detente/core';
import { createBundle, type PeerConnectionPort } from '@detente/session';
import { applyOffer } from './apply-offer.ts';
import { listen } from './listen.ts';
import { type MediaSection, mediaSections } from './media-sections.ts';
import { isNegotiationNeeded } from './negotiation-needed.ts';
import {
  assertUsable,
  type CandidateLike,
  type DescriptionLike,
  type PeerConnectionLike,
} from './peer-connection-like.ts';
import { makeRoom, mediaNeeds } from './room.ts';
import { createUnseenChanges } from './unseen-changes.ts';

export interface BrowserPortOptions {
  /**
   * Whether the engine can roll an offer back. It cannot be asked without doing it, so say `false` for an engine that
   * cannot; roles that need it are then refused. Default `true`, as the W3C has it.
   */
  readonly rollback?: boolean | undefined;
}

/**
 * The port of a peer connection. It does not own the connection and never closes it.
 *
 * **Errors**: throws `NegotiationError` (`unknown-engine`, `engine-closed`) for what it cannot be the port of; the
 * operations reject with whatever the engine rejects with.
 */
export const createBrowserPort = (
  pc: PeerConnectionLike,
  { rollback = true }: BrowserPortOptions = {},
): PeerConnectionPort => {
  assertUsable(pc);
  const unseen = createUnseenChanges(pc);
  const bundle = createBundle(pc);
  let asked: readonly MediaSection[] = [];
  return {
    capabilities: { rollback },
    engine: pc,
    get signalingState() {
      return pc.signalingState;
    },
    get localDescription() {
      return toDescription(pc.localDescription);
    },

    async createOffer({ iceRestart, receive }) {
      unseen.begun();
      bundle.begun();
      if (receive !== undefined) makeRoom(pc, receive);
      const { sdp = '' } = await pc.createOffer({ iceRestart });
      await pc.setLocalDescription({ type: 'offer', sdp });
      return descriptionSet(pc);
    },

    applyOffer(offer) {
      unseen.begun();
      bundle.begun();
      return applyOffer(pc, offer);
    },

    async createAnswer() {
      const { sdp = '' } = await pc.createAnswer();
      await pc.setLocalDescription({ type: 'answer', sdp });
      return descriptionSet(pc);
    },

    async applyAnswer({ type, sdp }) {
      asked = mediaSections(pc.localDescription);
      unseen.answered();
      await pc.setRemoteDescription({ type, sdp });
    },

    async rollback() {
      await (pc.signalingState === 'have-remote-offer'
        ? pc.setRemoteDescription({ type: 'rollback', sdp: '' })
        : pc.setLocalDescription({ type: 'rollback', sdp: '' }));
    },

    async addCandidate(candidate) {
      if (bundle.owns(candidate)) await pc.addIceCandidate(candidate as CandidateLike);
    },

    negotiationNeeded: () => unseen.areOwed || isNegotiationNeeded(pc, asked),

    mediaNeeds: () => mediaNeeds(pc),

    mayWantIceRestart: () => unseen.areOwed,

    subscribe({ changed, candidate, closed }) {
      let gathering: string | undefined;
      // Which gathering has ended is not said. The end of one that was rolled back or replaced meanwhile would be taken for
      // that of the next one, and the other side's engine may then take no candidates of it.
      const isStale = () => gathering !== undefined && !iceUfrags(pc.localDescription?.sdp ?? '').includes(gathering);
      return listen(pc, {
        negotiationneeded() {
          if (pc.signalingState === 'stable' && !isNegotiationNeeded(pc, [])) unseen.announced();
          changed();
        },
        icecandidate(event) {
          const gathered = toCandidate((event as { candidate?: CandidateLike | null }).candidate);
          if (gathered === null && isStale()) return;
          gathering = (gathered && ufragOf(gathered)) ?? gathering;
          candidate(gathered);
        },
        signalingstatechange() {
          if (pc.signalingState === 'closed') closed();
        },
      });
    },
  };
};

const toDescription = (description: DescriptionLike | null): Description | null =>
  description?.type === 'offer' || description?.type === 'answer'
    ? { type: description.type, sdp: description.sdp ?? '' }
    : null;

const descriptionSet = (pc: PeerConnectionLike): Description => {
  const description = toDescription(pc.localDescription);
  if (description === null) throw new Error('The peer connection holds no local description.');
  return description;
};

const toCandidate = (gathered: CandidateLike | null | undefined): Candidate | null =>
  gathered
    ? {
        candidate: gathered.candidate ?? '',
        sdpMid: gathered.sdpMid,
        sdpMLineIndex: gathered.sdpMLineIndex,
        usernameFragment: gathered.usernameFragment,
      }
    : null;
