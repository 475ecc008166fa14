/** Which description may be set in which signaling state. Spec: RFC 9429 §3.2, §4.1.10 to §4.1.12. */
import type { SdpType, Side, SignalingState } from './types.ts';

/** Where a description leads; a pair that is missing is illegal. */
const transitions: Readonly<Record<SignalingState, Readonly<Partial<Record<`${Side} ${SdpType}`, SignalingState>>>>> = {
  stable: { 'local offer': 'have-local-offer', 'remote offer': 'have-remote-offer' },
  'have-local-offer': {
    'local offer': 'have-local-offer',
    'local rollback': 'stable',
    'remote answer': 'stable',
    'remote pranswer': 'have-remote-pranswer',
  },
  'have-remote-offer': {
    'remote offer': 'have-remote-offer',
    'remote rollback': 'stable',
    'local answer': 'stable',
    'local pranswer': 'have-local-pranswer',
  },
  'have-local-pranswer': { 'local answer': 'stable', 'local pranswer': 'have-local-pranswer' },
  'have-remote-pranswer': { 'remote answer': 'stable', 'remote pranswer': 'have-remote-pranswer' },
  closed: {},
};

/** The signaling state after a description was set, or `undefined` when it may not be set in this one. */
export const signalingStateAfter = (state: SignalingState, side: Side, type: SdpType): SignalingState | undefined =>
  transitions[state][`${side} ${type}`];
