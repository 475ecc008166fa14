/** The program as a user calls it, in this process: what it prints, and how it ends. */
import { vi } from 'vitest';
import { runProgram } from '../../src/program.ts';

export interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

export const runCli = async (...args: readonly string[]): Promise<Outcome> => {
  let [output, errors] = ['', ''];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((output += String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((errors += String(text)), true)),
  ];
  try {
    const code = await runProgram(args);
    return { code, output, errors };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};
