import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NegotiationSession } from '@detente/session';
import { arbiters, createPeerConnection, type NegotiatorContext, requester } from '@detente/sfu';
import { expect, it } from 'vitest';
import type { End } from '../../src/demo/end.ts';
import { watch } from '../../src/demo/ask-first.ts';
import { drawContention } from '../../src/demo/contention.ts';
import { first } from './facts.ts';

/** Two sessions over a queue; both want to offer in the same tick. */
const contend = async () => {
  const ends: End[] = [];
  const open = (start: (context: NegotiatorContext) => NegotiationSession, other: number) => {
    const pc = createPeerConnection();
    const send = (message: object) => setImmediate(() => ends[other]?.receive(structuredClone(message)));
    const end = watch(start({ pc, send, onError: () => undefined }), pc);
    ends.push(end);
    return { pc, end };
  };
  const arbiter = ({ pc, send, onError }: NegotiatorContext) =>
    arbiters((_client, message) => send(message)).add('test', pc, onError);
  const [client, sfu] = [open(requester, 1), open(arbiter, 0)];
  for (const { pc, end } of [sfu, client]) {
    pc.addTransceiver('audio', { direction: 'sendonly' });
    end.negotiate();
  }
  // Both changes take effect in the next microtask.
  await Promise.resolve();
  await Promise.all([client.end.settled(), sfu.end.settled()]);
  await client.end.settled();
  const report = { client: client.end.report(), sfu: sfu.end.report() };
  await Promise.all([client.pc.close(), sfu.pc.close()]);
  return report;
};

it('counts and draws a client that asks while the SFU offers', async () => {
  const ends = await contend();
  expect(ends.client).toMatchObject({ exchanges: 1, glares: 0, rollbacks: 0, errors: [], unrest: [] });
  expect(ends.sfu).toMatchObject({ exchanges: 1, otherWaited: 1, glares: 0, rollbacks: 0, errors: [], unrest: [] });

  const folder = await mkdtemp(join(tmpdir(), 'detente-'));
  const lines = await drawContention([{ ...first, ends }], { folder, title: 'title', width: 80 });
  expect(lines.join('\n')).toContain('request #1');
  expect(await readFile(join(folder, 'contention.svg'), 'utf8')).toContain('request #1');
  await rm(folder, { recursive: true });
});

it('says so when nobody ever had to wait', async () => {
  expect(await drawContention([first], { folder: '', title: '', width: 80 })).toEqual([
    'The SFU and a client never wanted to offer at the same moment: give it more --seconds.',
  ]);
});
