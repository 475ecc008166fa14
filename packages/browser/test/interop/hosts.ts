/**
 * Where the peers of an engine live: a page of a browser that is started for it, or a process of its own. What crashes is
 * started again for the next peer.
 */
import { readFileSync } from 'node:fs';
import { type Role, needsRollback, roles } from '@detente/core';
import type { End, EndOptions } from './end.ts';
import { openPage, openProcess, type Place } from './places.ts';
import type { Abilities } from './program.ts';

export const engineNames = ['chromium', 'firefox', 'wrtc', 'werift'] as const;
export type EngineName = (typeof engineNames)[number];

export interface Host {
  readonly name: EngineName;
  readonly version: string;
  /** Those that its adapter lets it play, and that it can: whoever has to roll back has been tried. */
  readonly roles: readonly Role[];
  /** It makes descriptions by itself, as the W3C's example demands; found out by trying. */
  readonly playsExample: boolean;
  join(options: EndOptions): Promise<End>;
  /** How often it has crashed so far, and taken down all that was played on it at the time. */
  crashes(): number;
  /** Errors that nobody caught, since the last time this was asked. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

const open = (name: EngineName): Promise<Place> => {
  switch (name) {
    case 'chromium':
    case 'firefox':
      return openPage(name);
    case 'wrtc':
      return openProcess(name, versionOf('@roamhq/wrtc'));
    case 'werift':
      return openProcess(name, versionOf('werift'));
  }
};

const versionOf = (packageName: string): string => {
  const manifest = new URL(`../../node_modules/${packageName}/package.json`, import.meta.url);
  return String((JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version);
};

export const openHost = async (name: EngineName): Promise<Host> => {
  let place = await open(name);
  let replacements = 0;
  let replacing: Promise<void> | undefined;
  const replace = async () => {
    place = await open(name);
    replacements += 1;
    replacing = undefined;
  };
  const { rollsBack, playsExample } = await place.ask<Abilities>('abilities');
  return {
    name,
    version: place.version,
    roles: roles.filter((role) => rollsBack || !needsRollback(role)),
    playsExample,
    async join(options) {
      if (place.isGone()) await (replacing ??= replace());
      return toEnd(place, await place.ask<number>('join', options));
    },
    crashes: () => replacements + (place.isGone() ? 1 : 0),
    complaints: () => place.complaints().map((what) => `${name}: ${what}`),
    close: () => place.close(),
  };
};

const toEnd = (place: Place, number: number): End => {
  const tell = <T>(what: keyof End, argument: unknown = null): Promise<T> =>
    place.ask<T>('tell', number, what, argument);
  return {
    act: (changes) => tell('act', changes),
    settled: () => tell('settled'),
    look: () => tell('look'),
    received: () => tell('received'),
    echo: () => tell('echo'),
    byHand: (step) => tell('byHand', step),
    close: () => tell('close'),
  };
};
