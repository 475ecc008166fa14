/** What negotiation has to know of an SDP: its m-lines, each with mid, direction and whether it names streams. */

export interface MediaSection {
  readonly kind: string;
  readonly mid: string | undefined;
  /** The port is 0: it carries nothing, and its place may be reused. Spec: RFC 9429 §5.2.2 */
  readonly rejected: boolean;
  readonly direction: string;
  readonly namesStreams: boolean;
}

/** The m-lines in their order; none when there is no description. */
export const mediaSections = (description: { readonly sdp?: string } | null): readonly MediaSection[] => {
  const [session = '', ...media] = (description?.sdp ?? '').split(/^m=/m);
  const byDefault = directionIn(session) ?? 'sendrecv';
  return media.map((section) => {
    const [kind = '', port = ''] = section.split(' ', 2);
    return {
      kind,
      mid: /^a=mid:(\S+)/m.exec(section)?.[1],
      rejected: port === '0',
      direction: directionIn(section) ?? byDefault,
      namesStreams: /^a=msid:/m.test(section),
    };
  });
};

const directionIn = (sdp: string): string | undefined => /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(sdp)?.[1];

export const sends = (direction: string | undefined): boolean => direction === 'sendrecv' || direction === 'sendonly';

export const receives = (direction: string | undefined): boolean =>
  direction === 'sendrecv' || direction === 'recvonly';

const toDirection = (send: boolean, receive: boolean): string =>
  send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive';

/** The other side's direction from our point of view. */
export const mirrored = (theirs: string): string => toDirection(receives(theirs), sends(theirs));

/** What both directions allow. */
export const intersection = (left: string, right: string): string =>
  toDirection(sends(left) && sends(right), receives(left) && receives(right));
