/**
 * Where scenarios are played: in a page of a real browser, or in a process on wrtc. What cannot be had on this machine is
 * skipped loudly, or fails where it is required.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioName, Scenarios } from '../scenarios/index.ts';
import { type Browser, type BrowserName, launch, type Page, programOf } from './browsers.ts';
import { bundle } from './bundle.ts';
import { type Site, serve } from './site.ts';
import { startWrtc, type WrtcProcess } from './wrtc-process.ts';

export type EngineName = BrowserName | 'wrtc';

export interface Stage {
  play<Name extends ScenarioName>(
    name: Name,
    options: Parameters<Scenarios[Name]>[1],
  ): Promise<Awaited<ReturnType<Scenarios[Name]>>>;
  readonly site: Site;
  /** Another page of the same browser. Throws where there is no browser. */
  open(url: string): Promise<Page>;
}

/** Describes tests on one engine; `stage` may be used inside tests only. */
export const describeOn = (engine: EngineName, body: (stage: Stage) => void): void => {
  const lack = lackOf(engine);
  if (lack === undefined) {
    describe(engine, () => body(setUp(engine)));
  } else if (process.env['DETENTE_REQUIRE_ENGINES'] === '1') {
    it(`runs on ${engine}`, () => expect.fail(lack));
  } else {
    process.stderr.write(`\nSKIPPED: nothing is tested on ${engine} here. ${lack}\n\n`);
    describe.skip(`${engine}: ${lack}`, () => body(setUp(engine)));
  }
};

/** Why nothing can be played on this engine here, or undefined. */
export const lackOf = (engine: EngineName): string | undefined => {
  if (engine === 'wrtc') return undefined;
  if (programOf(engine) === undefined) {
    return `There is no ${engine} in PATH. On Debian: apt-get install chromium firefox-esr`;
  }
  return engine === 'firefox' && !hasDefaultRoute()
    ? 'Firefox gathers no candidates without a default route. For instance: ip link add dummy0 type dummy && ip addr add 198.51.100.1/24 dev dummy0 && ip link set dummy0 up && ip route add default dev dummy0'
    : undefined;
};

/** Assumed where there is no such file, so that a test that hangs tells. */
const hasDefaultRoute = (): boolean => {
  try {
    return readFileSync('/proc/net/route', 'utf8').includes('\t00000000\t');
  } catch {
    return true;
  }
};

const setUp = (engine: EngineName): Stage => {
  let site: Site | undefined;
  let browser: Browser | undefined;
  let page: Page | undefined;
  let wrtc: WrtcProcess | undefined;

  beforeAll(async () => {
    site = await serve({ 'scenarios.js': await bundle('scenarios/index.ts', 'scenarios') });
    if (engine === 'wrtc') {
      wrtc = startWrtc();
      return;
    }
    browser = await launch(engine);
    page = await browser.open(site.url);
  }, 30_000);
  afterAll(async () => {
    wrtc?.close();
    await browser?.close();
    await site?.close();
  }, 30_000);

  return {
    get site() {
      return site ?? notNow();
    },
    open: (url) => (browser ?? notNow()).open(url),
    async play(name, options) {
      if (wrtc) return (await wrtc.play({ name, options })) as never;
      const { evaluate, complaints } = page ?? notNow();
      const result = await evaluate(`scenarios.playHere('${name}', ${JSON.stringify(options)})`);
      expect(complaints).toEqual([]);
      return result as never;
    },
  };
};

const notNow = (): never => {
  throw new Error('There is a stage only inside tests, and a browser only where one was asked for.');
};
