/** The ICE generation of an end. */
export const ufragOf = (pc: RTCPeerConnection): string | undefined =>
  /^a=ice-ufrag:(\S+)/m.exec(pc.currentLocalDescription?.sdp ?? '')?.[1];
