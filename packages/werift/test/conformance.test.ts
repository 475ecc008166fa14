import { runAdapterConformance } from '@detente/testing';
import { createWeriftPort } from '@detente/werift';
import { expect, it } from 'vitest';
import { createMarkedTrack, createPc } from './loopback.ts';

const cases = runAdapterConformance({
  create: createPc,
  port: createWeriftPort,
  addTrack: (pc, kind) => void pc.addTransceiver(createMarkedTrack(kind, kind), { direction: 'sendrecv' }),
  close: (pc) => pc.close(),
  moment: () => new Promise((resolve) => setTimeout(resolve, 10)),
});

it.each(cases)('$name', async ({ name, run }) => {
  expect(await run()).toBe(/roll|gives way/.test(name) ? 'not applicable' : 'passed');
});
