/** Spin and gcc, from the system's packages: an exported model, checked by the verifier that Spin makes of it. */
import { execFile } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

export interface SpinResult {
  readonly distinctStates: number;
  /** As the explorer counts: without the initial state, which Spin counts as if something had led to it. */
  readonly transitions: number;
  /** Of the search alone. */
  readonly seconds: number;
  /** Properties, by id. A state that violates one has a step more, back to itself. */
  readonly violated: readonly string[];
  readonly unreached: readonly string[];
}

/** Which of the two programs are not installed. */
export const missingPrograms = (): readonly string[] =>
  ['spin', 'gcc'].filter(
    (program) => !(process.env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program))),
  );

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const run = promisify(execFile);

export interface SpinOptions {
  /** What the compiler is to spend: `-O2` makes the fastest verifier, `-O0` is compiled soonest. */
  readonly optimise?: '-O0' | '-O2';
}

/** Throws when one of the programs fails, or when the search was not exhaustive. */
export async function runSpin(promela: string, { optimise = '-O2' }: SpinOptions = {}): Promise<SpinResult> {
  const cwd = mkdtempSync(join(tmpdir(), 'detente-spin-'));
  try {
    writeFileSync(join(cwd, 'detente.pml'), promela);
    await run('spin', ['-a', 'detente.pml'], { cwd });
    await run('gcc', [optimise, '-DSAFETY', '-o', 'pan', 'pan.c'], { cwd });
    const { stdout } = await run(join(cwd, 'pan'), ['-m1000000', '-c0'], { cwd, maxBuffer: 2 ** 28 });
    return parse(stdout);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function parse(output: string): SpinResult {
  const number = (pattern: RegExp): number => {
    const found = pattern.exec(output)?.[1];
    if (found === undefined) throw new Error(`Spin's verifier says nothing like ${pattern}:\n${output}`);
    return Number(found);
  };
  const errors = number(/errors: (\d+)/);
  const violated = [...output.matchAll(/^(\S+): VIOLATED$/gm)].map(([, id]) => id!);
  if (/max search depth too small/.test(output) || errors > 0 !== violated.length > 0) throw new Error(output);
  return {
    distinctStates: number(/(\d+) states, stored/),
    transitions: number(/(\d+) transitions \(= stored\+matched\)/) - 1,
    seconds: number(/elapsed time ([\d.]+) seconds/),
    violated,
    unreached: [...output.matchAll(/^(.+): NEVER REACHED$/gm)].map(([, danger]) => danger!),
  };
}
