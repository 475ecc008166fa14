/**
 * Session descriptions as text and as typed sections. The text is minimal but real: every line that signaling code is
 * known to look at is there, and descriptions of real engines parse. Spec: RFC 8866, RFC 9429 §5.2.1.
 */
import type { Direction, MediaKind } from './types.ts';

/** One stream that a sender belongs to. `stream: '-'` means that it belongs to none. Spec: RFC 8830 §2. */
export interface Msid {
  readonly stream: string;
  readonly track: string;
}

/** One m-line with its attributes. */
export interface MediaSection {
  readonly kind: MediaKind | 'application';
  readonly mid: string;
  /** Port 0: the m-line is dead and may be reused. */
  readonly rejected: boolean;
  /** Always `sendrecv` for `application`, which has no direction. */
  readonly direction: Direction;
  /** Empty when the section names none. */
  readonly ufrag: string;
  readonly msids: readonly Msid[];
}

export interface SdpDocument {
  /** Session id and version of the origin line: which engine made it, and its how-manieth description it is. */
  readonly id: string;
  readonly version: number;
  /** `actpass` in offers, `active` or `passive` in answers. */
  readonly setup: string;
  readonly sections: readonly MediaSection[];
}

export type SdpParseResult =
  | { readonly type: 'parsed'; readonly document: SdpDocument }
  | { readonly type: 'malformed'; readonly line: number; readonly reason: string };

const formats: Readonly<Record<MediaSection['kind'], { readonly media: string; readonly lines: readonly string[] }>> = {
  audio: { media: 'UDP/TLS/RTP/SAVPF 111', lines: ['a=rtcp-mux', 'a=rtpmap:111 opus/48000/2'] },
  video: { media: 'UDP/TLS/RTP/SAVPF 96', lines: ['a=rtcp-mux', 'a=rtpmap:96 VP8/90000'] },
  application: { media: 'UDP/DTLS/SCTP webrtc-datachannel', lines: ['a=sctp-port:5000'] },
};

const fingerprint = `sha-256 ${Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0').toUpperCase()).join(':')}`;

const sectionLines = (section: MediaSection, setup: string): readonly string[] => {
  const { media, lines } = formats[section.kind];
  const head = [`m=${section.kind} ${section.rejected ? 0 : 9} ${media}`, 'c=IN IP4 0.0.0.0'];
  const mid = `a=mid:${section.mid}`;
  const direction = section.kind === 'application' ? [] : [`a=${section.direction}`];
  const ice = [`a=ice-ufrag:${section.ufrag}`, `a=ice-pwd:${section.ufrag.padEnd(24, '0')}`];
  if (section.rejected) return [...head, ...(section.ufrag === '' ? [] : ice), mid, ...direction, ...lines];
  return [
    ...head,
    ...ice,
    'a=ice-options:trickle',
    `a=fingerprint:${fingerprint}`,
    `a=setup:${setup}`,
    mid,
    ...direction,
    ...lines,
    ...section.msids.map(({ stream, track }) => `a=msid:${stream} ${track}`),
  ];
};

/** The text of a description. Lines end with CRLF. */
export const writeSdp = ({ id, version, setup, sections }: SdpDocument): string => {
  const bundled = sections.filter((section) => !section.rejected).map((section) => ` ${section.mid}`);
  const lines = [
    'v=0',
    `o=- ${id} ${version} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    ...(bundled.length > 0 ? [`a=group:BUNDLE${bundled.join('')}`] : []),
    'a=msid-semantic:WMS *',
    ...sections.flatMap((section) => sectionLines(section, setup)),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
};

const malformed = (line: number, reason: string): SdpParseResult => ({ type: 'malformed', line, reason });

const isKind = (kind: string | undefined): kind is MediaSection['kind'] => kind !== undefined && kind in formats;

const attribute = (lines: readonly string[], name: string): string | undefined =>
  lines.find((line) => line.startsWith(`a=${name}:`))?.slice(name.length + 3);

const directions: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

const parseMsid = (line: string): Msid => {
  const [stream = '-', track = ''] = line.slice('a=msid:'.length).split(' ');
  return { stream, track };
};

/** Reads a description. Never throws; what is no SDP, or lacks a mid, is `malformed` with its line, counted from 1. */
export const parseSdp = (sdp: string): SdpParseResult => {
  const lines = sdp.split(/\r?\n/);
  if (lines[0] !== 'v=0') return malformed(1, 'Expect line: v=');
  const origin = /^o=\S+ (\S+) (\d+) IN /.exec(lines[1] ?? '');
  if (origin === null) return malformed(2, 'Expect line: o=');
  const [, id = '', version = ''] = origin;

  const starts = lines.flatMap((line, index) => (line.startsWith('m=') ? [index] : []));
  const session = lines.slice(0, starts[0] ?? lines.length);
  const sections: MediaSection[] = [];
  for (const [index, start] of starts.entries()) {
    const [head = '', ...rest] = lines.slice(start, starts[index + 1] ?? lines.length);
    const [, kind, port] = /^m=(\w+) (\d+) /.exec(head) ?? [];
    if (!isKind(kind)) return malformed(start + 1, `Unknown m-line: ${head}`);
    const mid = attribute(rest, 'mid');
    if (mid === undefined) return malformed(start + 1, 'A media section has no mid.');
    if (sections.some((section) => section.mid === mid)) return malformed(start + 1, `Duplicate mid: ${mid}`);
    sections.push({
      kind,
      mid,
      // RFC 9429 §5.2.1: a bundle-only m-line has port 0 and is alive.
      rejected: port === '0' && !rest.includes('a=bundle-only'),
      direction: directions.find((direction) => rest.includes(`a=${direction}`)) ?? 'sendrecv',
      ufrag: attribute(rest, 'ice-ufrag') ?? attribute(session, 'ice-ufrag') ?? '',
      msids: rest.filter((line) => line.startsWith('a=msid:')).map(parseMsid),
    });
  }
  const setup = attribute(lines, 'setup') ?? 'actpass';
  return { type: 'parsed', document: { id, version: Number(version), setup, sections } };
};
