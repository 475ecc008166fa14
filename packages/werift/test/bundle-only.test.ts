import { expect, it } from 'vitest';
import { connected, createMarkedTrack, createSide, directions, listen, until } from './loopback.ts';

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
  const flowing = ['audio recvonly/recvonly', 'audio recvonly/recvonly'];

  await offer();
  await connected(left, right);
  expect(directions(right.pc)).toEqual(flowing);
  await offer();
  expect(directions(right.pc)).toEqual(flowing);
  const heard = listen(right.pc.getTransceivers()[1]);
  await until(() => heard.has('from left'));
});
