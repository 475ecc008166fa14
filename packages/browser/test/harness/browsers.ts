/**
 * Real browsers, headless, from the system's packages: Chromium over CDP, Firefox over WebDriver BiDi. Nothing is
 * downloaded. A page reports whatever it complains about, so that a test can demand silence.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';

export interface Page {
  /** Evaluates an expression in the page and waits for its promise; what it gives must be JSON. */
  evaluate<T>(expression: string): Promise<T>;
  /** Errors that nobody caught, and what the console said as an error, in order. */
  readonly complaints: readonly string[];
}

export interface Browser {
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

export type BrowserName = 'chromium' | 'firefox';

const programs: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
  firefox: ['firefox-esr', 'firefox'],
};

/** The browser's program, or undefined where it is not installed. */
export const programOf = (name: BrowserName): string | undefined =>
  programs[name]
    .flatMap((program) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program)))
    .find(isExecutable);

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export const launch = (name: BrowserName): Promise<Browser> => {
  const program = programOf(name);
  if (program === undefined) throw new Error(`Looked in PATH for ${programs[name].join(', ')}: none is installed.`);
  return name === 'chromium' ? launchChromium(program) : launchFirefox(program);
};

const launchChromium = async (executablePath: string): Promise<Browser> => {
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--allow-loopback-in-peer-connection',
      '--js-flags=--expose-gc',
      '--enable-precise-memory-info',
    ],
  });
  return {
    async open(url) {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await page.goto(url);
      return { evaluate: (expression) => page.evaluate(expression), complaints };
    },
    close: () => browser.close(),
  };
};

const launchFirefox = async (executablePath: string): Promise<Browser> => {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      'media.autoplay.default': 0,
    },
  });
  return {
    async open(url) {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await page.goto(url);
      return { evaluate: async <T>(expression: string) => (await page.evaluate(expression)) as T, complaints };
    },
    close: () => browser.close(),
  };
};
