import { expect, it } from 'vitest';
import { connected, createMarkedTrack, createSide } from './loopback.ts';

it('connects by the candidates of the m-line that the others are bundled with, and has no others', async () => {
  const [left, right] = [createSide(), createSide()];
  for (const kind of ['audio', 'video'] as const) left.pc.addTransceiver(createMarkedTrack(kind, kind));
  const { type, sdp } = await left.port.createOffer({ iceRestart: false });
  const real = [...new Set([...sdp.matchAll(/^a=(candidate:.*?)\r\n/gm)].map(([, line = '']) => line))];
  expect(real.length).toBeGreaterThan(0);
  await right.port.applyOffer({ type, sdp: sdp.replace(/^a=(candidate:.*|end-of-candidates)\r\n/gm, '') });
  const answer = await right.port.createAnswer();
  // As Firefox does, which gathers for each m-line, and for the bundled one first.
  const candidates = [
    { candidate: 'candidate:9 1 udp 2122187007 192.0.2.9 9 typ host', sdpMid: '1' },
    { candidate: '', sdpMid: '1' },
    ...real.map((candidate) => ({ candidate, sdpMid: '0' })),
  ];
  for (const candidate of candidates) await right.port.addCandidate(candidate);
  expect(right.pc.iceTransports.flatMap((transport) => transport.getRemoteCandidates())).toHaveLength(real.length);
  await left.port.applyAnswer(answer);
  await connected(left, right);
});
