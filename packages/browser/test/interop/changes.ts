/** What a side does in a round, at random: something that has to be negotiated, and now and then a data channel with it. */
import type { Random } from '@detente/testing';
import type { Change, View } from './peer.ts';
import type { Avoidance } from './stories.ts';

/** Stopped ones make room for others. */
const mostTransceivers = 6;
const mostDataChannels = 4;
const directions = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;

/** `can`: what this side is able to do. Empty where nothing can be done. */
export const chooseChanges = (
  random: Random,
  { local, transceivers, dataChannels }: View,
  can: readonly Change['type'][],
  avoid: readonly Avoidance[],
): readonly Change[] => {
  const pick = <T>(values: readonly T[]): T => values[random.below(values.length)] as T;
  const live = transceivers.flatMap(({ mid, ...rest }) =>
    mid === null || rest.direction === 'stopped' ? [] : [{ mid, ...rest }],
  );
  const sending = live.filter(({ hasTrack, direction }) => hasTrack && direction.startsWith('send'));
  const first = /^a=mid:(\S+)/m.exec(local?.sdp ?? '')?.[1];
  const kind = pick(['audio', 'video'] as const);
  const stoppable = live.filter(
    ({ mid, kind: its }) =>
      !(mid === first && avoid.includes('the first m-line is never stopped')) &&
      // The other side may stop one at the same moment.
      !(
        live.filter((each) => each.kind === its).length < 3 &&
        avoid.includes('one m-line of each kind is never stopped')
      ),
  );
  // Before anything is negotiated there is nothing to restart. Spec: w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-restartice
  const restarts = first !== undefined && !avoid.includes('nobody restarts ICE');
  const changes: Change[] = restarts ? [{ type: 'restart-ice' }] : [];
  if (live.length < mostTransceivers) changes.push({ type: 'add-track', kind });
  if (sending.length > 0) changes.push({ type: 'remove-track', mid: pick(sending).mid });
  if (live.length > 2 && stoppable.length > 0 && !avoid.includes('no m-line is stopped'))
    changes.push({ type: 'stop', mid: pick(stoppable).mid });
  if (live.length > 0) {
    const { mid, direction } = pick(live);
    changes.push({
      type: 'set-direction',
      mid,
      direction: pick(directions.filter((other) => other !== direction)),
    });
  }
  const possible = changes.filter(({ type }) => can.includes(type));
  const withDataChannel = dataChannels.length < mostDataChannels && pick([true, false, false]);
  return [
    ...(withDataChannel ? [{ type: 'create-data-channel', label: `channel ${dataChannels.length}` } as const] : []),
    ...(possible.length > 0 ? [pick(possible)] : []),
  ];
};
