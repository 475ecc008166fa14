import type { PeerConnectionLike } from '@detente/browser';
import type { VirtualPeerConnection } from '@detente/testing';
import wrtc from '@roamhq/wrtc';
import { expectTypeOf, it } from 'vitest';

/** As react-native-webrtc declares its own, wherever it differs from the DOM. */
interface ReactNativeDescription {
  readonly sdp: string;
  readonly type: string | null;
}
interface ReactNativePeerConnection extends Omit<
  RTCPeerConnection,
  'localDescription' | 'remoteDescription' | 'setLocalDescription' | 'setRemoteDescription' | 'createOffer'
> {
  localDescription: ReactNativeDescription | null;
  remoteDescription: ReactNativeDescription | null;
  createOffer(options?: { readonly iceRestart?: boolean }): Promise<ReactNativeDescription>;
  setLocalDescription(description?: ReactNativeDescription): Promise<void>;
  setRemoteDescription(description: ReactNativeDescription): Promise<void>;
}

it('a peer connection of every engine can be negotiated on as it is typed', () => {
  expectTypeOf<RTCPeerConnection>().toExtend<PeerConnectionLike>();
  expectTypeOf<InstanceType<typeof wrtc.RTCPeerConnection>>().toExtend<PeerConnectionLike>();
  expectTypeOf<ReactNativePeerConnection>().toExtend<PeerConnectionLike>();
  expectTypeOf<VirtualPeerConnection>().toExtend<PeerConnectionLike>();
});

it('a data channel, say, cannot', () => {
  expectTypeOf<RTCDataChannel>().not.toExtend<PeerConnectionLike>();
});
