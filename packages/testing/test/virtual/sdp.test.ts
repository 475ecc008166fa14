import { describe, expect, it } from 'vitest';
import { type SdpDocument, parseSdp, writeSdp } from '../../src/virtual/sdp.ts';

const document: SdpDocument = {
  id: 'left',
  version: 7,
  setup: 'actpass',
  sections: [
    {
      kind: 'audio',
      mid: '0',
      rejected: false,
      direction: 'sendonly',
      ufrag: 'left0001',
      msids: [{ stream: 'camera', track: 'microphone' }],
    },
    { kind: 'video', mid: '1', rejected: true, direction: 'inactive', ufrag: '', msids: [] },
    { kind: 'application', mid: 'data', rejected: false, direction: 'sendrecv', ufrag: 'left0001', msids: [] },
  ],
};

describe('SDP', () => {
  it('reads what it wrote', () => {
    expect(parseSdp(writeSdp(document))).toEqual({ type: 'parsed', document });
  });

  it('writes the lines that signaling code looks for', () => {
    const lines = writeSdp(document).split('\r\n');
    expect(lines.slice(0, 2)).toEqual(['v=0', 'o=- left 7 IN IP4 127.0.0.1']);
    expect(lines).toContain('a=group:BUNDLE 0 data');
    expect(lines).toContain('a=ice-ufrag:left0001');
    expect(lines).toContain('a=setup:actpass');
    expect(lines).toContain('a=msid:camera microphone');
    expect(lines.filter((line) => line.startsWith('m='))).toEqual([
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'm=video 0 UDP/TLS/RTP/SAVPF 96',
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    ]);
    expect(lines.find((line) => line.startsWith('a=ice-pwd:'))?.length).toBeGreaterThanOrEqual(
      'a=ice-pwd:'.length + 22,
    );
  });

  it('reads what other engines write: session-level attributes, a default direction, bundle-only, bare newlines', () => {
    const sdp = [
      'v=0',
      'o=mozilla...THIS_IS_SDPARTA-99.0 4611732221 0 IN IP4 0.0.0.0',
      's=-',
      't=0 0',
      'a=ice-ufrag:f00d',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'a=mid:a0',
      'm=video 0 UDP/TLS/RTP/SAVPF 96',
      'a=bundle-only',
      'a=recvonly',
      'a=mid:v0',
      'a=ice-ufrag:beef',
    ].join('\n');
    const section = { rejected: false, msids: [] };
    expect(parseSdp(sdp)).toMatchObject({
      type: 'parsed',
      document: {
        id: '4611732221',
        version: 0,
        sections: [
          { ...section, kind: 'audio', mid: 'a0', direction: 'sendrecv', ufrag: 'f00d' },
          { ...section, kind: 'video', mid: 'v0', direction: 'recvonly', ufrag: 'beef' },
        ],
      },
    });
  });

  it.each([
    ['an empty text', '', 1],
    ['no origin', 'v=0\r\ns=-\r\n', 2],
    ['an m-line of no known kind', 'v=0\r\no=- 1 1 IN IP4 0\r\nm=text 9 x\r\na=mid:0\r\n', 3],
    ['an m-line without a mid', 'v=0\r\no=- 1 1 IN IP4 0\r\nm=audio 9 x\r\n', 3],
    ['a mid that is used twice', 'v=0\r\no=- 1 1 IN IP4 0\r\nm=audio 9 x\r\na=mid:0\r\nm=audio 9 x\r\na=mid:0\r\n', 5],
  ])('reports the line where it meets %s', (_what, sdp, line) => {
    expect(parseSdp(sdp)).toMatchObject({ type: 'malformed', line });
  });
});
