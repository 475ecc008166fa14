/** A client of the demo, seen from the process that started it. */
import { fork } from 'node:child_process';
import { withDeadline } from './deadline.ts';
import type { FromClient, ToClient } from './protocol.ts';

type Reply<T extends FromClient['type']> = Extract<FromClient, { type: T }>;

export interface ClientHandle {
  /** Counts from 1. */
  readonly number: number;
  readonly progress: { readonly changes: number; readonly published: number };
  tell(message: ToClient): void;
  /** Rejects when the reply does not come in time, or the process ends before. */
  ask<T extends FromClient['type']>(message: ToClient, reply: T, deadlineMs: number): Promise<Reply<T>>;
  /** Resolves when the process has ended, by itself or not. */
  readonly ended: Promise<void>;
  /** Ends the process if it has not ended, and resolves when it has. */
  end(): Promise<void>;
}

/** Starts a client: this program again, unless another is given. */
export const startClient = (number: number, program = process.argv[1] ?? ''): ClientHandle => {
  const child = fork(program, ['demo-client'], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  let progress = { changes: 0, published: 0 };
  child.on('message', (message: FromClient) => {
    if (message.type === 'progress') progress = message;
  });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
    child.on('error', () => resolve());
  });

  const tell = (message: ToClient): void => {
    if (child.connected) child.send(message);
  };
  return {
    number,
    get progress() {
      return progress;
    },
    ended,
    tell,
    async ask<T extends FromClient['type']>(message: ToClient, type: T, deadlineMs: number) {
      const replied = new Promise<Reply<T>>((resolve) => {
        child.on('message', function take(reply: FromClient) {
          if (reply.type !== type) return;
          child.off('message', take);
          resolve(reply as Reply<T>);
        });
      });
      tell(message);
      const reply = await withDeadline(Promise.race([replied, ended]), deadlineMs);
      if (reply !== undefined) return reply;
      if (child.exitCode === null) throw new Error(`client ${number} has not ${type} within ${deadlineMs} ms`);
      throw new Error(`the process of client ${number} ended before it had ${type}: ${said.trim() || 'no word why'}`);
    },
    async end() {
      if (child.connected) child.disconnect();
      const isOver = await withDeadline(
        ended.then(() => true),
        2_000,
      );
      if (isOver !== true) child.kill('SIGKILL');
      await ended;
    },
  };
};
