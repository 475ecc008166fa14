/** The demo from start to verdict: an SFU here, clients in processes of their own, random changes, then the check. */
import { createSfu, type NegotiatorHubFactory, type Sfu, SfuError } from '@detente/sfu';
import colors from 'picocolors';
import { makeFolder } from '../files.ts';
import { watchedHub } from './ask-first.ts';
import { type ClientHandle, startClient } from './client-handle.ts';
import { drawContention } from './contention.ts';
import { withDeadline } from './deadline.ts';
import type { Display } from './display.ts';
import type { End } from './end.ts';
import { type ClientFacts, expectedBy, type Facts } from './judge.ts';
import { naiveHub } from './naive.ts';
import type { Style } from './protocol.ts';
import { toReport } from './report.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly clients: number;
  readonly seconds: number;
  readonly naive: boolean;
  /** Of the SFU; 0 for any. */
  readonly port: number;
  /** Folder for the picture. */
  readonly out: string;
  readonly display: Display;
}

/** How long to wait for what should take a moment, and for what never comes when negotiation went wrong. */
const patienceMs = { 'ask-first': 20_000, naive: 5_000 };

/**
 * Resolves with the exit code. Rejects when the demo itself cannot go on, such as on a port in use, and before it begins
 * with `BadInput` when the folder cannot be made.
 */
export const runDemo = async (options: DemoOptions): Promise<number> => {
  if (!options.naive) await makeFolder(options.out);
  const style: Style = options.naive ? 'naive' : 'ask-first';
  const ends = new Map<string, End>();
  const hub: NegotiatorHubFactory = (send) => {
    const { add, announce } = style === 'naive' ? naiveHub(send) : watchedHub(send);
    return {
      add(client, pc, onError) {
        const end = add(client, pc, onError);
        ends.set(client, end);
        return end;
      },
      announce,
    };
  };
  const troubles: string[] = [];
  const sfu = await createSfu({
    port: options.port,
    hub,
    onError(_client, error) {
      if (error instanceof SfuError) troubles.push(`${error.code}: ${error.message}`);
    },
  });
  const handles = Array.from({ length: options.clients }, (_, index) => startClient(index + 1));
  try {
    announce(options, sfu.url);
    const members = await Promise.all(handles.map((handle) => join(handle, sfu.url, style, options.seed, ends)));
    await change(members, options);
    options.display.status('No more changes: who receives whom?');
    const clients = await check(members, patienceMs[style]);
    await Promise.all(handles.map((handle) => handle.ask({ type: 'leave' }, 'left', 5_000)));
    const changes = handles.reduce((sum, { progress }) => sum + progress.changes, 0);
    return await present({ clients, changes, troubles, leaked: await leftOpen(sfu) }, options);
  } finally {
    await Promise.all(handles.map((handle) => handle.end()));
    await sfu.close();
  }
};

/** A client, and the SFU's end of its connection. */
interface Member {
  readonly name: string;
  readonly id: string;
  readonly handle: ClientHandle;
  readonly sfuEnd: End;
}

const announce = ({ seed, clients, seconds, naive, display: { print } }: DemoOptions, url: string): void => {
  const style = naive ? colors.yellow('naive') : colors.green('ask-first');
  print([colors.bold('Détente demo'), style, `seed ${seed}`, `${clients} clients`, `${seconds} s`].join(' · '));
  print(colors.dim(`SFU at ${url}, each client in a process of its own, tracks added and removed at random`));
  print('');
};

const join = async (
  handle: ClientHandle,
  url: string,
  style: Style,
  seed: number,
  ends: ReadonlyMap<string, End>,
): Promise<Member> => {
  const order = { type: 'join', url: `${url}/room/demo`, style, seed: seed * 1_000 + handle.number } as const;
  const { id } = await handle.ask(order, 'joined', 30_000);
  return { name: `client ${handle.number}`, id, handle, sfuEnd: ends.get(id) as End };
};

const change = async (members: readonly Member[], { seconds, display }: DemoOptions): Promise<void> => {
  const startedAt = performance.now();
  const sum = (of: (member: Member) => number) => members.reduce((total, member) => total + of(member), 0);
  const timer = setInterval(() => {
    const elapsed = Math.round((performance.now() - startedAt) / 1_000);
    const changes = sum(({ handle }) => handle.progress.changes);
    const tracks = sum(({ handle }) => handle.progress.published);
    const exchanges = sum(({ sfuEnd }) => sfuEnd.tally().exchanges);
    display.status(`${elapsed} s · ${changes} changes · ${tracks} tracks now · the SFU made ${exchanges} offers`);
  }, 250);
  for (const { handle } of members) handle.tell({ type: 'go' });
  // A client that ends too early is found out at once, when it is asked what it publishes.
  await withDeadline(Promise.race(members.map(({ handle }) => handle.ended)), seconds * 1_000);
  clearInterval(timer);
};

const check = async (members: readonly Member[], deadlineMs: number): Promise<readonly ClientFacts[]> => {
  const replyMs = deadlineMs + 10_000;
  const settle = ({ handle }: Member) => handle.ask({ type: 'settle', deadlineMs }, 'settled', replyMs);

  const frozen = await each(members, async (member) => ({
    ...member,
    published: (await member.handle.ask({ type: 'freeze' }, 'frozen', replyMs)).published,
  }));
  await each(members, settle);
  // By now the SFU knows of every change, and has to pass the last ones on.
  await each(members, ({ sfuEnd }) => withDeadline(sfuEnd.settled(), deadlineMs));
  await each(members, settle);

  const listened = await each(frozen, async (member) => {
    const listen = { type: 'listen', epoch: 1, expected: expectedBy(member, frozen), deadlineMs } as const;
    return { ...member, heard: (await member.handle.ask(listen, 'heard', replyMs)).heard };
  });

  // Marks begin with the id that the SFU gave; people know clients by number.
  const readable = (marks: readonly string[]) =>
    marks.map((mark) => members.reduce((text, { id, name }) => text.replaceAll(id, name), mark));
  return each(listened, async ({ name, published, heard, handle, sfuEnd }) => ({
    name,
    published: readable(published),
    heard: {
      received: readable(heard.received),
      delivered: readable(heard.delivered),
      misplaced: readable(heard.misplaced),
    },
    ends: { client: (await handle.ask({ type: 'report' }, 'reported', replyMs)).end, sfu: sfuEnd.report() },
  }));
};

const each = <T, R>(items: readonly T[], of: (item: T) => Promise<R>): Promise<readonly R[]> =>
  Promise.all(items.map(of));

/** How many peer connections the SFU still has, once it had time to notice that all have left. */
const leftOpen = async (sfu: Sfu): Promise<number> => {
  const giveUpAt = performance.now() + 5_000;
  while (sfu.stats().peerConnections > 0 && performance.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return sfu.stats().peerConnections;
};

const present = async (facts: Facts, { display, naive, seed, out }: DemoOptions): Promise<number> => {
  const { lines, failed, checks } = toReport(facts);
  for (const line of lines) display.print(line);
  if (!naive) {
    const title = `Détente demo, seed ${seed}: a moment of contention`;
    const drawing = await drawContention(facts.clients, { folder: out, title, width: display.width });
    for (const line of ['', ...drawing]) display.print(line);
  }
  display.print('');
  display.print(
    failed === 0
      ? colors.green(colors.bold('Everybody agrees.'))
      : colors.red(colors.bold(`${failed} of ${checks} checks failed.`)),
  );
  if (naive) display.print('The same changes with ask-first: leave out --naive.');
  return failed === 0 ? 0 : 1;
};
