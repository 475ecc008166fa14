/** A page and a process, as places where a program runs and can be asked. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BrowserName, launch } from '../harness/browsers.ts';
import { bundle } from '../harness/bundle.ts';
import { serve } from '../harness/site.ts';
import type { Question, Reply } from './engines/process.ts';
import type { Program } from './program.ts';

export interface Place {
  readonly version: string;
  ask<T>(what: keyof Program, ...args: readonly unknown[]): Promise<T>;
  /** It has crashed, or was closed. */
  isGone(): boolean;
  /** Errors that nobody caught, since the last time this was asked. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

export const openPage = async (name: BrowserName): Promise<Place> => {
  const site = await serve({ 'interop.js': await bundle('interop/engines/page.ts', 'interop') });
  const browser = await launch(name);
  const page = await browser.open(site.url);
  const agent = await page.evaluate<string>('navigator.userAgent');
  let heard = 0;
  let isGone = false;
  const close = async () => {
    isGone = true;
    await browser.close().catch(() => undefined);
    await site.close();
  };
  return {
    version: /(?:Chrome|Firefox)\/(\d+)/.exec(agent)?.[1] ?? 'unknown',
    ask: async (what, ...args) => {
      try {
        return await page.evaluate(`interop.${what}(...${JSON.stringify(args)})`);
      } catch (error) {
        if (/Target.*closed|crashed/i.test(String(error))) await close();
        throw error;
      }
    },
    isGone: () => isGone,
    complaints() {
      const since = page.complaints.slice(heard);
      heard = page.complaints.length;
      return since;
    },
    close,
  };
};

interface Task {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

export const openProcess = (name: string, version: string): Promise<Place> => {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = fork(fileURLToPath(new URL('engines/process.ts', import.meta.url)), [name], {
    execArgv: ['--import', loader, '--conditions=@detente/source'],
  });
  const tasks = new Map<number, Task>();
  const complaints: string[] = [];
  let asked = 0;
  let isGone = false;
  child.on('message', (reply: Reply) => {
    if ('complaint' in reply) return void complaints.push(reply.complaint);
    const task = tasks.get(reply.id);
    tasks.delete(reply.id);
    if ('error' in reply) task?.reject(new Error(reply.error));
    else task?.resolve(reply.value as never);
  });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', (code, signal) => {
      isGone = true;
      for (const { reject } of tasks.values()) reject(new Error(`the process of ${name} ended with ${signal ?? code}`));
      resolve();
    });
  });
  return Promise.resolve({
    version,
    ask: (what, ...args) =>
      new Promise((resolve, reject) => {
        if (isGone) return reject(new Error(`the process of ${name} has ended`));
        const question: Question = { id: (asked += 1), what, args };
        tasks.set(question.id, { resolve, reject });
        child.send(question);
      }),
    isGone: () => isGone,
    complaints: () => complaints.splice(0),
    async close() {
      if (!isGone) child.kill();
      await ended;
    },
  });
};
