/** The five lines of the README, as they stand there, in pages that load one script. */
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { bundle } from '../harness/bundle.ts';
import { serve } from '../harness/site.ts';
import type { Stage } from '../harness/stage.ts';

const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
const [, fiveLines = ''] = /^import \{ negotiate \} from '@detente\/browser'.*\n([^`]*)```/m.exec(readme) ?? [];

/** What the README takes for granted, then its lines; what the test looks at becomes global. */
const program = (room: string): string => `(async () => {
  const { negotiate } = Detente;
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  const [track] = stream.getTracks();
  const pc = new RTCPeerConnection();
  const ws = new WebSocket('${room}');
  ${fiveLines}
  Object.assign(globalThis, { pc, session });
})()`;

const packetsReceived = `(async () => {
  const stats = [...(await pc.getStats()).values()].filter(({ type }) => type === 'inbound-rtp');
  return stats.reduce((sum, { packetsReceived }) => sum + packetsReceived, 0);
})()`;

export const describeReadme = (stage: Stage): void => {
  it('two pages with the script and the five lines of the README see each other', async () => {
    expect(fiveLines.trim().split('\n')).toHaveLength(5);
    const site = await serve({ 'detente.js': await bundle('../src/index.ts', 'Detente') });
    try {
      const pages = [await stage.open(site.url), await stage.open(site.url)];
      for (const page of pages) await page.evaluate(program(site.room('readme')));
      for (const page of pages) {
        await vi.waitFor(async () => expect(await page.evaluate(packetsReceived)).toBeGreaterThan(0), 25_000);
        await page.evaluate('session.settled()');
        expect(await page.evaluate('session.state')).toBe('stable');
        expect(page.complaints).toEqual([]);
      }
    } finally {
      await site.close();
    }
  }, 60_000);
};
