import type { Description } from '@detente/core';
import { expect, it } from 'vitest';
import { withoutGenerations } from '../src/ice-generation.ts';
import { connected, createMarkedTrack, createSide, type Side } from './loopback.ts';

const candidateLines = /^a=(candidate:.*?)\r\n/gm;

/** As libwebrtc numbers them once it has rolled back an offer that restarted ICE. */
const numbered = (description: Description): Description => {
  expect(description.sdp).toContain(' generation 0 ');
  return { ...description, sdp: description.sdp.replaceAll(' generation 0 ', ' generation 2 ') };
};

const trickled = async (to: Side, description: Description, apply: (bare: Description) => Promise<void>) => {
  const candidates = [...numbered(description).sdp.matchAll(candidateLines)].map(([, candidate = '']) => candidate);
  await apply({ ...description, sdp: description.sdp.replace(/^a=(candidate:.*|end-of-candidates)\r\n/gm, '') });
  for (const candidate of candidates) await to.port.addCandidate({ candidate, sdpMLineIndex: 0 });
};

it.each(['in descriptions', 'one by one'])('connects to candidates of another count of restarts, %s', async (how) => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver(createMarkedTrack('audio', 'music'), { direction: 'sendonly' });
  const offer = await left.port.createOffer({ iceRestart: false });
  if (how === 'in descriptions') {
    await right.port.applyOffer(numbered(offer));
    await left.port.applyAnswer(numbered(await right.port.createAnswer()));
  } else {
    await trickled(right, offer, right.port.applyOffer);
    await trickled(left, await right.port.createAnswer(), left.port.applyAnswer);
  }
  await connected(left, right);
});

it('leaves everything else of a candidate alone', () => {
  const rest = 'typ host generation-id 4 ufrag F7gI network-id 1';
  expect(withoutGenerations(`candidate:1 1 udp 1 192.0.2.1 9 generation 0 ${rest}`)).toBe(
    `candidate:1 1 udp 1 192.0.2.1 9 ${rest}`,
  );
  expect(withoutGenerations(`a=extmap:1 generation 2\r\n`)).toBe(`a=extmap:1 generation 2\r\n`);
});
