/** Where the peers of an engine live: a page of a browser that is started for it, or this process. */
import { readFileSync } from 'node:fs';
import { type Role, needsRollback, roles } from '@detente/core';
import { type Page, launch } from '../harness/browsers.ts';
import { bundle } from '../harness/bundle.ts';
import { serve } from '../harness/site.ts';
import { createEnd, type EndOptions, type InteropEngine } from './end.ts';
import type { Peer } from './peer.ts';
import { canRollBack } from './rollback.ts';

export const engineNames = ['chromium', 'firefox', 'wrtc', 'werift'] as const;
export type EngineName = (typeof engineNames)[number];

export interface Host {
  readonly name: EngineName;
  readonly version: string;
  /** Those that its adapter lets it play, and that it can: whoever has to roll back has been tried. */
  readonly roles: readonly Role[];
  join(options: EndOptions): Promise<Peer>;
  /** Errors that nobody caught, since the last time this was asked. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

export const openHost = (name: EngineName): Promise<Host> => {
  switch (name) {
    case 'chromium':
    case 'firefox':
      return openBrowser(name);
    case 'wrtc':
    case 'werift':
      return openHere(name);
  }
};

const openHere = async (name: 'wrtc' | 'werift'): Promise<Host> => {
  const engine: InteropEngine =
    name === 'wrtc'
      ? (await import('./engines/wrtc.ts')).wrtcEngine
      : (await import('./engines/werift.ts')).weriftEngine;
  const complaints: string[] = [];
  const complain = (reason: unknown) => void complaints.push(`${name}: ${String(reason)}`);
  process.on('unhandledRejection', complain);
  return {
    name,
    version: installedVersion(name === 'wrtc' ? '@roamhq/wrtc' : name),
    roles: rolesOf(await canRollBack(engine)),
    join: (options) => createEnd(engine, options),
    complaints: () => complaints.splice(0),
    close() {
      process.off('unhandledRejection', complain);
      return Promise.resolve();
    },
  };
};

const installedVersion = (packageName: string): string => {
  const manifest = new URL(`../../node_modules/${packageName}/package.json`, import.meta.url);
  return String((JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version);
};

const openBrowser = async (name: 'chromium' | 'firefox'): Promise<Host> => {
  const site = await serve({ 'interop.js': await bundle('interop/engines/page.ts', 'interop') });
  const browser = await launch(name);
  const page = await browser.open(site.url);
  const agent = await page.evaluate<string>('navigator.userAgent');
  let heard = 0;
  return {
    name,
    version: /(?:Chrome|Firefox)\/(\d+)/.exec(agent)?.[1] ?? 'unknown',
    roles: rolesOf(await page.evaluate<boolean>('interop.canRollBack()')),
    join: (options) => joinIn(page, options),
    complaints() {
      const since = page.complaints.slice(heard);
      heard = page.complaints.length;
      return since.map((what) => `${name}: ${what}`);
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
};

const joinIn = async (page: Page, options: EndOptions): Promise<Peer> => {
  const number = await page.evaluate<number>(`interop.join(${JSON.stringify(options)})`);
  const tell = <T>(what: keyof Peer, argument: unknown = null): Promise<T> =>
    page.evaluate<T>(`interop.tell(${number}, '${what}', ${JSON.stringify(argument)})`);
  return {
    act: (changes) => tell('act', changes),
    settled: () => tell('settled'),
    look: () => tell('look'),
    received: () => tell('received'),
    echo: () => tell('echo'),
    close: () => tell('close'),
  };
};

const rolesOf = (rollsBack: boolean): readonly Role[] => roles.filter((role) => rollsBack || !needsRollback(role));
