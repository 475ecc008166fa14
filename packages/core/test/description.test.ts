import { restartsIce } from '@detente/core';
import { describe, expect, it } from 'vitest';

const section = (mline: string, ufrag: string, ...more: readonly string[]): string =>
  [`m=${mline} UDP/TLS/RTP/SAVPF 111`, `a=ice-ufrag:${ufrag}`, ...more, ''].join('\r\n');
const sdp = (...sections: readonly string[]): string => ['v=0\r\n', ...sections].join('');
const before = sdp(section('audio 9', 'old'), section('video 9', 'old'));

describe('a description restarts ICE', () => {
  it('when no m-line has the credentials of the one before', () => {
    expect(restartsIce(before, sdp(section('audio 9', 'new'), section('video 9', 'new')))).toBe(true);
    expect(restartsIce(before, sdp('a=ice-ufrag:new\r\n', 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'))).toBe(true);
  });

  it('also when a rejected m-line goes on naming those it had', () => {
    expect(restartsIce(before, sdp(section('audio 9', 'new'), section('video 0', 'old')))).toBe(true);
    const rejected = sdp(section('audio 9', 'new'), section('video 0', 'old'));
    expect(restartsIce(rejected, sdp(section('audio 9', 'newer'), section('video 0', 'old')))).toBe(true);
  });

  it('not when an m-line that is bundled only, and so has the port 0, has those of before', () => {
    const bundled = sdp(section('audio 9', 'new'), section('video 0', 'old', 'a=bundle-only'));
    expect(restartsIce(before, bundled)).toBe(false);
  });

  it('not when it goes on with those of before, where nothing lives, or where there was nothing before', () => {
    expect(restartsIce(before, before)).toBe(false);
    expect(restartsIce(before, sdp(section('audio 0', 'new'), section('video 0', 'new')))).toBe(false);
    expect(restartsIce('', before)).toBe(false);
    expect(restartsIce(sdp(section('audio 0', 'old')), sdp(section('audio 9', 'new')))).toBe(false);
  });
});
