/**
 * Peers in other stacks against our session: Pion in Go and aiortc in Python, written from docs/wire.md. Neither can roll
 * back, so they play requester and answerer.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { counterpart } from '@detente/core';
import { serve } from '../harness/site.ts';
import { type CellResult, playCell } from './cell.ts';
import { createEnd, type InteropEngine } from './end.ts';
import { createWeriftPc, weriftEngine } from './engines/werift.ts';
import { wrtcEngine } from './engines/wrtc.ts';
import type { Change } from './peer.ts';
import { startProcessPeer } from './process-peer.ts';

export type StackName = 'Pion' | 'aiortc';

export interface Stack {
  readonly name: StackName;
  /** What starts the peer. */
  readonly command: readonly [string, ...string[]];
  remove(): void;
}

const sources = (name: string) => fileURLToPath(new URL(`peers/${name}/`, import.meta.url));

/** Why the stack cannot be had here, or nothing. */
export const missingTool = (name: StackName): string | undefined => {
  const [program, ...args] = name === 'Pion' ? ['go', 'version'] : ['python3', '-c', 'import venv'];
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return undefined;
  } catch {
    return `'${[program, ...args].join(' ')}' fails`;
  }
};

/** Builds Pion's peer, or installs what aiortc's needs, into a temporary folder, from the registries of Go and Python. */
export const installStack = (name: StackName): Stack => {
  const folder = mkdtempSync(join(tmpdir(), 'detente-'));
  const run = (program: string, args: readonly string[], cwd = folder) =>
    execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (name === 'Pion') {
    const program = join(folder, 'peer');
    run('go', ['build', '-o', program, '.'], sources('pion'));
    return { name, command: [program], remove };
  }
  const python = join(folder, 'bin/python');
  run('python3', ['-m', 'venv', '.']);
  run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', join(sources('aiortc'), 'requirements.txt')]);
  return { name, command: [python, '-B', join(sources('aiortc'), 'peer.py')], remove };
};

export interface Setting {
  readonly stack: Stack;
  readonly role: 'requester' | 'answerer';
  readonly engine: 'werift' | 'wrtc';
  readonly rounds: number;
  readonly seed: number;
}

export interface StackResult extends CellResult {
  /** The other stack's engine with its version. */
  readonly against: string;
}

/** More is too much for the other engines: Pion, for one, stops a transceiver for good once the other side makes it inactive. */
const ourChanges: readonly Change['type'][] = ['add-track', 'create-data-channel'];

const opening: readonly Change[] = [
  { type: 'add-track', kind: 'audio' },
  { type: 'add-track', kind: 'video' },
  { type: 'create-data-channel', label: 'first' },
];

export const playAgainst = async ({ stack, role, engine, rounds, seed }: Setting): Promise<StackResult> => {
  const site = await serve({});
  const url = site.room('stacks');
  const ours = await createEnd(engineFor(stack.name, engine), {
    url: `${url}?left`,
    role: counterpart[role],
    by: 'ours',
  });
  const theirs = await startProcessPeer(stack.command, `${url}?right`, role);
  try {
    // An answerer cannot ask for the m-line of the first data channel.
    await ours.act(opening);
    await Promise.all([ours.settled(), theirs.settled()]);
    const cell = {
      left: { peer: ours, can: ourChanges },
      right: { peer: theirs, can: theirs.can },
      room: site.enter('stacks'),
      rounds,
      seed,
      avoid: [],
    };
    const result = await playCell(cell);
    return { ...structuredClone(result), against: theirs.engine };
  } finally {
    await theirs.close();
    await ours.close();
    await site.close();
  }
};

/** aiortc offers its own payload types whatever was negotiated before, so werift is given the same ones from the start. */
const engineFor = (stack: StackName, engine: Setting['engine']): InteropEngine => {
  if (engine === 'wrtc') return wrtcEngine;
  if (stack === 'Pion') return weriftEngine;
  return { ...weriftEngine, createPc: () => createWeriftPc(96, 97) };
};
