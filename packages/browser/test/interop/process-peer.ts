/**
 * A peer in another process, in any language. It is started with two arguments, the URL of its WebSocket and its role. On
 * the WebSocket it speaks the native wire, one message a frame. Standard input and output are the runner's, one JSON value
 * a line:
 *
 * 1. Its first line is `{"ready": {"engine": "Pion 3.1.56", "can": ["add-track", "create-data-channel"]}}`, once the
 *    WebSocket is open. `can` names those changes of peer.ts that it can make; it is asked for no others.
 * 2. Then it is told `{"id": 1, "do": "look", "with": null}`, where `do` is a method of `Peer` in peer.ts and `with` its
 *    argument, and replies `{"id": 1, "value": …}` or `{"id": 1, "error": "what went wrong"}`, in any order.
 * 3. Whatever arrives on a data channel of the other side goes back on it, with ` and back` appended.
 * 4. `close` is its last task: it says `bye`, replies, and ends.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Change, Peer } from './peer.ts';

export interface ProcessPeer extends Peer {
  readonly engine: string;
  readonly can: readonly Change['type'][];
}

type Line =
  | { readonly ready: Pick<ProcessPeer, 'engine' | 'can'> }
  | { readonly id: number; readonly value?: unknown; readonly error?: string };

interface Task {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** `command`: the program and its first arguments. Rejects when it ends before it is ready. */
export const startProcessPeer = async (
  [program, ...args]: readonly [string, ...string[]],
  url: string,
  role: string,
): Promise<ProcessPeer> => {
  const child = spawn(program, [...args, url, role], { stdio: ['pipe', 'pipe', 'inherit'] });
  const tasks = new Map<number, Task>();
  let count = 0;
  const ready = new Promise<Pick<ProcessPeer, 'engine' | 'can'>>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text) as Line;
      if ('ready' in line) return resolve(line.ready);
      const task = tasks.get(line.id);
      tasks.delete(line.id);
      if (line.error === undefined) task?.resolve(line.value as never);
      else task?.reject(new Error(line.error));
    });
    const end = (error: Error) => {
      reject(error);
      for (const task of tasks.values()) task.reject(error);
    };
    child.on('error', end);
    child.on('exit', (code) => end(new Error(`${program} ended with ${code}`)));
  });
  const ask = <T>(what: keyof Peer, argument: unknown = null): Promise<T> =>
    new Promise((resolve, reject) => {
      tasks.set((count += 1), { resolve, reject });
      child.stdin.write(`${JSON.stringify({ id: count, do: what, with: argument })}\n`);
    });
  return {
    ...(await ready),
    act: (changes) => ask('act', changes),
    settled: () => ask('settled'),
    look: () => ask('look'),
    received: () => ask('received'),
    echo: () => ask('echo'),
    async close() {
      await ask('close').finally(() => child.kill());
    },
  };
};
