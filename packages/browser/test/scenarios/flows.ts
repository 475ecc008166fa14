/** The oracle that no description can talk into anything: what flows is exactly what both ends want to flow. */

type Transceivers = ReadonlyMap<string, RTCRtpTransceiver>;

/** Every transceiver has its m-line or is stopped, and sends exactly if its owner wants to and the other end listens. */
export const flowsAsWanted = (left: RTCPeerConnection, right: RTCPeerConnection): boolean => {
  const [atLeft, atRight] = [left, right].map(byMid) as [Transceivers, Transceivers];
  return [left, right].every(isNegotiated) && matches(atLeft, atRight) && matches(atRight, atLeft);
};

const isNegotiated = (pc: RTCPeerConnection): boolean =>
  pc
    .getTransceivers()
    .every(({ mid, direction, currentDirection }) =>
      isStopped(direction) ? isStopped(currentDirection) : mid !== null && currentDirection !== null,
    );

const byMid = (pc: RTCPeerConnection): Transceivers =>
  new Map(
    pc.getTransceivers().flatMap((each) => (each.mid === null || isStopped(each.direction) ? [] : [[each.mid, each]])),
  );

const matches = (senders: Transceivers, receivers: Transceivers): boolean =>
  [...senders].every(([mid, { direction, currentDirection }]) => {
    const wanted = has(direction, 'send') && has(receivers.get(mid)?.direction, 'recv');
    return has(currentDirection, 'send') === wanted;
  });

const has = (direction: string | null | undefined, part: 'send' | 'recv'): boolean =>
  direction?.includes(part) ?? false;

const isStopped = (direction: string | null): boolean => direction === 'stopped';
