import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Recording, type Trace, record } from '@detente/session';
import { createPair } from '@detente/testing';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { runCli } from '../support/run-cli.ts';

const folder = temporaryFolder();
const fileOf = (name: string, content: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

/** A glare: both sides change something at once. */
const recordGlare = async (): Promise<Record<'client' | 'SFU', Recording>> => {
  const pair = createPair({ role: 'polite', seed: 7 });
  const [left, right] = [record(pair.left.session), record(pair.right.session)];
  pair.change('left', { kind: 'addTrack', which: 0 });
  pair.change('right', { kind: 'addTrack', which: 0 });
  await pair.drive();
  return { client: left.recording(), SFU: right.recording() };
};

const sides = await recordGlare();
const { client } = sides;
const both = fileOf('both.json', { sides });
const alone = fileOf('alone.json', client);

/** The client's recording with its first step that sends an offer changed. */
const at = client.steps.findIndex(({ outputs }) => outputs.some(({ type }) => type === 'send'));
const changed = (how: (step: Trace) => unknown) => ({
  ...client,
  steps: client.steps.map((step, index) => (index === at ? how(step) : step)),
});

describe('detente replay', () => {
  it('says of both sides that every step comes out as recorded, and draws what passed between them', async () => {
    const { code, output, errors } = await runCli('replay', both);

    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toContain(`client (polite, left-1): all ${client.steps.length} steps come out as recorded`);
    expect(output).toContain('SFU (impolite, right-1): all');
    expect(output).toContain('and it ends stable, with nothing owed');
    expect(output).toContain('offer #1');
    expect(output).toContain('glare');
  });

  it('draws a side that was recorded alone with the other side as far as it was heard of', async () => {
    const { code, output } = await runCli('replay', alone);

    expect(code).toBe(0);
    expect(output).toMatch(/session +other side\n +polite +impolite\n/);
    expect(output).toContain('├─ answer #1 ─────►│');
    expect(output).toContain('◄────── offer #1 ─┤');
    expect(output).not.toContain('✗');
  });

  it('writes the picture into a folder that is not there yet', async () => {
    const picture = join(folder, 'pictures', 'glare.svg');

    expect((await runCli('replay', both, '--svg', picture)).code).toBe(0);

    expect(readFileSync(picture, 'utf8')).toMatch(/^<svg[^]*answer #1[^]*<\/svg>\s*$/);
  });

  it('shows the first step that comes out otherwise, and ends with code 1', async () => {
    const file = fileOf('changed.json', { sides: { ...sides, client: changed((step) => ({ ...step, outputs: [] })) } });
    const { code, output } = await runCli('replay', file);

    expect(code).toBe(1);
    expect(output).toContain(`step ${at + 1} of ${client.steps.length} comes out otherwise than recorded`);
    expect(output).toMatch(/recorded {2}local-offer-pending\.creating → \S+, \[\]\n/);
    expect(output).toMatch(/replayed {2}local-offer-pending\.creating → \S+, \[\{"type":"send"/);
    expect(output).toContain('SFU (impolite, right-1): all');
  });

  it('prints one object for programs', async () => {
    const good = JSON.parse((await runCli('replay', alone, '--json')).output) as unknown;
    expect(good).toEqual({
      asRecorded: true,
      sides: [
        {
          name: 'session',
          id: 'left-1',
          role: 'polite',
          steps: client.steps.length,
          asRecorded: true,
          end: { path: 'stable', settled: true },
        },
      ],
    });

    const file = fileOf(
      'elsewhere.json',
      changed((step) => ({ ...step, to: 'stable' })),
    );
    const { code, output } = await runCli('replay', file, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      asRecorded: false,
      sides: [{ asRecorded: false, difference: { at, recorded: { to: 'stable' }, replayed: client.steps[at] } }],
    });
  });
});

describe('what is no recording ends with code 2 and a complaint', () => {
  it.each([
    ['text', 'hello', 'is not JSON'],
    ['another object', {}, 'start: expected'],
    ['nothing', null, 'the whole: expected Object, got null'],
    ['a later version', { ...client, v: 2 }, 'v: expected 1, got 2'],
    ['one side of two', { sides: { client } }, 'sides: expected two recordings'],
    [
      'an unknown state',
      { sides: { ...sides, client: changed((step) => ({ ...step, from: 'nowhere' })) } },
      `sides.client.steps.${at}.from: expected (`,
    ],
    ['an unknown input', changed((step) => ({ ...step, input: { type: 'wish' } })), `steps.${at}.input.type: expected`],
    [
      'an input that is no message',
      changed((step) => ({ ...step, input: { type: 'message', message: { kind: 'offer', id: 0 } } })),
      `steps.${at}.input.message: expected a message`,
    ],
    ['more than three complaints', { ...client, start: {}, v: 2, id: 3 }, 'and '],
  ])('%s', async (name, content, complaint) => {
    const { code, output, errors } = await runCli('replay', fileOf(`${name}.json`, content));

    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain(complaint);
  });

  it('a file that is not there', async () => {
    const { code, errors } = await runCli('replay', join(folder, 'missing.json'));
    expect(code).toBe(2);
    expect(errors).toContain('missing.json cannot be read: ENOENT');
  });

  it('a picture that cannot be written', async () => {
    const { code, errors } = await runCli('replay', alone, '--svg', join(alone, 'picture.svg'));
    expect(code).toBe(2);
    expect(errors).toContain(`The folder ${alone} cannot be made: EEXIST`);
    expect(existsSync(join(alone, 'picture.svg'))).toBe(false);
  });
});
