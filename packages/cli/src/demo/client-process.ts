/** A process of the demo: one client, which does what the process that started it says. */
import { once } from 'node:events';
import { type DemoClient, joinDemo } from './demo-client.ts';
import type { FromClient, ToClient } from './protocol.ts';

/** Ends the process when the client has left. Throws when this is not a child process. */
export const runClientProcess = async (): Promise<void> => {
  if (process.send === undefined) throw new Error('demo-client is started by demo, not by hand.');
  const say = (message: FromClient): void => void process.send?.(message);
  let client: DemoClient | undefined;

  const obey = async (message: ToClient): Promise<FromClient | undefined> => {
    if (message.type === 'join') {
      client = await joinDemo(message.url, message.style, message.seed);
      return { type: 'joined', id: client.id };
    }
    if (client === undefined) throw new Error(`${message.type} before join`);
    switch (message.type) {
      case 'go':
        client.go((changes, published) => say({ type: 'progress', changes, published }));
        return undefined;
      case 'freeze':
        return { type: 'frozen', published: client.freeze() };
      case 'listen':
        return { type: 'heard', heard: await client.listen(message.epoch, message.expected, message.deadlineMs) };
      case 'settle':
        await client.settle(message.deadlineMs);
        return { type: 'settled' };
      case 'report':
        return { type: 'reported', end: client.report() };
      case 'leave':
        await client.leave();
        return { type: 'left' };
    }
  };

  process.on('message', (message: ToClient) => {
    obey(message)
      .then((reply) => reply && say(reply))
      .catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      });
  });
  // The parent lets go of a client that has left, and a parent that dies lets go of all.
  await once(process, 'disconnect');
  process.exit();
};
