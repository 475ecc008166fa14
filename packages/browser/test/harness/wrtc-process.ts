/** The process that plays scenarios on wrtc. One that crashes is replaced, and what it played is played once more. */
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ScenarioName } from '../scenarios/index.ts';

export interface Wish {
  readonly name: ScenarioName;
  readonly options: unknown;
}

export type Played = { readonly value: unknown } | { readonly error: string };

export interface WrtcProcess {
  /** One scenario at a time. */
  play(wish: Wish): Promise<unknown>;
  close(): void;
}

class Crash extends Error {}

export const startWrtc = (): WrtcProcess => {
  let child: ChildProcess | undefined;
  const start = (): ChildProcess => {
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    return fork(fileURLToPath(new URL('wrtc-player.ts', import.meta.url)), {
      execArgv: ['--import', loader, '--conditions=@detente/source'],
      serialization: 'advanced',
    });
  };
  const playOnce = (wish: Wish): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const player = (child ??= start());
      const over = (act: () => void) => {
        player.off('message', onMessage).off('exit', onExit);
        act();
      };
      const onMessage = (played: Played) =>
        over(() => ('error' in played ? reject(new Error(played.error)) : resolve(played.value)));
      const onExit = (code: number | null, signal: string | null) =>
        over(() => {
          child = undefined;
          reject(new Crash(`wrtc ended with ${signal ?? code} while it played ${wish.name}`));
        });
      player.on('message', onMessage).on('exit', onExit);
      player.send(wish);
    });
  return {
    play: (wish) =>
      playOnce(wish).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
        process.stderr.write(`\n${error.message}; it is played once more\n`);
        return playOnce(wish);
      }),
    close: () => child?.disconnect(),
  };
};
