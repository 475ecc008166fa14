/** The one place that knows where the specifications live; everything else cites by name. */

const webrtcPc = 'https://w3c.github.io/webrtc-pc/#';
const jsep = 'https://www.rfc-editor.org/rfc/rfc9429.html#section-';

export const spec = {
  stateMachine: `${jsep}3.2`,
  rollback: `${jsep}4.1.10.2`,
  setLocalDescription: `${jsep}4.1.11`,
  setRemoteDescription: `${jsep}4.1.12`,
  offerAnswer: 'https://www.rfc-editor.org/rfc/rfc3264.html#section-4',
  trickle: 'https://www.rfc-editor.org/rfc/rfc8838.html#section-11',
  perfectNegotiation: `${webrtcPc}perfect-negotiation-example`,
  checkNegotiationNeeded: `${webrtcPc}dfn-check-if-negotiation-is-needed`,
  operationsChain: `${webrtcPc}dfn-operations-chain`,
  close: `${webrtcPc}dom-rtcpeerconnection-close`,
} as const;
