/**
 * Plays the suite on an engine by name: in this process, or in a page of a browser that is started for it. What drives an
 * engine is loaded only when that engine is asked for, since it is large.
 */
import { readFileSync } from 'node:fs';
import type { EngineName } from '@detente/testing';
import type { BrowserName } from '../harness/browsers.ts';
import { createVirtualEngine } from './engines/virtual.ts';
import { type Observations, playAll } from './lab.ts';
import type { Engine } from './sequence.ts';
import { sequences } from './sequences.ts';

export const realEngines = ['chromium', 'firefox', 'wrtc', 'werift'] as const;
export type RealEngine = (typeof realEngines)[number];

export interface Observed {
  readonly version: string;
  readonly observations: Observations;
}

export const observe = async (engine: RealEngine): Promise<Observed> => {
  switch (engine) {
    case 'chromium':
    case 'firefox':
      return observeInPage(engine);
    case 'wrtc':
      return observeHere((await import('./engines/wrtc.ts')).wrtcEngine, '@roamhq/wrtc');
    case 'werift':
      return observeHere((await import('./engines/werift.ts')).weriftEngine, 'werift');
  }
};

export const observeVirtual = (variant: EngineName): Promise<Observations> =>
  playAll(createVirtualEngine(variant), sequences);

const observeHere = async (engine: Engine, packageName: string): Promise<Observed> => ({
  version: installedVersion(packageName),
  observations: await playAll(engine, sequences),
});

const installedVersion = (packageName: string): string => {
  const manifest = new URL(`../../node_modules/${packageName}/package.json`, import.meta.url);
  return String((JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version);
};

const observeInPage = async (name: BrowserName): Promise<Observed> => {
  const [{ launch }, { bundle }, { serve }] = await Promise.all([
    import('../harness/browsers.ts'),
    import('../harness/bundle.ts'),
    import('../harness/site.ts'),
  ]);
  const site = await serve({ 'fidelity.js': await bundle('fidelity/engines/page.ts', 'fidelity') });
  try {
    const browser = await launch(name);
    try {
      const page = await browser.open(site.url);
      const observations = await page.evaluate<Observations>('fidelity.playHere()');
      const agent = await page.evaluate<string>('navigator.userAgent');
      return { version: /(?:Chrome|Firefox)\/(\d+)/.exec(agent)?.[1] ?? 'unknown', observations };
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
};
