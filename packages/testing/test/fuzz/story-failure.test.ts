import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Recording, replay } from '@detente/session';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Setting, type Story, StoryFailure, checkStory } from '@detente/testing';
import { parseOptions } from '../../scripts/fuzz-options.ts';
import { writeFailure } from '../../scripts/write-failure.ts';

const setting: Setting = {
  role: 'polite',
  whileAsking: 'answer',
  network: 'reliable',
  trigger: 'event',
  left: { engine: 'virtual', variant: 'spec' },
  right: { engine: 'virtual', variant: 'spec' },
  seed: 0,
};
// A message that the other side did not send, under its name and with a number that its own first one will have.
const forged = { v: 1, from: 'right-1', role: 'impolite', seq: 1, ack: 0, kind: 'grant' };
const story: Story = [
  { do: 'change', end: 'left', kind: 'addTrack', which: 0 },
  { do: 'garbage', end: 'left', message: forged },
];

describe('a story that fails', () => {
  let folder: string;
  let failure: unknown;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'detente-'));
    failure = await checkStory(setting, story).catch((error: unknown) => error);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('says which invariant is broken, what happened, and how to draw it', () => {
    expect(failure).toBeInstanceOf(StoryFailure);
    const { message } = failure as StoryFailure;
    const lines = message.split('\n');
    expect(lines[0]).toMatch(/^InvariantViolation: L2: /);
    expect(lines[1]).toMatch(/^\d+ events:$/);
    expect(lines[2]).toBe('      0 ms  left addTrack');
    const [, command] =
      /^To draw it: pnpm --filter @detente\/testing fuzz --story '(.+)'$/.exec(lines.at(-1) ?? '') ?? [];
    expect(parseOptions(['--story', command ?? '']).told).toEqual({ setting, story });
  });

  it('is drawn, and recorded so that it can be replayed', async () => {
    const files = await writeFailure(failure as StoryFailure, 'polite / impolite, virtual', folder);
    const names = ['.txt', '.svg', '.mmd', '.json'].map((ending) => `polite-impolite-virtual${ending}`);
    expect((await readdir(folder)).toSorted()).toEqual(names.toSorted());
    expect(files).toEqual(names.map((name) => join(folder, name)));

    const [text, svg, mermaid, json] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    expect(text).toContain('InvariantViolation: L2: ');
    expect(svg).toMatch(/^<svg [^]*offer #1/);
    expect(mermaid).toMatch(/sequenceDiagram[^]*offer #35;1/);
    const { sides } = JSON.parse(json ?? '') as { readonly sides: Readonly<Record<string, Recording>> };
    expect(Object.entries(sides).map(([name, side]) => [name, side.steps.length > 3, replay(side).ok])).toEqual([
      ['left', true, true],
      ['right', true, true],
    ]);
  });
});

describe('the options of fuzzing', () => {
  it('have defaults', () => {
    expect(parseOptions([])).toEqual({ runs: 1_000_000, seed: undefined, pair: undefined, told: undefined });
    expect(parseOptions(['--runs', '7', '--seed', '0', '--pair', 'auto / auto'])).toMatchObject({
      ...{ runs: 7, seed: 0, pair: 'auto / auto' },
    });
  });

  it.each([
    [['--runs', 'abc'], "--runs is 'abc', and must be a whole number from 1 to 2147483647."],
    [['--runs', '0'], "--runs is '0', and must be"],
    [['--seed', '1e3'], "--seed is '1e3', and must be a whole number from 0"],
    [['--pair', 'both'], "--pair is 'both', and must be one of:\n  polite / impolite\n"],
    [['--story', '{'], '--story must be what a failure of fuzzing prints'],
    [['--story', '{"setting": {}}'], '--story must be what a failure of fuzzing prints'],
    [['--rums', '3'], "Unknown option '--rums'"],
  ])('%j are refused with what would be right', (args, complaint) => {
    expect(() => parseOptions(args)).toThrow(complaint);
  });
});
