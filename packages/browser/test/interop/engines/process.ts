/** An engine in a process of its own, since one that crashes takes everything with it; its name is the only argument. */
import { createProgram, type Program } from '../program.ts';

export interface Question {
  readonly id: number;
  readonly what: keyof Program;
  readonly args: readonly unknown[];
}

export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly complaint: string };

const load = async () =>
  process.argv[2] === 'wrtc' ? (await import('./wrtc.ts')).wrtcEngine : (await import('./werift.ts')).weriftEngine;

const reply = (message: Reply) => process.send?.(message);
process.on('unhandledRejection', (reason) => reply({ complaint: String(reason) }));
// Engines leave threads and sockets behind.
process.on('disconnect', () => process.exit());

const program = load().then(createProgram);
process.on('message', ({ id, what, args }: Question) => {
  program
    .then((ready) => (ready[what] as (...args: readonly unknown[]) => Promise<unknown>)(...args))
    .then(
      (value) => reply({ id, value }),
      (error: unknown) => reply({ id, error: error instanceof Error ? error.message : String(error) }),
    );
});
