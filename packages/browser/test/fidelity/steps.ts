/** What sequences are made of: descriptions made and set in the oldest way, which every engine has, and what to look at. */

export interface Description {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

const plain = (type: Description['type'], { sdp = '' }: RTCSessionDescriptionInit): Description => ({ type, sdp });

/** An offer as created, so without candidates. */
export const createOffer = async (pc: RTCPeerConnection, options: RTCOfferOptions = {}): Promise<Description> =>
  plain('offer', await pc.createOffer(options));

export const createAnswer = async (pc: RTCPeerConnection): Promise<Description> =>
  plain('answer', await pc.createAnswer());

/** Leaves the connection in have-local-offer. */
export const offer = async (pc: RTCPeerConnection, options: RTCOfferOptions = {}): Promise<Description> => {
  const description = await createOffer(pc, options);
  await pc.setLocalDescription(description);
  return description;
};

/** Leaves the connection in stable. */
export const answer = async (pc: RTCPeerConnection, theirs: Description): Promise<Description> => {
  await pc.setRemoteDescription(theirs);
  const description = await createAnswer(pc);
  await pc.setLocalDescription(description);
  return description;
};

export const exchange = async (offerer: RTCPeerConnection, answerer: RTCPeerConnection): Promise<void> => {
  await offerer.setRemoteDescription(await answer(answerer, await offer(offerer)));
};

/** Shape: `'audio'` for an m-line that lives, `'rejected audio'` for one that does not. */
export const mLines = ({ sdp }: { readonly sdp: string }): readonly string[] =>
  sections(sdp).map((section) => {
    const [, kind = '', port = ''] = /^m=(\w+) (\d+)/.exec(section) ?? [];
    return port === '0' && !section.includes('a=bundle-only') ? `rejected ${kind}` : kind;
  });

const sections = (sdp: string): readonly string[] => sdp.split(/\r?\n(?=m=)/).slice(1);

export const midOf = (section: string): string | undefined => /^a=mid:(\S+)/m.exec(section)?.[1];

/** The mid of each m-line, in order. */
export const mids = ({ sdp }: { readonly sdp: string }): readonly (string | undefined)[] => sections(sdp).map(midOf);

export const ufragOf = ({ sdp }: { readonly sdp: string }): string => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? '';

/**
 * Shape: `'audio at 0 sendrecv/recvonly'`, kind, m-line, direction and, once negotiated, current direction. What an engine
 * calls its m-lines is its own affair, so a mid is told by its place.
 */
export const transceivers = (pc: RTCPeerConnection): string => {
  const held = [pc.localDescription, pc.remoteDescription].map((description) => mids({ sdp: description?.sdp ?? '' }));
  const placeOf = (mid: string | null): string => {
    if (mid === null) return 'nowhere';
    const places = held.map((each) => each.indexOf(mid)).filter((place) => place >= 0);
    return places[0] === undefined ? 'at an m-line that is gone' : `at ${places[0]}`;
  };
  const described = pc.getTransceivers().map(({ mid, direction, currentDirection, receiver }) => {
    const current = currentDirection === null ? '' : `/${currentDirection}`;
    return `${receiver.track.kind} ${placeOf(mid)} ${direction}${current}`;
  });
  return described.length === 0 ? 'no transceivers' : described.join(', ');
};
