import { expect, it } from 'vitest';
import { connected, createSide, exchange, type Side } from './loopback.ts';

const roles = (...sides: readonly Side[]) => sides.map(({ pc }) => pc.iceTransports.map(({ role }) => role));

it('who made the first offer stays in control of ICE, whoever offers or restarts it later', async () => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver('audio');
  await exchange(left, right);
  expect(roles(left, right)).toEqual([['controlling'], ['controlled']]);
  await exchange(right, left);
  expect(roles(left, right)).toEqual([['controlling'], ['controlled']]);
  await connected(left, right);
  await exchange(right, left, { iceRestart: true });
  expect(roles(left, right)).toEqual([['controlling'], ['controlled']]);
});
