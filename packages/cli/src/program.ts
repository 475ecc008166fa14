/** Commands, flags and exit codes: 0 when all is well, 1 when a command found something wrong, 2 for a wrong call. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { BadInput, reasonOf } from './bad-input.ts';
import { addCheck } from './check/command.ts';
import { addDemo } from './demo/command.ts';
import { addDiagram } from './diagram.ts';
import { addExplore } from './explore/command.ts';
import { addExport } from './export.ts';
import { addGauntlet } from './gauntlet/command.ts';
import { addReplay } from './replay/command.ts';
import { addVectors } from './vectors.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Resolves with the exit code; what went wrong is on standard error. */
export const runProgram = async (args: readonly string[]): Promise<number> => {
  const program = new Command('detente')
    .description('Offer/answer negotiation for WebRTC that survives glare.')
    .version(version)
    .showHelpAfterError('(--help lists what can be given)')
    .exitOverride();
  let exitCode = 0;
  const exit = (code: number) => {
    exitCode = code;
  };
  addDemo(program, exit);
  addReplay(program, exit);
  addGauntlet(program, exit);
  addCheck(program, exit);
  addExplore(program);
  addDiagram(program);
  addVectors(program);
  addExport(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${reasonOf(error)}\n`);
    return error instanceof BadInput ? 2 : 1;
  }
};
