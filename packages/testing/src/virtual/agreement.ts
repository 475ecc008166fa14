/** Whether two ends agree: the oracle for everything that negotiation is for. Works on any engine, since it only reads. */
import { receives, reverse, sends } from './direction.ts';
import { type MediaSection, type SdpDocument, parseSdp } from './sdp.ts';
import type { Direction } from './types.ts';

interface ReadDescription {
  readonly type: string;
  readonly sdp: string;
}

interface ReadTransceiver {
  readonly mid: string | null;
  readonly currentDirection: string | null;
  readonly sender: { readonly track: { readonly id: string } | null };
}

/** What is read of an end; an `RTCPeerConnection` fits. */
export interface NegotiatedEnd {
  readonly signalingState: string;
  readonly currentLocalDescription: ReadDescription | null;
  readonly currentRemoteDescription: ReadDescription | null;
  getTransceivers(): readonly ReadTransceiver[];
}

export interface Agreement {
  readonly agrees: boolean;
  /** Sentences that name the ends `left` and `right`; empty when they agree. */
  readonly differences: readonly string[];
}

const parse = (description: ReadDescription): SdpDocument | undefined => {
  const parsed = parseSdp(description.sdp);
  return parsed.type === 'parsed' ? parsed.document : undefined;
};

const sectionDifferences = (made: MediaSection, known: MediaSection | undefined): readonly string[] => {
  if (known === undefined) return [`m-line ${made.mid} is missing`];
  if (made.mid !== known.mid || made.kind !== known.kind) {
    return [`m-line ${made.mid} (${made.kind}) is ${known.mid} (${known.kind})`];
  }
  if (made.rejected !== known.rejected)
    return [`m-line ${made.mid} is ${known.rejected ? 'rejected' : 'not rejected'}`];
  const direction =
    made.direction === known.direction ? [] : [`m-line ${made.mid} is ${known.direction}, not ${made.direction}`];
  const ufrag = made.ufrag === known.ufrag ? [] : [`m-line ${made.mid} has ufrag ${known.ufrag}, not ${made.ufrag}`];
  return [...direction, ...ufrag];
};

/** How what one end applied differs from what the other end made. */
const descriptionDifferences = (
  maker: string,
  made: ReadDescription | null,
  reader: string,
  known: ReadDescription | null,
): readonly string[] => {
  if (made === null && known === null) return [];
  if (made === null) return [`${reader} applied a description of ${maker}, which has none`];
  if (known === null) return [`${reader} never applied ${maker}'s current ${made.type}`];
  const madeDocument = parse(made);
  const knownDocument = parse(known);
  if (madeDocument === undefined || knownDocument === undefined) return [`${maker}'s description is no SDP`];
  const differences = madeDocument.sections.flatMap((section, index) =>
    sectionDifferences(section, knownDocument.sections[index]),
  );
  const surplus = knownDocument.sections
    .slice(madeDocument.sections.length)
    .map(({ mid }) => `m-line ${mid} is surplus`);
  const { id, version } = knownDocument;
  const isSame = id === madeDocument.id && version === madeDocument.version && made.type === known.type;
  const origin = isSame
    ? []
    : [`it is ${known.type} ${id}/${version}, not ${made.type} ${madeDocument.id}/${madeDocument.version}`];
  return [...origin, ...differences, ...surplus].map((what) => `of ${maker}'s description ${reader} holds: ${what}`);
};

const flowing = (direction: string | null | undefined): Direction =>
  direction === 'sendrecv' || direction === 'sendonly' || direction === 'recvonly' ? direction : 'inactive';

const directionByMid = (end: NegotiatedEnd): ReadonlyMap<string, Direction> =>
  new Map(
    end
      .getTransceivers()
      .flatMap(({ mid, currentDirection }) => (mid === null ? [] : [[mid, flowing(currentDirection)]])),
  );

const directionDifferences = (left: NegotiatedEnd, right: NegotiatedEnd): readonly string[] => {
  const [leftDirections, rightDirections] = [directionByMid(left), directionByMid(right)];
  const mids = new Set([...leftDirections.keys(), ...rightDirections.keys()]);
  return [...mids].flatMap((mid) => {
    const atLeft = leftDirections.get(mid) ?? 'inactive';
    const atRight = rightDirections.get(mid) ?? 'inactive';
    return atLeft === reverse(atRight) ? [] : [`m-line ${mid} is ${atLeft} at left and ${atRight} at right`];
  });
};

/**
 * Compares two ends at rest: both stable, each holding the very description that the other made last (m-lines, mids,
 * directions, ufrags), and transceivers whose current directions mirror each other. Never throws.
 */
export const agreement = (left: NegotiatedEnd, right: NegotiatedEnd): Agreement => {
  const differences = [
    ...(left.signalingState === 'stable' ? [] : [`left is ${left.signalingState}`]),
    ...(right.signalingState === 'stable' ? [] : [`right is ${right.signalingState}`]),
    ...descriptionDifferences('left', left.currentLocalDescription, 'right', right.currentRemoteDescription),
    ...descriptionDifferences('right', right.currentLocalDescription, 'left', left.currentRemoteDescription),
    ...directionDifferences(left, right),
  ];
  return { agrees: differences.length === 0, differences };
};

/** The ids of the tracks that one end sends and the other has agreed to receive, in the sender's order of m-lines. */
export const receivedTracks = (from: NegotiatedEnd, to: NegotiatedEnd): readonly string[] => {
  const agreed = directionByMid(to);
  return from.getTransceivers().flatMap(({ mid, currentDirection, sender }) => {
    const flows = mid !== null && sends(flowing(currentDirection)) && receives(agreed.get(mid) ?? null);
    return flows && sender.track !== null ? [sender.track.id] : [];
  });
};
