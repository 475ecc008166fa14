import type { NegotiatorContext } from '@detente/sfu';
import { createPeerConnection } from '@detente/sfu';
import type { RTCPeerConnection } from 'werift';
import { afterEach, expect, it, vi } from 'vitest';
import type { End } from '../../src/demo/end.ts';
import { naive } from '../../src/demo/naive.ts';

const opened: RTCPeerConnection[] = [];
afterEach(() => Promise.all(opened.splice(0).map((pc) => pc.close())));

const pair = () => {
  const ends: { readonly pc: RTCPeerConnection; readonly end: End }[] = [];
  for (const other of [1, 0]) {
    const pc = createPeerConnection();
    opened.push(pc);
    const send: NegotiatorContext['send'] = (message) => setImmediate(() => ends[other]?.end.receive(message));
    ends.push({ pc, end: naive({ pc, send }) });
  }
  return ends as [(typeof ends)[number], (typeof ends)[number]];
};

it('works as long as only one side changes something', async () => {
  const [left, right] = pair();
  for (const kind of ['audio', 'video'] as const) {
    left.pc.addTransceiver(kind, { direction: 'sendonly' });
    left.end.negotiate();
    await vi.waitUntil(() => left.pc.signalingState === 'stable' && left.end.report().unrest.length === 0, 20_000);
  }
  expect(left.end.report()).toMatchObject({ exchanges: 2, glares: 0, errors: [], unrest: [] });
  expect(right.end.report()).toMatchObject({ exchanges: 0, glares: 0, errors: [], unrest: [] });
});

it('breaks as soon as both sides change something at once', async () => {
  const [left, right] = pair();
  for (const { pc, end } of [left, right]) {
    pc.addTransceiver('audio', { direction: 'sendonly' });
    end.negotiate();
  }
  const reports = () => [left.end.report(), right.end.report()];
  await vi.waitUntil(() => reports().some(({ errors }) => errors.length > 0), 20_000);
  expect(reports().flatMap(({ errors }) => errors)).toContainEqual(expect.stringContaining('InvalidStateError'));
  expect(reports().reduce((sum, { glares }) => sum + glares, 0)).toBeGreaterThan(0);
});
