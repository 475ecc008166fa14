import { expect, it } from 'vitest';
import { connected, createMarkedTrack, createSide, directions, exchange, listen, until } from './loopback.ts';

const withPort0 = (sdp: string, mid: string, attribute: string): string =>
  sdp
    .split(/^(?=m=)/m)
    .map((section) =>
      section.includes(`a=mid:${mid}\r\n`) ? section.replace(/^(m=\S+) 9 (.*\r\n)/, `$1 0 $2${attribute}`) : section,
    )
    .join('');

it('takes an m-line that is bundled only, new or known, for one that carries media', async () => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver('audio');
  left.pc.addTransceiver(createMarkedTrack('audio', 'from left'));
  const offer = async () => {
    const { type, sdp } = await left.port.createOffer({ iceRestart: false });
    const bundled = withPort0(sdp, '1', 'a=bundle-only\r\n');
    expect(bundled).not.toBe(sdp);
    await right.port.applyOffer({ type, sdp: bundled });
    await left.port.applyAnswer(await right.port.createAnswer());
  };
  const both = ['audio sendrecv/recvonly', 'audio sendrecv/recvonly'];

  await offer();
  await connected(left, right);
  const before = directions(right.pc);
  await offer();
  expect(directions(right.pc)).toEqual(before);
  expect(before).not.toContain('stopped');
  const heard = listen(right.pc.getTransceivers()[1]);
  await until(() => heard.has('from left'));
});
