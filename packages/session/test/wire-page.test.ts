/** The examples of docs/wire.md are what two sessions say to each other. */
import { readFileSync } from 'node:fs';
import { microtasksDone } from '@detente/testing';
import { expect, it } from 'vitest';
import { createPair, type Pair, type Where } from './support/pair.ts';

const page = readFileSync(new URL('../../../docs/wire.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^```json\n(.*?)^```/gms)].map(([, lines = '']) => lines.trim().split('\n'));

/** Hands over one frame of each side in turn until nothing moves, and gives them with their descriptions cut short. */
const record = async (pair: Pair): Promise<readonly string[]> => {
  const frames: string[] = [];
  const pass = (from: Where) => {
    const [frame] = pair[from].sent;
    if (frame !== undefined) frames.push(JSON.stringify(frame).replace(/"sdp":"[^"]*"/, '"sdp":"v=0…"'));
    return pair.deliver(from);
  };
  for (let moved = true; moved;) {
    await microtasksDone();
    const [byLeft, byRight] = [pass('left'), pass('right')];
    moved = byLeft || byRight;
  }
  return frames;
};

it.each([
  ['requester', 'arbiter', 0],
  ['answerer', 'offerer', 1],
] as const)('%s and %s say what the page shows', async (left, right, index) => {
  // A requester's answer need not carry its change; an answerer's must, once it has been offered room.
  const engine = { answerCarries: left === 'answerer' };
  const pair = createPair({ role: left, id: 'client', engine }, { role: right, id: 'server' });
  pair.left.engine.change();
  const alone = await record(pair);
  pair.left.engine.change();
  pair.right.engine.change();
  const together = await record(pair);
  expect([...alone, ...together]).toEqual(examples[index]);
  expect([...pair.left.errors, ...pair.right.errors]).toEqual([]);
});
