/** Data channels as far as negotiation sees them: they exist, and so need an m-line. They never open. */

/** Spec: w3c.github.io/webrtc-pc/#dom-rtcdatachannel */
export interface VirtualDataChannel {
  readonly label: string;
  readonly readyState: 'connecting' | 'closed';
  close(): void;
}

export const createVirtualDataChannel = (label: string): VirtualDataChannel => {
  let readyState: VirtualDataChannel['readyState'] = 'connecting';
  return {
    label,
    get readyState() {
      return readyState;
    },
    close: () => {
      readyState = 'closed';
    },
  };
};
