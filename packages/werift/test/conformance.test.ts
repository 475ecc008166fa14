import { runAdapterConformance } from '@detente/testing';
import { createWeriftPort } from '@detente/werift';
import { MediaStreamTrack } from 'werift';
import { describe, expect, it } from 'vitest';
import { createPc } from './loopback.ts';

const cases = runAdapterConformance({
  create: createPc,
  port: createWeriftPort,
  addTrack: (pc, kind) => void pc.addTransceiver(new MediaStreamTrack({ kind }), { direction: 'sendonly' }),
  close: (pc) => pc.close(),
  moment: () => new Promise((resolve) => setTimeout(resolve, 1)),
  announcesChanges: false,
});

describe('the port of werift keeps the contract', () => {
  it.each(cases)('$name', async ({ name, run }) => {
    const mayNotApply = /roll|gives way|tells of a change/.test(name);
    expect(await run()).toBe(mayNotApply ? 'not applicable' : 'passed');
  });
});
