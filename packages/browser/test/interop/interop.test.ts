/**
 * The short form of the matrix: pairs that never failed in it, a few rounds each. What these engines cannot do
 * with each other, with or without us, is left out as docs/interop.md has it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '@detente/core';
import { type Site, serve } from '../harness/site.ts';
import { type EngineName, lackOf } from '../harness/stage.ts';
import { type Host, openHost } from './hosts.ts';
import { play, withEnds } from './matrix.ts';
import { replay } from './replay.ts';
import type { Avoidance } from './stories.ts';

interface ShortCell {
  readonly left: EngineName;
  readonly right: EngineName;
  readonly role: Role;
  readonly avoid: readonly Avoidance[];
}

const cells: readonly ShortCell[] = [
  { left: 'wrtc', right: 'chromium', role: 'requester', avoid: [] },
  {
    left: 'wrtc',
    right: 'firefox',
    role: 'auto',
    avoid: ['nobody restarts ICE', 'no m-line is stopped', 'the first exchange is no glare'],
  },
];

const run = { rounds: 5, seed: 3 };

describe.each(cells)('$left, $role, with $right', ({ left, right, role, avoid }) => {
  const lack = [left, right].flatMap((name) => lackOf(name) ?? []).join(' ');
  if (lack !== '' && process.env['DETENTE_REQUIRE_ENGINES'] !== '1') {
    process.stderr.write(`\nSKIPPED: ${left} is not played with ${right} here. ${lack}\n\n`);
    it.skip(lack);
    return;
  }

  let site: Site | undefined;
  const hosts: Host[] = [];
  beforeAll(async () => {
    expect(lack).toBe('');
    site = await serve({});
    hosts.push(...(await Promise.all([openHost(left), openHost(right)])));
  });
  afterAll(async () => {
    await Promise.all(hosts.map((host) => host.close()));
    await site?.close();
  });

  it('agrees after each round of glare, and data and media flow in the end, as they do by hand', async () => {
    const [atLeft, atRight] = hosts;
    if (site === undefined || atLeft === undefined || atRight === undefined) throw new Error('no engine is there');
    const cell = { left: atLeft, right: atRight, role, against: 'ours' } as const;
    const { failure, rounds, errors, record } = await play(site, cell, run, avoid);
    expect({ failure, rounds, errors }).toEqual({
      failure: undefined,
      rounds: run.rounds,
      errors: { left: [], right: [] },
    });
    // What goes right with ours goes right by hand, or a replay would prove nothing about what goes wrong.
    const mishap = await withEnds(site, cell, ['hand', 'hand'], (atLeftByHand, atRightByHand, room) =>
      replay({ rounds: record, isWhole: true, loser: 'left' }, { left: atLeftByHand, right: atRightByHand }, room),
    );
    expect(mishap).toBeUndefined();
  });
});
